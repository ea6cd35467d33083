// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "nn/dense.h"
#include "nn/layerspec.h"

namespace papilio::nn
{

class ResidualPath;

/// A multi-layer perceptron, or an ensemble of them, as MlpSpec says.
///
/// Names of its tensors, with PREFIX and LIST ("layers" for the published library's feed-forward networks,
/// "fully_connected" for its simple MLPs): PREFIX.first_normalization, PREFIX.LIST.0.linear,
/// PREFIX.LIST.0.normalization …; an ensemble's linear weights are members × out × in, their biases members × 1 × out,
/// and PREFIX.subset_idx (members × columns) tells which columns a member sees where that is not all.
class Mlp
{
public:
    Mlp() = default;
    /// readoutDivisor: muP; what the input of the last linear map is divided by.
    Mlp(const MlpSpec& spec, const std::string& prefix, const std::string& list, const Places& places,
        double readoutDivisor = 1);

    /// rows × in → rows × outDim. 'times': rows of the level's row, as in Pass::nextDropout. With a record name, the
    /// output of layer i is offered to the recorder as "RECORD.i"; an ensemble's hidden ones are put side by side.
    Tensor forward(const Weights& weights, const Tensor& x, Level level, Pass& pass, std::int64_t times = 1,
                   const std::string& record = {}) const;
    /// The same of [x ‖ fixed]; 'fixed' are data. x may be undefined.
    Tensor forwardBeside(const Weights& weights, const Tensor& x, const Tensor& fixed, Level level, Pass& pass) const;

private:
    struct Layer {
        LinearPlaces linear;
        NormPlaces norm;
        Activation activation = Activation::None;
        double dropout = 0;
    };
    /// Of what the first layer gives.
    Tensor behindFirst(Tensor h, const Weights& weights, Level level, Pass& pass, std::int64_t times,
                       const std::string& record) const;
    Tensor ensemble(const Weights& weights, const Tensor& x, Level level, Pass& pass, std::int64_t times,
                    const std::string& record) const;

    MlpSpec m_spec;
    NormPlaces m_firstNorm;
    std::vector<Layer> m_layers;
    std::shared_ptr<const ResidualPath> m_residual; ///< null = none
    int m_subset = -1;
    double m_divisor = 1;
};

} // namespace papilio::nn
