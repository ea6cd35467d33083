// SPDX-License-Identifier: GPL-3.0-or-later
#include "chem/svgcanvas.h"

#include <charconv>
#include <cmath>

namespace papilio::chem
{

double length(Point p)
{
    return std::hypot(p.x, p.y);
}

Point unit(Point p)
{
    const double size = length(p);
    return size > 0 ? (1 / size) * p : Point{};
}

std::string svgNumber(double value)
{
    char buffer[64];
    const double plain = std::isfinite(value) && std::abs(value) < 1e9 ? value : 0;
    const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, plain, std::chars_format::fixed, 2);
    std::string text(buffer, error == std::errc() ? end : buffer);
    while (text.find('.') != std::string::npos && (text.back() == '0' || text.back() == '.')) {
        const bool point = text.back() == '.';
        text.pop_back();
        if (point) {
            break;
        }
    }
    return text == "-0" ? "0" : text;
}

std::string xmlEscaped(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        default:
            if (static_cast<unsigned char>(c) >= 0x20) { // other control characters are not allowed in XML
                out += c;
            }
        }
    }
    return out;
}

double textWidth(std::string_view text)
{
    double width = 0;
    for (const char c : text) {
        if ((static_cast<unsigned char>(c) & 0xc0) == 0x80) {
            continue; // inside a UTF-8 sequence
        }
        if (std::string_view("iljI.,:;'|! ").find(c) != std::string_view::npos) {
            width += 0.28;
        } else if (std::string_view("frt()[]-").find(c) != std::string_view::npos) {
            width += 0.34;
        } else if (std::string_view("mwMW@").find(c) != std::string_view::npos) {
            width += 0.86;
        } else if (std::string_view("GOQ").find(c) != std::string_view::npos) {
            width += 0.78;
        } else if (c >= 'A' && c <= 'Z') {
            width += 0.70;
        } else {
            width += 0.56;
        }
    }
    return width;
}

SvgCanvas::SvgCanvas(int width, int height)
{
    const std::string w = std::to_string(width), h = std::to_string(height);
    m_out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + w +
            "\" height=\"" + h + "\" viewBox=\"0 0 " + w + " " + h +
            "\" font-family=\"Inter, Helvetica, Arial, Liberation Sans, DejaVu Sans, sans-serif\">\n";
}

void SvgCanvas::line(Point a, Point b, double width, std::string_view colour, bool roundEnds)
{
    m_out += "<line x1=\"" + svgNumber(a.x) + "\" y1=\"" + svgNumber(a.y) + "\" x2=\"" + svgNumber(b.x) + "\" y2=\"" +
             svgNumber(b.y) + "\" stroke=\"" + std::string(colour) + "\" stroke-width=\"" + svgNumber(width) + "\"" +
             (roundEnds ? " stroke-linecap=\"round\"" : "") + "/>\n";
}

namespace
{
std::string pointList(const std::vector<Point>& points)
{
    std::string list;
    for (const Point p : points) {
        list += list.empty() ? "" : " ";
        list += svgNumber(p.x);
        list += ",";
        list += svgNumber(p.y);
    }
    return list;
}
} // namespace

void SvgCanvas::polyline(const std::vector<Point>& points, double width, std::string_view colour)
{
    m_out += "<polyline points=\"" + pointList(points) + "\" fill=\"none\" stroke=\"" + std::string(colour) +
             "\" stroke-width=\"" + svgNumber(width) + "\" stroke-linejoin=\"round\" stroke-linecap=\"round\"/>\n";
}

void SvgCanvas::polygon(const std::vector<Point>& points, std::string_view colour)
{
    m_out += "<polygon points=\"" + pointList(points) + "\" fill=\"" + std::string(colour) + "\"/>\n";
}

void SvgCanvas::disc(Point centre, double radius, std::string_view colour, std::string_view title)
{
    m_out += "<circle cx=\"" + svgNumber(centre.x) + "\" cy=\"" + svgNumber(centre.y) + "\" r=\"" + svgNumber(radius) +
             "\" fill=\"" + std::string(colour) + "\"";
    m_out += title.empty() ? "/>\n" : "><title>" + xmlEscaped(title) + "</title></circle>\n";
}

void SvgCanvas::text(Point baseline, std::string_view text, double size, std::string_view colour, Anchor anchor)
{
    const char* name = anchor == Anchor::Start ? "start" : anchor == Anchor::Middle ? "middle" : "end";
    m_out += "<text x=\"" + svgNumber(baseline.x) + "\" y=\"" + svgNumber(baseline.y) + "\" font-size=\"" +
             svgNumber(size) + "\" fill=\"" + std::string(colour) + "\" text-anchor=\"" + name + "\">" +
             xmlEscaped(text) + "</text>\n";
}

void SvgCanvas::rectangle(Point corner, double width, double height, std::string_view fill)
{
    m_out += "<rect x=\"" + svgNumber(corner.x) + "\" y=\"" + svgNumber(corner.y) + "\" width=\"" + svgNumber(width) +
             "\" height=\"" + svgNumber(height) + "\" fill=\"" + std::string(fill) + "\"/>\n";
}

void SvgCanvas::raw(std::string_view xml)
{
    m_out += xml;
}

std::string SvgCanvas::finish()
{
    m_out += "</svg>\n";
    return std::move(m_out);
}

} // namespace papilio::chem
