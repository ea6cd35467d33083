// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/control.h"
#include "core/error.h"
#include "core/splitspec.h"
#include "learn/heads.h"
#include "store/runs.h"

namespace papilio::learn
{

/// Makes the splits that need structures, imported rows or files, which this library does not know. 'molecules' are
/// those with a label of the selection, ascending.
using SplitMaker =
    std::function<Result<store::Split>(store::Project&, const SplitSpec&, std::uint64_t seed, const Selection&,
                                       const std::vector<std::int64_t>& molecules, Control&)>;

/// "random:0.8/0.1/0.1": shuffles the molecules (ascending ids) by the seed; validation and test get floor(fraction ×
/// n), training the rest. The same molecules and seed give the same split. Other kinds are errors here.
Result<store::Split> makeSplit(const std::string& spec, std::uint64_t seed, const std::vector<std::int64_t>& molecules);

/// Any kind of split: random ones made here, the others by 'maker' (Unsupported without one).
Result<store::Split> makeSplit(store::Project& project, const std::string& spec, std::uint64_t seed,
                               const Selection& selection, const std::vector<std::int64_t>& molecules,
                               const SplitMaker& maker, Control& control);

/// Whether the text can be understood.
Result<> checkSplitSpec(const std::string& spec);

} // namespace papilio::learn
