// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "nn/edgeops.h"

namespace papilio::nn
{

/// The edges of each atom that have it at one end.
struct Neighbours {
    Tensor index;  ///< atom of each edge
    Tensor counts; ///< atoms × 1: edges of each
    std::int64_t atoms = 0;
};
Neighbours neighboursAt(End end, const Tensor& nodes, const Pass& pass);

/// What a standard deviation is where the messages do not differ.
enum class Deviation : std::uint8_t {
    Floored, ///< √(variance + 1e-5), as in PNA and poolings; √1e-5 without neighbours
    Cut,     ///< √variance, and 0 where the variance is not above 1e-5 or there are no neighbours, as in MPNN++
};

/// Messages, one row an edge → one row an atom; 0 for an atom without any.
Tensor aggregate(const Tensor& messages, Aggregation aggregation, const Neighbours& neighbours, Deviation deviation,
                 const Pass& pass);

} // namespace papilio::nn
