// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "nn/batch.h"
#include "nn/model.h"

namespace papilio::learn
{

/// How the rows of a molecule's atoms (bonds, pairs) become one; of a layer that has one row a molecule, nothing does.
enum class FingerprintPool : std::uint8_t { Max, Mean, Sum, None };
std::string_view poolName(FingerprintPool pool); ///< "max", "mean", "sum", "none"
std::optional<FingerprintPool> poolFromName(std::string_view name);

/// A layer that fingerprints can be taken from. Addresses: "gnn:15" (after layer 15, counted from 0; as the published
/// library's), "pre_nn", "pre_nn_edges", "encoders", "encoder-NAME", "pool", "output-graph" … (the level's shared
/// network), "head-NAME:0" (after the first layer of a head).
struct FingerprintLayer {
    std::string address;
    std::string intermediate; ///< what nn::Model::intermediates() calls it
};
std::vector<FingerprintLayer> fingerprintLayers(const nn::Model& model);
/// The layer of an address; also as the published library writes it ("graph_output_nn-graph", "task_heads-qm9:0"). One
/// that does not exist is an error that names the nearest.
Result<FingerprintLayer> findLayer(const nn::Model& model, const std::string& address);

/// Fingerprint of one molecule: one row (pooled), or one an atom, directed bond or pair in the graph's order.
struct Fingerprint {
    Level level = Level::Graph; ///< what the rows are
    std::int64_t rows = 0, width = 0;
    std::vector<float> values;
};

/// Result i belongs to molecule i.
Result<std::vector<Fingerprint>> fingerprints(nn::Model& model, std::span<const nn::MoleculeInput> molecules,
                                              const FingerprintLayer& layer, FingerprintPool pool,
                                              std::int64_t batchSize = 200);

} // namespace papilio::learn
