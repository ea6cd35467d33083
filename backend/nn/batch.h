// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/encodings.h"
#include "core/features.h"
#include "core/molgraph.h"

namespace papilio::nn
{

/// One encoding of a batch.
struct EncodingRows {
    std::string key;            ///< encodingKey()
    Level level = Level::Node;
    int width = 0;
    std::vector<float> values;  ///< rows × width. Node pairs: N_g² rows a molecule g, one molecule after the other
};

/// A batch's copy on the device of the network that computes it (Model::stage).
struct StagedBatch {
    virtual ~StagedBatch() = default;
};

/// Several molecules as one block-diagonal graph. N atoms, E directed edges, B molecules, in the order they were given;
/// F, G columns of atom and bond features as the feature set has them.
struct Batch {
    std::int64_t graphs = 0, nodes = 0, edges = 0;
    std::vector<float> nodeFeatures;     ///< N × F
    std::vector<float> edgeFeatures;     ///< E × G
    std::vector<EncodingRows> encodings; ///< as FeatureSet::encodings
    std::vector<std::int64_t> senders;   ///< E; atom index in the batch
    std::vector<std::int64_t> receivers; ///< E
    std::vector<std::int64_t> graphOf;   ///< N; molecule of each atom
    std::vector<std::int64_t> nodeStart; ///< B + 1
    std::vector<std::int64_t> edgeStart; ///< B + 1
    /// Of a process' share of a larger batch: the molecules at which that batch is cut into pieces (shards.h), counted
    /// in this one, its own end included. Empty: cut as if it were all.
    std::vector<std::int64_t> pieceEnds;
    std::vector<std::int64_t> pairStart; ///< B + 1; unordered pairs i < j of atoms, N(N−1)/2 a molecule, row-major

    /// Labels, one matrix a head in the order of ModelSpec::heads: rows(level) × columns; NaN = missing.
    /// Regression values are normalised, binary ones 0 or 1, classes whole numbers. Empty when there are none to learn
    /// from.
    std::vector<std::vector<float>> labels;

    std::shared_ptr<const StagedBatch> staged; ///< null = none; who changes the batch afterwards takes it away

    std::int64_t rows(Level level) const
    {
        switch (level) {
        case Level::Graph: return graphs;
        case Level::Node: return nodes;
        case Level::Edge: return edges;
        case Level::NodePair: return pairStart.empty() ? 0 : pairStart.back();
        }
        return 0;
    }
    const EncodingRows* encoding(std::string_view key) const; ///< null if it is not there
    EncodingRows* encoding(std::string_view key);
};

/// A molecule as it enters a batch: the standard feature set is made of graph and encodings, every other needs its
/// inputs (computed from the molecule, or read from the project's cache) beside the graph.
struct MoleculeInput {
    const MolGraph* graph = nullptr;
    const Encodings* encodings = nullptr;   ///< standard set
    const MoleculeInputs* inputs = nullptr; ///< any other
};

/// Lays molecules out as one batch, without labels. Counts of atoms and bonds must agree.
Batch collate(std::span<const MoleculeInput> molecules, const FeatureSet& set = {});

} // namespace papilio::nn
