// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/error.h"
#include "store/runs.h"

namespace papilio::learn
{

/// "random:0.8/0.1/0.1": shuffles the molecules (ascending ids) by the seed; validation and test get floor(fraction ×
/// n), training the rest. The same molecules and seed give the same split. Fractions must be positive for training and
/// add up to 1.
Result<store::Split> makeSplit(const std::string& spec, std::uint64_t seed, const std::vector<std::int64_t>& molecules);

/// Whether makeSplit would understand the text.
Result<> checkSplitSpec(const std::string& spec);

} // namespace papilio::learn
