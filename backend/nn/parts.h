// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "nn/architecture.h"
#include "nn/batch.h"
#include "nn/model.h"

/// One training step may be made of several batches, its parts; their rows count through.
namespace papilio::nn
{

/// Molecules that made a loss not finite: those with features, encodings (3D positions may be missing) or labels that
/// are not; without any, those with such outputs, unless most have them. Outputs: of each part that was computed, one
/// array a head.
std::vector<std::int64_t> findCulprits(const ModelSpec& spec, std::span<const Batch> parts,
                                       const std::vector<std::vector<std::vector<float>>>& outputs);

/// The error that says so.
tl::unexpected<Error> notFinite(const ModelSpec& spec, const Losses& losses, const std::vector<std::int64_t>& culprits);

} // namespace papilio::nn
