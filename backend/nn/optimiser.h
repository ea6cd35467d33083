// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/model.h"
#include "nn/weightstore.h"
#include "nn/workers.h"

namespace papilio::nn
{

/// Factor that keeps small gradients above float16's smallest number: doubled after 2000 good steps, halved when they
/// overflow.
class GradientScale
{
public:
    explicit GradientScale(bool used) : m_used(used) {}
    bool used() const { return m_used; }
    double value() const { return m_used ? m_scale : 1; }
    void overflowed();
    void succeeded();
    HostTensor toTensor() const;
    Result<> fromTensor(const HostTensor& tensor);

private:
    bool m_used;
    double m_scale = 65536;
    int m_goodSteps = 0;
};

/// Adam (Kingma & Ba 2015, arXiv 1412.6980) and AdamW on the flat weights, with their moving average. As in the
/// published muP, weight decay times learning rate is the same for all weights, whatever their own rate.
class Optimiser
{
public:
    Optimiser(const WeightStore& store, bool scaled);

    GradientScale& scale() { return m_scale; }
    /// 'gradient' is that of all weights, clipped; it is used up.
    void step(Tensor& gradient, const StepSettings& settings, Workers& workers);
    const Tensor& average() const { return m_average; } ///< undefined if none is kept
    TensorMap toTensors() const;
    /// Refuses what is not a state of these weights.
    Result<> fromTensors(const TensorMap& tensors);

private:
    void decay(Tensor& gradient, const StepSettings& settings);

    const WeightStore& m_store;
    Tensor m_first, m_second; ///< Adam's moments
    Tensor m_average;
    std::int64_t m_step = 0;
    GradientScale m_scale;
};

} // namespace papilio::nn
