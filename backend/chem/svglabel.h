// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "chem/depict.h"
#include "chem/svgcanvas.h"

namespace papilio::chem
{

inline constexpr double fontOfBond = 0.46; ///< font size of labels for a bond of length 1

/// An atom label set in type: its pieces, and the boxes that bonds keep clear of. In px, y downwards.
struct SetLabel {
    struct Piece {
        Point baseline; ///< left end
        std::string text;
        double size = 0;
    };
    struct Box {
        double left = 0, top = 0, right = 0, bottom = 0;
    };
    std::vector<Piece> pieces; ///< empty for an unlabelled atom
    std::vector<Box> boxes;    ///< the symbol's first
};
/// The symbol is centred on the atom; hydrogens and charge stand beside it.
SetLabel setLabel(const Depiction::Atom& atom, Point at, double fontSize);

/// How far (0 … 1) one must go from 'from' towards 'to' to leave the label, with a margin around it.
double clearance(const SetLabel& label, Point from, Point to, double margin);

} // namespace papilio::chem
