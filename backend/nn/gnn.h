// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "nn/graphlayer.h"
#include "nn/residual.h"
#include "nn/virtualnode.h"

namespace papilio::nn
{

/// The stack of graph layers: first norm → for each layer: the layer → residual (all but the last) → virtual node (all
/// but the last).
class Gnn
{
public:
    Gnn(const ModelSpec& spec, const Places& places);
    ~Gnn();

    /// What comes in as nodes and edges goes out as those behind the last layer. Edges stay as they came (first norm
    /// included) where no layer changes them. Records "gnn.I.layer", "gnn.I.layer_edges", "gnn.I.virtual_node",
    /// "gnn.I.edges", "gnn.I.out".
    void forward(GraphState& state, const Weights& weights, Pass& pass) const;

    /// What can be recorded, in the order of computation.
    static std::vector<std::string> recordNames(const Architecture& architecture);

private:
    struct Step {
        std::unique_ptr<GraphLayer> layer;
        std::optional<VirtualNodeLayer> virtualNode;
    };
    std::optional<VirtualNodeLayer> virtualNodeOf(const ModelSpec& spec, int layer, const Places& places) const;

    NormPlaces m_norm, m_normEdges;
    std::vector<Step> m_steps;
    ResidualPath m_residual, m_residualEdges;
    bool m_edgesGoOn = false; ///< behind the last layer, to heads
};

} // namespace papilio::nn
