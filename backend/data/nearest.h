// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "chem/fingerprint.h"
#include "core/control.h"
#include "core/error.h"

namespace papilio::data
{

struct NearestNeighbour {
    std::uint32_t target = 0; ///< the first of those that are most similar
    double similarity = 0;    ///< Tanimoto
};

/// For each query the most similar target, exactly. Targets are gone through by their number of bits, outwards from the
/// query's, and only as far as they could still be better. Empty where there are no targets; error Stopped if told so.
Result<std::vector<NearestNeighbour>> nearestNeighbours(const std::vector<chem::Fingerprint>& queries,
                                                        const std::vector<chem::Fingerprint>& targets, int threads,
                                                        Control& control);

} // namespace papilio::data
