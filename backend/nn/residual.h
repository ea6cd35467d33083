// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "nn/dense.h"

namespace papilio::nn
{

/// What a pass through a chain of layers keeps for its residuals.
struct ResidualMemory {
    std::vector<Tensor> previous; ///< the last one kept; Random: all of them
    int used = -1;                ///< weighted: maps used so far; −1 = not started
};

/// Joins the output of each layer of a chain with those before it. Layers 0 (which only starts it), skip, 2 · skip …
/// have one; the last layer never has.
///
/// Names: NAME.residual_list.I.linear.weight and .normalization (weighted, I counts the joints and one more that
/// nothing uses), NAME.random_weights.STEP (random: STEP numbers, one for each layer before).
class ResidualPath
{
public:
    struct Options {
        Residual type = Residual::None;
        int skip = 1;
        int depth = 1;                            ///< layers of the chain
        Activation activation = Activation::None; ///< the rest: of a weighted one's maps
        Norm norm = Norm::None;
        double dropout = 0;
        bool counter = false; ///< Quirks::residualCounter
    };
    ResidualPath(const Options& options, const std::string& name, const Places& places);

    /// The output of layer 'step' → what enters the next.
    Tensor join(const Tensor& h, int step, ResidualMemory& memory, const Weights& weights, Level level, Pass& pass,
                std::int64_t times = 1) const;

private:
    struct Map {
        LinearPlaces linear;
        NormPlaces norm;
    };
    bool has(int step) const;
    Tensor weighted(const Tensor& h, ResidualMemory& memory, const Weights& weights, Level level, Pass& pass,
                    std::int64_t times) const;

    Options m_options;
    std::vector<Map> m_maps;
    std::vector<int> m_random;
};

} // namespace papilio::nn
