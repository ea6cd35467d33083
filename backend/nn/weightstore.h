// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "nn/parameters.h"
#include "nn/weights.h"

namespace papilio::nn
{

/// The tensors of a network. Those that are trained lie one after the other in a single flat tensor, which the
/// optimiser works on; running statistics and constants have tensors of their own.
class WeightStore
{
public:
    WeightStore(std::vector<Parameter> parameters, const at::Device& device);

    const std::vector<Parameter>& parameters() const { return m_parameters; }
    const at::Device& device() const { return m_device; }
    std::int64_t counted() const; ///< number of parameters, as papers count
    /// All of them, in the order of parameters(); the trained ones are views that gradients can be taken by.
    const Weights& all() const { return m_all; }
    /// The trained ones alone, in the same order, and the flat tensor that they are views of.
    const std::vector<Tensor>& trained() const { return m_trained; }
    const Tensor& flat() const { return m_flat; }
    /// Gradients in the order of trained(), undefined ones as zeros, as one flat tensor: 'flat' where it is defined, on
    /// the CPU, which may hold some of them already.
    Tensor flatten(std::vector<Tensor> gradients, Tensor flat = {}) const;
    /// The part of a flat tensor that belongs to the learnt loss weights; undefined where there are none.
    Tensor logVariances(const Tensor& flat) const;
    /// Factor of each value's learning rate (muP); undefined where all are 1.
    const Tensor& rates() const { return m_rates; }
    /// 0 for the values that weight decay leaves alone (learnt loss weights), else 1; undefined where it leaves none.
    const Tensor& decayed() const { return m_decayed; }

    /// Everything, by name; 'flat' stands for the trained ones.
    TensorMap toTensors(const Tensor& flat) const;
    void fromTensors(const TensorMap& tensors);
    /// A flat tensor's parts as "PREFIX" + name.
    void trainedToTensors(const Tensor& flat, const std::string& prefix, TensorMap& tensors) const;
    void trainedFromTensors(const TensorMap& tensors, const std::string& prefix, Tensor& flat) const;

private:
    std::vector<Parameter> m_parameters;
    at::Device m_device;
    Tensor m_flat, m_rates, m_decayed;
    std::vector<Tensor> m_trained;
    Weights m_all;
};

/// Values of a tensor, row by row.
std::vector<float> toHost(const Tensor& tensor);

} // namespace papilio::nn
