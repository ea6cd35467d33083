// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "nn/dense.h"
#include "nn/graphlayer.h"

/// What several graph layers are made of.
namespace papilio::nn
{

/// The simple MLP inside a layer: fully connected layers NAME.fully_connected.0, 1 … Its first linear map may be
/// carried out by the caller, in pieces.
class LayerMlp
{
public:
    struct Ends {
        Activation activation = Activation::None, lastActivation = Activation::None;
        Norm norm = Norm::None, lastNorm = Norm::None;
        double dropout = 0, lastDropout = 0;
    };
    LayerMlp() = default;
    LayerMlp(const std::string& name, int depth, const Ends& ends, const Places& places);

    Tensor firstWeight(const Weights& weights) const { return pick(weights, m_layers[0].linear.weight); }
    Tensor firstBias(const Weights& weights) const { return pick(weights, m_layers[0].linear.bias); }
    /// z: what the first linear map gives, bias included.
    Tensor fromFirst(const Tensor& z, const Weights& weights, Level level, Pass& pass) const;
    /// Of [x(receiver) ‖ x(sender) ‖ ofEdges(edge)] for each edge.
    Tensor ofEnds(const Tensor& x, const Tensor& ofEdges, const Weights& weights, Pass& pass) const;
    /// 'firstWeight': another one in the place of the first; undefined = none.
    Tensor forward(const Tensor& x, const Weights& weights, Level level, Pass& pass,
                   const Tensor& firstWeight = {}) const;

private:
    struct Layer {
        LinearPlaces linear;
        NormPlaces norm;
        Activation activation = Activation::None;
        double dropout = 0;
    };
    Tensor rest(Tensor h, const Weights& weights, Level level, Pass& pass) const;

    std::vector<Layer> m_layers;
};

/// x · weightᵀ [+ bias] with a part of a layer's weight.
Tensor linearPart(const Tensor& x, const Tensor& weight, const Tensor& bias, const Pass& pass);

/// Leaves whole molecules out of x at that rate and scales up the others (stochastic depth, Huang et al. 2016,
/// arXiv 1603.09382); outside training too if 'always' says so.
Tensor dropPath(const Tensor& x, double rate, bool always, Pass& pass);

/// The ending: norm → activation → dropout → DropPath.
class LayerEnding
{
public:
    LayerEnding(const LayerPlace& place, const Quirks& quirks, const Places& places);
    Tensor forward(const Tensor& x, const Weights& weights, Pass& pass) const;
    /// linear → the ending, in one piece where the kernels can.
    Tensor forward(const Tensor& x, const LinearPlaces& map, const Weights& weights, Pass& pass) const;
    /// Dropout → DropPath.
    Tensor drop(const Tensor& x, Pass& pass) const;

private:
    NormPlaces m_norm;
    Activation m_activation;
    double m_dropout, m_dropPath;
    bool m_always;
};

// One file a layer.
std::unique_ptr<GraphLayer> createGcn(const LayerPlace& place, const Quirks& quirks, const Places& places);
/// GIN, or GINE with bonds.
std::unique_ptr<GraphLayer> createGin(bool bonds, const LayerPlace& place, const Quirks& quirks, const Places& places);
std::unique_ptr<GraphLayer> createGatedGcn(const LayerPlace& place, const Quirks& quirks, const Places& places);
std::unique_ptr<GraphLayer> createPna(const PnaSpec& spec, const LayerPlace& place, const Quirks& quirks,
                                      const Places& places);
std::unique_ptr<GraphLayer> createMpnnPlus(const MpnnPlusSpec& spec, const LayerPlace& place, const Quirks& quirks,
                                           const Places& places);
std::unique_ptr<GraphLayer> createGps(const LayerSpec& spec, const LayerPlace& place, const Quirks& quirks,
                                      const Places& places);

} // namespace papilio::nn
