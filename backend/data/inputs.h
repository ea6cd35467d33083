// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

#include "core/control.h"
#include "core/features.h"
#include "store/project.h"

namespace papilio::data
{

/// Computes the inputs of these molecules that the project has not yet (store/inputs.h), on several threads, and keeps
/// them there; nothing to do for a set that isStandard(). Memory stays bounded however many molecules there are. Each
/// batch is one transaction: told to stop (ErrorCode::Stopped) or cut off, the next call goes on where it ended.
/// A molecule of which nothing can be computed does not stop the others; the error at the end names the first one.
Result<> computeMissingInputs(store::Project& project, const FeatureSet& set, std::span<const std::int64_t> molecules,
                              int threads, Control& control);

} // namespace papilio::data
