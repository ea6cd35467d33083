// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "chem/depict.h"
#include "chem/svgcanvas.h"
#include "chem/svglabel.h"

namespace papilio::chem
{

/// A drawing brought onto the page: places and labels of all atoms in px, y downwards.
struct Page {
    std::vector<Point> at;
    std::vector<SetLabel> labels;
    std::vector<std::vector<std::size_t>> neighbours;
    double bond = 0;   ///< px of a bond of length 1
    double stroke = 0; ///< px
    Point toPage(double x, double y) const { return {originX + bond * x, originY - bond * y}; }
    double originX = 0, originY = 0;
};

/// Draws one bond in ink: its lines or its wedge, kept clear of labels.
void drawBond(SvgCanvas& canvas, const Page& page, const Depiction& drawing, const Depiction::Bond& bond,
              std::string_view ink);

} // namespace papilio::chem
