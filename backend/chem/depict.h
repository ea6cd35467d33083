// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "chem/molecule.h"

namespace papilio::chem
{

/// A 2D drawing as plain numbers, for any painter. Atoms in the order of Molecule::graph(); unit 1 = a bond length.
struct Depiction {
    struct Atom {
        double x = 0, y = 0; ///< y grows upwards
        std::string label; ///< "" for an unlabelled carbon, else the text as read: "N", "NH2", "H2N", "O-", "13C", "O•"
        std::string symbol; ///< the element alone: "C", "N", "D", "*"
        int atomicNumber = 6;
        int isotope = 0;   ///< mass number shown before the symbol, 0 = none
        int hydrogens = 0; ///< hydrogens shown in the label
        int charge = 0;
        int radicals = 0;       ///< unpaired electrons shown in the label
        bool labelLeft = false; ///< hydrogens stand left of the symbol ("H2N")
    };
    struct Bond {
        std::uint16_t begin = 0, end = 0;
        int order = 1; ///< 1, 2, 3 (kekulised)
        bool aromatic = false;
        enum class Wedge : std::uint8_t { None, Up, Down, Wavy } wedge = Wedge::None; ///< narrow end at 'begin'
        bool ring = false;
        /// Of ring bonds: the centre of the smallest ring, where the second line of a double bond goes.
        double insideX = 0, insideY = 0;
    };
    std::vector<Atom> atoms;
    std::vector<Bond> bonds;
};

/// Coordinates by RDKit's depictor, with the same orientation every time. Fails only for a molecule without atoms.
Result<Depiction> depict(const Molecule& molecule);

/// Scores to paint over a drawing: one a heavy atom and/or one an undirected bond, in the order of graph(); either may
/// be empty.
struct Overlay {
    std::vector<double> atoms;
    std::vector<double> bonds;
    double limit = 0;    ///< end of the symmetric scale; 0 = largest absolute score
    std::string caption; ///< printed under the drawing, e.g. "logP, gradient × input, logit"
};

/// A stand-alone SVG: drawing, overlay on the blue–neutral–orange scale, the scale with its numbers. Width and height
/// in px.
std::string toSvg(const Depiction& depiction, const Overlay* overlay, int width, int height);

} // namespace papilio::chem
