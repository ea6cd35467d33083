// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "nn/architecture.h"
#include "nn/functions.h"
#include "nn/weights.h"

namespace papilio::nn
{

/// Bonds that are alike, as outside training most are: a network without gradients computes each kind once.
struct EdgeKinds {
    Tensor rows;                     ///< kinds × width
    std::vector<std::int32_t> kinds; ///< of each directed edge
};
/// Finds equal rows of x; nothing where that would not halve the work.
std::optional<EdgeKinds> findKinds(const Tensor& x);

/// What flows from layer to layer.
struct GraphState {
    Tensor nodes;         ///< atoms × width
    Tensor edges;         ///< directed edges × width; undefined where layers do not look at bonds
    const EdgeKinds* kinds = nullptr; ///< not null: 'edges' has a row a kind of bond instead
    bool edgesGoOn = true; ///< false: nothing looks at the edges behind this layer
    Tensor attentionBias; ///< graphs × heads × n × n, padded to the largest molecule of the shard; undefined = none
};

struct LayerOutput {
    Tensor nodes;
    Tensor edges; ///< undefined: the layer does not change them
};

/// Where and how a layer stands in the network.
struct LayerPlace {
    std::string name;    ///< of its parameters: "gnn.layers.3"
    int in = 0, out = 0; ///< widths of atoms
    int inEdges = 0, outEdges = 0;
    Activation activation = Activation::None;       ///< of the ending
    Activation hiddenActivation = Activation::None; ///< of the MLPs inside
    Norm norm = Norm::None;                         ///< of both
    double dropout = 0;
    double dropPath = 0;   ///< this layer's own rate
    double depthShare = 0; ///< i / (depth − 1): what GPS' own DropPath rates are times
};

/// A graph layer, its ending (norm → activation → dropout → DropPath) included.
class GraphLayer
{
public:
    virtual ~GraphLayer() = default;
    virtual LayerOutput forward(const Weights& weights, const GraphState& state, Pass& pass) const = 0;
};

std::unique_ptr<GraphLayer> createGraphLayer(const LayerSpec& spec, const LayerPlace& place, const Quirks& quirks,
                                             const Places& places);

} // namespace papilio::nn
