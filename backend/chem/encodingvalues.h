// SPDX-License-Identifier: GPL-3.0-or-later
// Private to chem.
#pragma once

#include <span>
#include <vector>

#include "chem/graphalgebra.h"
#include "core/features.h"

namespace papilio::chem
{

/// Values of an encoding at its own level in double precision, row-major; not for positions.
std::vector<double> ownEncoding(GraphAlgebra& algebra, const EncodingSpec& spec);

/// Brings values from their own level to the spec's. 'bonds' gives the directed edges.
std::vector<double> transferred(std::vector<double> values, const EncodingSpec& spec, const MolGraph& graph);

/// To single precision, rounded to half. What lies beyond half precision becomes its largest number, 65504.
std::vector<float> roundedValues(std::span<const double> values);

} // namespace papilio::chem
