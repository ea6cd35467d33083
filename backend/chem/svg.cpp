// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include "chem/colourscale.h"
#include "chem/depict.h"
#include "chem/svgbonds.h"
#include "chem/svgcanvas.h"
#include "chem/svglabel.h"

namespace papilio::chem
{

namespace
{

constexpr double discRadius = 0.36; // in bonds
constexpr double bandWidth = 0.34;
constexpr double longestBond = 54; // px: a small molecule is not blown up
constexpr const char* ink = "#1b1f26";
constexpr const char* faint = "#5b6472";

/// Element colours, dark enough to read on white. With an overlay everything is ink: the scale is the only colour.
std::string_view elementColour(int atomicNumber)
{
    switch (atomicNumber) {
    case 7:
        return "#2456b8";
    case 8:
        return "#c0261f";
    case 9:
    case 17:
        return "#2e7d32";
    case 15:
        return "#a6540a";
    case 16:
        return "#866800";
    case 35:
        return "#8b3a1e";
    case 53:
        return "#6a1b9a";
    default:
        return ink;
    }
}

/// Three significant digits with a typographic sign: "+0.25", "−1.2", "0".
std::string signedNumber(double value)
{
    char buffer[48];
    const double magnitude = std::abs(value);
    const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, magnitude, std::chars_format::general, 3);
    const std::string digits(buffer, error == std::errc() ? end : buffer);
    return digits == "0" ? digits : (value < 0 ? "−" : "+") + digits;
}

double scaleLimit(const Overlay& overlay)
{
    if (std::isfinite(overlay.limit) && overlay.limit > 0) {
        return overlay.limit;
    }
    double limit = 0;
    for (const std::vector<double>* scores : {&overlay.atoms, &overlay.bonds}) {
        for (const double score : *scores) {
            limit = std::isfinite(score) ? std::max(limit, std::abs(score)) : limit;
        }
    }
    return limit > 0 ? limit : 1;
}

/// Shortest text in the given width; "…" marks a cut.
std::string fitted(const std::string& text, double size, double width)
{
    if (textWidth(text) * size <= width) {
        return text;
    }
    std::string cut = text;
    while (!cut.empty() && textWidth(cut + "…") * size > width) {
        do {
            cut.pop_back();
        } while (!cut.empty() && (static_cast<unsigned char>(cut.back()) & 0xc0) == 0x80);
        if (!cut.empty() && static_cast<unsigned char>(cut.back()) >= 0xc0) {
            cut.pop_back(); // the first byte of the character just cut
        }
    }
    return cut + "…";
}

struct Bounds {
    double left = 1e9, top = 1e9, right = -1e9, bottom = -1e9;
    void add(double x, double y, double radius)
    {
        left = std::min(left, x - radius);
        right = std::max(right, x + radius);
        top = std::min(top, y - radius);
        bottom = std::max(bottom, y + radius);
    }
};

/// Extent of the drawing with its labels, in bonds, y downwards.
Bounds boundsOf(const Depiction& drawing, double radius)
{
    Bounds bounds;
    for (const Depiction::Atom& atom : drawing.atoms) {
        bounds.add(atom.x, -atom.y, radius);
        for (const SetLabel::Box& box : setLabel(atom, {atom.x, -atom.y}, fontOfBond).boxes) {
            bounds.add(box.left, box.top, 0.05);
            bounds.add(box.right, box.bottom, 0.05);
        }
    }
    return bounds;
}

Page layOut(const Depiction& drawing, double width, double height, double radius)
{
    const double margin = std::min(10.0, 0.04 * std::min(width, height));
    const Bounds bounds = boundsOf(drawing, radius);
    Page page;
    page.bond = std::min({longestBond, (width - 2 * margin) / (bounds.right - bounds.left),
                          (height - 2 * margin) / (bounds.bottom - bounds.top)});
    page.stroke = std::clamp(0.04 * page.bond, 0.5, 2.0);
    page.originX = width / 2 - page.bond * (bounds.left + bounds.right) / 2;
    page.originY = height / 2 - page.bond * (bounds.top + bounds.bottom) / 2;
    page.neighbours.resize(drawing.atoms.size());
    for (const Depiction::Atom& atom : drawing.atoms) {
        page.at.push_back(page.toPage(atom.x, atom.y));
        page.labels.push_back(setLabel(atom, page.at.back(), fontOfBond * page.bond));
    }
    for (const Depiction::Bond& bond : drawing.bonds) {
        page.neighbours[bond.begin].push_back(bond.end);
        page.neighbours[bond.end].push_back(bond.begin);
    }
    return page;
}

/// Scores of atoms and bonds as colours under the ink. Weak ones first, so that strong ones are not covered.
void drawOverlay(SvgCanvas& canvas, const Page& page, const Depiction& drawing, const Overlay& overlay, double limit)
{
    const auto order = [](const std::vector<double>& scores, std::size_t count) {
        std::vector<std::size_t> indices;
        for (std::size_t i = 0; i < std::min(count, scores.size()); ++i) {
            if (std::isfinite(scores[i])) {
                indices.push_back(i);
            }
        }
        std::stable_sort(indices.begin(), indices.end(),
                         [&scores](std::size_t a, std::size_t b) { return std::abs(scores[a]) < std::abs(scores[b]); });
        return indices;
    };
    for (const std::size_t b : order(overlay.bonds, drawing.bonds.size())) {
        canvas.line(page.at[drawing.bonds[b].begin], page.at[drawing.bonds[b].end], bandWidth * page.bond,
                    divergingColour(overlay.bonds[b] / limit));
    }
    for (const std::size_t a : order(overlay.atoms, drawing.atoms.size())) {
        canvas.disc(page.at[a], discRadius * page.bond, divergingColour(overlay.atoms[a] / limit),
                    drawing.atoms[a].symbol + " " + signedNumber(overlay.atoms[a]));
    }
}

void drawInk(SvgCanvas& canvas, const Page& page, const Depiction& drawing, bool coloured)
{
    for (const Depiction::Bond& bond : drawing.bonds) {
        drawBond(canvas, page, drawing, bond, ink);
    }
    for (std::size_t i = 0; i < drawing.atoms.size(); ++i) {
        for (const SetLabel::Piece& piece : page.labels[i].pieces) {
            canvas.text(piece.baseline, piece.text, piece.size,
                        coloured ? elementColour(drawing.atoms[i].atomicNumber) : ink, SvgCanvas::Anchor::Start);
        }
    }
}

/// Measures of the strip under a drawing with an overlay: colour bar, its numbers, the caption. In px.
struct Strip {
    double text = 0, bar = 0, height = 0;
    bool caption = false;
};

Strip stripOf(const Overlay* overlay, int height)
{
    Strip strip;
    if (overlay != nullptr) {
        strip.text = std::clamp(0.034 * height, 8.0, 12.0);
        strip.bar = 0.9 * strip.text;
        strip.caption = !overlay->caption.empty();
        strip.height = strip.bar + (strip.caption ? 3.4 : 1.9) * strip.text;
    }
    return strip;
}

void drawScale(SvgCanvas& canvas, const Strip& strip, const Overlay& overlay, double limit, int width, double top)
{
    const double length = std::min(0.62 * width, 360.0), left = (width - length) / 2;
    std::string gradient = "<defs><linearGradient id=\"scale\" x1=\"0\" y1=\"0\" x2=\"1\" y2=\"0\">\n";
    for (const ColourStop& stop : divergingStops) {
        gradient += "<stop offset=\"" + svgNumber(0.5 + stop.at / 2) + "\" stop-color=\"" +
                    hexColour(stop.red, stop.green, stop.blue) + "\"/>\n";
    }
    canvas.raw(gradient + "</linearGradient></defs>\n");
    canvas.rectangle({left, top}, length, strip.bar, "url(#scale)");
    const double baseline = top + strip.bar + 1.35 * strip.text;
    const bool crowded = length < 22 * strip.text; // then only ends and middle
    for (int i = -2; i <= 2; ++i) {
        const double x = left + length * (0.5 + i / 4.0);
        canvas.line({x, top + strip.bar}, {x, top + strip.bar + 0.3 * strip.text}, 0.8, faint, false);
        if (!crowded || i % 2 == 0) {
            canvas.text({x, baseline}, signedNumber(limit * i / 2), strip.text, faint, SvgCanvas::Anchor::Middle);
        }
    }
    if (strip.caption) {
        canvas.text({width / 2.0, baseline + 1.5 * strip.text}, fitted(overlay.caption, strip.text, 0.96 * width),
                    strip.text, ink, SvgCanvas::Anchor::Middle);
    }
}

} // namespace

std::string toSvg(const Depiction& depiction, const Overlay* overlay, int width, int height)
{
    const int w = std::clamp(width, 16, 16384), h = std::clamp(height, 16, 16384);
    SvgCanvas canvas(w, h);
    canvas.rectangle({0, 0}, w, h, "#ffffff");
    const Strip strip = stripOf(overlay, h);
    const double limit = overlay != nullptr ? scaleLimit(*overlay) : 0;
    if (!depiction.atoms.empty()) {
        const double room = std::max(8.0, h - strip.height);
        const Page page = layOut(depiction, w, room, overlay != nullptr ? discRadius : 0.1);
        if (overlay != nullptr) {
            drawOverlay(canvas, page, depiction, *overlay, limit);
        }
        drawInk(canvas, page, depiction, overlay == nullptr);
    }
    if (overlay != nullptr) {
        drawScale(canvas, strip, *overlay, limit, w, h - strip.height);
    }
    return canvas.finish();
}

} // namespace papilio::chem
