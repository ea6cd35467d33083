// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <utility>

#include "core/error.h"
#include "nn/model.h"

namespace papilio::learn
{

/// Lets a model compute with the moving average of its weights, where it keeps one; at the end of its life the model has
/// its own weights back.
class AveragedWeights
{
public:
    static Result<AveragedWeights> use(nn::Model& model)
    {
        const nn::TensorMap average = model.averagedWeights();
        AveragedWeights weights(model);
        if (!average.empty()) {
            weights.m_own = model.weights();
            PAPILIO_TRY(model.setWeights(average));
        }
        return weights;
    }
    AveragedWeights(AveragedWeights&& other) noexcept
        : m_model(other.m_model), m_own(std::exchange(other.m_own, nn::TensorMap()))
    {
    }
    AveragedWeights& operator=(AveragedWeights&&) = delete;
    ~AveragedWeights() { (void)giveBack(); }

    /// At once, to be told if it fails.
    Result<> giveBack()
    {
        const nn::TensorMap own = std::exchange(m_own, nn::TensorMap());
        return own.empty() ? Result<>{} : m_model.setWeights(own);
    }

private:
    explicit AveragedWeights(nn::Model& model) : m_model(model) {}

    nn::Model& m_model;
    nn::TensorMap m_own; ///< empty: nothing to give back
};

} // namespace papilio::learn
