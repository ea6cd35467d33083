// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "nn/functions.h"
#include "nn/weights.h"

/// Linear maps, norms, activations and dropout in the two orders that the published networks have.
namespace papilio::nn
{

/// Places of a linear map's tensors.
struct LinearPlaces {
    int weight = -1, bias = -1;

    LinearPlaces() = default;
    /// "NAME.weight", "NAME.bias"; a map without bias has −1 there.
    LinearPlaces(const std::string& name, const Places& places);
};

/// The tensors of a linear map.
struct LinearTensors {
    Tensor weight, bias;

    LinearTensors(const Weights& weights, const LinearPlaces& map)
        : weight(pick(weights, map.weight)), bias(pick(weights, map.bias))
    {
    }
};

/// Places of a norm's tensors; those of a batch norm's running statistics too.
struct NormPlaces {
    Norm norm = Norm::None;
    int gamma = -1, beta = -1;
    int mean = -1, variance = -1, count = -1;

    NormPlaces() = default;
    /// "NAME.weight", "NAME.bias", "NAME.running_mean" …
    NormPlaces(Norm kind, const std::string& name, const Places& places);
};

Tensor activate(const Tensor& x, Activation activation);
Tensor applyDropout(const Tensor& x, const kernels::Dropout& dropout);

/// Layer norm, or batch norm over the rows. In training a batch norm takes the statistics of the rows that it is given
/// and hands them back through the pass; a single row has none, and is treated as outside training.
Tensor normalise(const Tensor& x, const Weights& weights, const NormPlaces& norm, Pass& pass);

/// x · weightᵀ + bias.
Tensor linear(const Tensor& x, const Weights& weights, const LinearPlaces& map, const Pass& pass);
Tensor linear(const Tensor& x, const LinearTensors& map, const Pass& pass);

/// The ending of graph layers: norm → activation → dropout. 'times': rows of the level's row, as in Pass::nextDropout.
Tensor finish(const Tensor& x, const Weights& weights, const NormPlaces& norm, Activation activation, double dropout,
              Level level, Pass& pass, std::int64_t times = 1);

/// linear → norm → activation → dropout, in one piece where the kernels can.
Tensor linearFinish(const Tensor& x, const Weights& weights, const LinearPlaces& map, const NormPlaces& norm,
                    Activation activation, double dropout, Level level, Pass& pass, std::int64_t times = 1);
Tensor linearFinish(const Tensor& x, const Weights& weights, const LinearTensors& map, const NormPlaces& norm,
                    Activation activation, double dropout, Level level, Pass& pass, std::int64_t times = 1);

/// The ending of fully connected layers: norm → dropout → activation.
Tensor finishFullyConnected(const Tensor& z, const Weights& weights, const NormPlaces& norm, Activation activation,
                            double dropout, Level level, Pass& pass);

/// The fully connected layer of MLPs: linear → norm → dropout → activation.
Tensor fullyConnected(const Tensor& x, const Weights& weights, const LinearPlaces& map, const NormPlaces& norm,
                      Activation activation, double dropout, Level level, Pass& pass, std::int64_t times = 1);
Tensor fullyConnected(const Tensor& x, const Weights& weights, const LinearTensors& map, const NormPlaces& norm,
                      Activation activation, double dropout, Level level, Pass& pass, std::int64_t times = 1);
/// The same of [x ‖ fixed], see denseBeside(); x may be undefined.
Tensor fullyConnectedBeside(const Tensor& x, const Tensor& fixed, const Weights& weights, const LinearPlaces& map,
                            const NormPlaces& norm, Activation activation, double dropout, Level level, Pass& pass);
/// The same of [x(receiver) ‖ x(sender) ‖ ofEdges(edge)] for each edge.
Tensor fullyConnectedJoined(const Tensor& x, const Tensor& ofEdges, const Weights& weights, const LinearPlaces& map,
                            const NormPlaces& norm, Activation activation, double dropout, Level level, Pass& pass);

} // namespace papilio::nn
