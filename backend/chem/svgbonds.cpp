// SPDX-License-Identifier: GPL-3.0-or-later
#include "chem/svgbonds.h"

#include <algorithm>
#include <cmath>

namespace papilio::chem
{

namespace
{

constexpr double lineGap = 0.16; // between the lines of a double bond, in bonds
constexpr double tripleGap = 0.13;
constexpr double wedgeWidth = 0.18;
constexpr double innerTrim = 0.13; // by which the inner line of a ring bond is shorter at each end
constexpr double pi = 3.14159265358979323846;

struct Span {
    Point a, b;   ///< what is left of the bond outside the labels
    Point normal; ///< unit vector to its left on the page
    bool visible = true;
};

Span visibleSpan(const Page& page, const Depiction::Bond& bond, Point shift = {})
{
    const Point a = page.at[bond.begin] + shift, b = page.at[bond.end] + shift;
    const double margin = std::max(1.2 * page.stroke, 0.055 * page.bond);
    const double cutA = clearance(page.labels[bond.begin], a, b, margin);
    const double cutB = clearance(page.labels[bond.end], b, a, margin);
    const Point along = b - a, direction = unit(along);
    return {a + cutA * along, b - cutB * along, {direction.y, -direction.x}, cutA + cutB < 1};
}

void drawLine(SvgCanvas& canvas, const Page& page, const Span& span, std::string_view ink)
{
    if (span.visible) {
        canvas.line(span.a, span.b, page.stroke, ink);
    }
}

/// −1, 0 or 1: on which side of the bond more neighbours stand.
int crowdedSide(const Page& page, const Depiction::Bond& bond, Point normal)
{
    double sum = 0;
    for (const auto& [atom, other] : {std::pair(bond.begin, bond.end), std::pair(bond.end, bond.begin)}) {
        for (const std::size_t neighbour : page.neighbours[atom]) {
            if (neighbour != other) {
                const Point to = unit(page.at[neighbour] - page.at[atom]);
                const double side = to.x * normal.x + to.y * normal.y;
                sum += side > 0.1 ? 1 : side < -0.1 ? -1 : 0;
            }
        }
    }
    return sum > 0 ? 1 : sum < 0 ? -1 : 0;
}

/// The second line lies inside the ring, or on the crowded side; two equal lines where an end stands free.
void drawDouble(SvgCanvas& canvas, const Page& page, const Depiction& drawing, const Depiction::Bond& bond,
                std::string_view ink)
{
    const Span middle = visibleSpan(page, bond);
    const bool freeEnd = page.neighbours[bond.begin].size() == 1 || page.neighbours[bond.end].size() == 1;
    const bool labelled = !drawing.atoms[bond.begin].label.empty() && !drawing.atoms[bond.end].label.empty();
    int side = 0;
    if (bond.ring) {
        const Point to = page.toPage(bond.insideX, bond.insideY) - page.at[bond.begin];
        side = to.x * middle.normal.x + to.y * middle.normal.y >= 0 ? 1 : -1;
    } else if (!freeEnd && !labelled) {
        side = crowdedSide(page, bond, middle.normal);
    }
    if (side == 0) {
        for (const double half : {-0.5, 0.5}) {
            drawLine(canvas, page, visibleSpan(page, bond, half * lineGap * page.bond * middle.normal), ink);
        }
        return;
    }
    drawLine(canvas, page, middle, ink);
    Span inner = visibleSpan(page, bond, side * lineGap * page.bond * middle.normal);
    const Point along = unit(page.at[bond.end] - page.at[bond.begin]);
    const double trim = innerTrim * page.bond;
    if (drawing.atoms[bond.begin].label.empty()) {
        inner.a = inner.a + trim * along;
    }
    if (drawing.atoms[bond.end].label.empty()) {
        inner.b = inner.b - trim * along;
    }
    drawLine(canvas, page, inner, ink);
}

void drawTriple(SvgCanvas& canvas, const Page& page, const Depiction::Bond& bond, std::string_view ink)
{
    const Span middle = visibleSpan(page, bond);
    for (const double step : {-1.0, 0.0, 1.0}) {
        drawLine(canvas, page, visibleSpan(page, bond, step * tripleGap * page.bond * middle.normal), ink);
    }
}

void drawSolidWedge(SvgCanvas& canvas, const Page& page, const Span& span, std::string_view ink)
{
    const Point wide = 0.5 * wedgeWidth * page.bond * span.normal, narrow = 0.5 * page.stroke * span.normal;
    canvas.polygon({span.a + narrow, span.b + wide, span.b - wide, span.a - narrow}, ink);
}

void drawHashedWedge(SvgCanvas& canvas, const Page& page, const Span& span, std::string_view ink)
{
    const Point along = span.b - span.a;
    const int count = std::max(4, static_cast<int>(std::lround(length(along) / (2.4 * page.stroke))));
    for (int i = 0; i < count; ++i) {
        const double part = (i + 0.5) / count;
        const Point half = (0.5 * part * wedgeWidth * page.bond + 0.3 * page.stroke) * span.normal;
        const Point middle = span.a + part * along;
        canvas.line(middle - half, middle + half, page.stroke, ink, false);
    }
}

void drawWave(SvgCanvas& canvas, const Page& page, const Span& span, std::string_view ink)
{
    const Point along = span.b - span.a;
    const double waves = std::max(2.0, std::round(length(along) / (0.22 * page.bond)));
    std::vector<Point> points;
    for (int i = 0; i <= 8 * static_cast<int>(waves); ++i) {
        const double part = i / (8 * waves);
        points.push_back(span.a + part * along + 0.07 * page.bond * std::sin(2 * pi * part * waves) * span.normal);
    }
    canvas.polyline(points, page.stroke, ink);
}

} // namespace

void drawBond(SvgCanvas& canvas, const Page& page, const Depiction& drawing, const Depiction::Bond& bond,
              std::string_view ink)
{
    if (bond.order == 2) {
        return drawDouble(canvas, page, drawing, bond, ink);
    }
    if (bond.order == 3) {
        return drawTriple(canvas, page, bond, ink);
    }
    const Span span = visibleSpan(page, bond);
    if (!span.visible) {
        return;
    }
    switch (bond.wedge) {
    case Depiction::Bond::Wedge::Up:
        return drawSolidWedge(canvas, page, span, ink);
    case Depiction::Bond::Wedge::Down:
        return drawHashedWedge(canvas, page, span, ink);
    case Depiction::Bond::Wedge::Wavy:
        return drawWave(canvas, page, span, ink);
    case Depiction::Bond::Wedge::None:
        return drawLine(canvas, page, span, ink);
    }
}

} // namespace papilio::chem
