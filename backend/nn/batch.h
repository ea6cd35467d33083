// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/encodings.h"
#include "core/molgraph.h"
#include "nn/architecture.h"

namespace papilio::nn
{

/// Several molecules as one block-diagonal graph. N atoms, E directed edges, B molecules, in the order they were given.
struct Batch {
    std::int64_t graphs = 0, nodes = 0, edges = 0;
    std::vector<float> nodeFeatures;     ///< N × 85
    std::vector<float> edgeFeatures;     ///< E × 13
    std::vector<float> laplacianVectors; ///< N × 8
    std::vector<float> laplacianValues;  ///< N × 8
    std::vector<float> walkReturns;      ///< N × 16
    std::vector<std::int64_t> senders;   ///< E; atom index in the batch
    std::vector<std::int64_t> receivers; ///< E
    std::vector<std::int64_t> graphOf;   ///< N; molecule of each atom
    std::vector<std::int64_t> nodeStart; ///< B + 1
    std::vector<std::int64_t> edgeStart; ///< B + 1

    /// Labels, one matrix a head in the order of ModelSpec::heads: rows (B, N or E by level) × columns; NaN = missing.
    /// Regression values are normalised, binary ones 0 or 1, classes whole numbers. Empty when there are none to learn
    /// from.
    std::vector<std::vector<float>> labels;

    std::int64_t rows(Level level) const
    {
        return level == Level::Graph ? graphs : level == Level::Node ? nodes : edges;
    }
};

struct MoleculeInput {
    const MolGraph* graph = nullptr;
    const Encodings* encodings = nullptr;
};

/// Lays molecules out as one batch, without labels. The encodings must have as many atoms as their graph.
Batch collate(std::span<const MoleculeInput> molecules);

} // namespace papilio::nn
