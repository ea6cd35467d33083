// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/molgraph.h"

namespace papilio::chem
{

/// The encodings of positional.h in double precision, before rounding; same shapes.
struct ExactEncodings {
    std::vector<double> laplacianVectors;
    std::vector<double> laplacianValues;
    std::vector<double> walkReturns;
};
ExactEncodings computeExactEncodings(const MolGraph& graph);

} // namespace papilio::chem
