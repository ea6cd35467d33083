// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace papilio::chem
{

struct Point {
    double x = 0, y = 0;
    friend Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
    friend Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
    friend Point operator*(double factor, Point p) { return {factor * p.x, factor * p.y}; }
};
double length(Point p);
Point unit(Point p); ///< (0, 0) for a vector without length

/// Writes SVG elements; numbers never depend on the locale. Text is placed piece by piece at given points, because
/// small renderers do not know about shifted spans.
class SvgCanvas
{
public:
    enum class Anchor { Start, Middle, End };

    SvgCanvas(int width, int height);
    void line(Point a, Point b, double width, std::string_view colour, bool roundEnds = true);
    void polyline(const std::vector<Point>& points, double width, std::string_view colour);
    void polygon(const std::vector<Point>& points, std::string_view colour);
    /// 'title' is shown as a tool tip by browsers; may be empty.
    void disc(Point centre, double radius, std::string_view colour, std::string_view title);
    void text(Point baseline, std::string_view text, double size, std::string_view colour, Anchor anchor);
    void rectangle(Point corner, double width, double height, std::string_view fill);
    /// Raw definitions, e.g. a gradient.
    void raw(std::string_view xml);
    std::string finish();

private:
    std::string m_out;
};

std::string svgNumber(double value);
std::string xmlEscaped(std::string_view text);
/// Width of text in units of its font size, from the metrics of common sans-serif fonts.
double textWidth(std::string_view text);

} // namespace papilio::chem
