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

/// Labels of all parts, one after the other; NaN for a part that has none. Points into a single part.
class StepLabels
{
public:
    StepLabels(const ModelSpec& spec, std::span<const Batch> parts);
    /// One a head, or empty if no part has labels.
    const std::vector<std::span<const float>>& heads() const { return m_heads; }

private:
    std::vector<std::vector<float>> m_joined;
    std::vector<std::span<const float>> m_heads;
};

/// Molecules that made a loss not finite: those with features, encodings (3D positions may be missing) or labels that
/// are not; without any, those with such outputs, unless all have them. Outputs: one a head, of all parts.
std::vector<std::int64_t> findCulprits(const ModelSpec& spec, std::span<const Batch> parts,
                                       const std::vector<std::vector<float>>& outputs);

/// The error that says so.
tl::unexpected<Error> notFinite(const ModelSpec& spec, const Losses& losses, const std::vector<std::int64_t>& culprits);

} // namespace papilio::nn
