// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "nn/dense.h"
#include "nn/graphlayer.h"

namespace papilio::nn
{

/// A node that hears and speaks to all atoms of a molecule (Gilmer et al. 2017, arXiv 1704.01212), with p =
/// pool(atoms), or [pool(atoms) ‖ pool(bonds)]: t = act(norm(W(v + p) + b)); v ← v + t, or t; x ← x + P v; with bonds e
/// ← e + Q v.
///
/// Names: NAME.fc_layer, NAME.node_projection, NAME.edge_projection.
class VirtualNodeLayer
{
public:
    struct Options {
        Pooling pooling = Pooling::Sum;
        bool edges = false;
        bool residual = true;
        Activation activation = Activation::None;
        Norm norm = Norm::None;
        double dropout = 0;
        double nodeDivisor = 1, edgeDivisor = 1; ///< muP: what the input of the projections is divided by
    };
    VirtualNodeLayer(const Options& options, const std::string& name, const Places& places);

    /// Changes nodes and edges; v: graphs × width, undefined before the first layer.
    void forward(GraphState& state, Tensor& v, const Weights& weights, Pass& pass) const;

private:
    Options m_options;
    LinearPlaces m_map, m_toNodes, m_toEdges;
    NormPlaces m_norm;
};

} // namespace papilio::nn
