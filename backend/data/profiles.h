// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/control.h"
#include "core/error.h"
#include "store/project.h"

namespace papilio::data
{

/// Computes the profiles of a dataset and its tasks (store/profiles.h) and keeps them, in two passes over the labels and
/// one over the rows. Memory is bounded: quantiles are exact as long as the values of all tasks together are at most
/// quantileValues, else each task has its share of these (QuantileSketch).
Result<> profileDataset(store::Project& project, std::int64_t dataset, Control& control);

inline constexpr std::size_t quantileValues = 4'000'000;

} // namespace papilio::data
