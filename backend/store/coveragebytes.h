// SPDX-License-Identifier: GPL-3.0-or-later
// Private to store.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/coverage.h"

namespace papilio::store
{

inline constexpr std::int64_t coverageChunk = 16384;    ///< ids in a row of coverage_ids
inline constexpr std::int64_t coverageTopBins = 128;    ///< the highest level kept has no more

/// The bins of a level, from one on.
std::vector<CoverageStrip::Bin> coverageBins(const CoverageOrder& order, int level, std::int64_t firstBin, std::int64_t count);

/// Counts of a strip, in the narrowest whole numbers that hold them.
std::string coverageToBytes(std::span<const std::uint32_t> counts);
std::optional<std::vector<std::uint32_t>> coverageFromBytes(std::string_view packed, std::size_t count);

} // namespace papilio::store
