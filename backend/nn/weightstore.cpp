// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/weightstore.h"

#include <algorithm>

namespace papilio::nn
{

namespace
{

/// Host values as a tensor on the CPU that borrows them.
Tensor borrow(const std::vector<float>& values, at::IntArrayRef shape)
{
    return at::from_blob(const_cast<float*>(values.data()), shape, at::TensorOptions(at::kFloat));
}

} // namespace

WeightStore::WeightStore(std::vector<Parameter> parameters, const at::Device& device)
    : m_parameters(std::move(parameters)), m_device(device)
{
    std::vector<float> rates;
    std::vector<float> decayed;
    for (const Parameter& parameter : m_parameters) {
        if (parameter.trained()) {
            const auto count = static_cast<std::size_t>(parameter.count());
            rates.insert(rates.end(), count, static_cast<float>(parameter.rate));
            decayed.insert(decayed.end(), count, parameter.role == Parameter::Role::LogVariance ? 0.0F : 1.0F);
        }
    }
    const auto count = static_cast<std::int64_t>(rates.size());
    const auto allOne = [](const std::vector<float>& values) {
        return std::all_of(values.begin(), values.end(), [](float value) { return value == 1.0F; });
    };
    m_rates = allOne(rates) ? Tensor() : borrow(rates, {count}).to(m_device, at::kFloat, false, /*copy=*/true);
    m_decayed = allOne(decayed) ? Tensor() : borrow(decayed, {count}).to(m_device, at::kFloat, false, true);
    m_flat = at::zeros({count}, at::TensorOptions(at::kFloat).device(m_device));
    std::int64_t offset = 0;
    for (const Parameter& parameter : m_parameters) {
        if (parameter.trained()) {
            m_trained.push_back(m_flat.narrow(0, offset, parameter.count()).view(parameter.shape).detach());
            m_trained.back().requires_grad_(true);
            m_all.push_back(m_trained.back());
            offset += parameter.count();
        } else {
            m_all.push_back(at::zeros(parameter.shape, m_flat.options()));
        }
    }
}

std::int64_t WeightStore::counted() const
{
    std::int64_t count = 0;
    for (const Parameter& parameter : m_parameters) {
        count += parameter.counted() ? parameter.count() : 0;
    }
    return count;
}

Tensor WeightStore::flatten(std::vector<Tensor> gradients, Tensor flat) const
{
    const at::NoGradGuard guard;
    if (!m_device.is_cpu()) {
        for (std::size_t i = 0; i < gradients.size(); ++i) {
            gradients[i] = gradients[i].defined() ? gradients[i].reshape({-1})
                                                  : at::zeros({m_trained[i].numel()}, m_flat.options());
        }
        return gradients.empty() ? at::zeros_like(m_flat) : at::cat(gradients);
    }
    if (!flat.defined()) {
        flat = at::empty_like(m_flat);
    }
    auto* to = flat.data_ptr<float>();
    for (std::size_t i = 0; i < gradients.size(); ++i) {
        const std::int64_t count = m_trained[i].numel();
        if (!gradients[i].defined()) {
            std::fill_n(to, count, 0.0F);
        } else if (const Tensor from = gradients[i].contiguous(); from.data_ptr<float>() != to) {
            std::copy_n(from.data_ptr<float>(), count, to);
        }
        to += count;
    }
    return flat;
}

Tensor WeightStore::logVariances(const Tensor& flat) const
{
    std::int64_t offset = 0;
    for (const Parameter& parameter : m_parameters) {
        if (parameter.role == Parameter::Role::LogVariance) {
            return flat.narrow(0, offset, parameter.count());
        }
        offset += parameter.trained() ? parameter.count() : 0;
    }
    return {};
}

TensorMap WeightStore::toTensors(const Tensor& flat) const
{
    TensorMap tensors;
    trainedToTensors(flat, "", tensors);
    for (std::size_t i = 0; i < m_parameters.size(); ++i) {
        if (!m_parameters[i].trained()) {
            tensors[m_parameters[i].name] = {m_parameters[i].shape, toHost(m_all[i])};
        }
    }
    return tensors;
}

void WeightStore::fromTensors(const TensorMap& tensors)
{
    const at::NoGradGuard guard;
    trainedFromTensors(tensors, "", m_flat);
    for (std::size_t i = 0; i < m_parameters.size(); ++i) {
        if (!m_parameters[i].trained()) {
            m_all[i].copy_(borrow(tensors.at(m_parameters[i].name).values, m_parameters[i].shape));
        }
    }
}

void WeightStore::trainedToTensors(const Tensor& flat, const std::string& prefix, TensorMap& tensors) const
{
    const std::vector<float> values = toHost(flat);
    auto at = values.begin();
    for (const Parameter& parameter : m_parameters) {
        if (parameter.trained()) {
            const auto end = at + parameter.count();
            tensors[prefix + parameter.name] = {parameter.shape, {at, end}};
            at = end;
        }
    }
}

void WeightStore::trainedFromTensors(const TensorMap& tensors, const std::string& prefix, Tensor& flat) const
{
    std::vector<float> values;
    for (const Parameter& parameter : m_parameters) {
        if (parameter.trained()) {
            const auto& part = tensors.at(prefix + parameter.name).values;
            values.insert(values.end(), part.begin(), part.end());
        }
    }
    const at::NoGradGuard guard;
    flat.copy_(borrow(values, {static_cast<std::int64_t>(values.size())}));
}

std::vector<float> toHost(const Tensor& tensor)
{
    const Tensor values = tensor.detach().to(at::kCPU).contiguous();
    const auto* start = values.data_ptr<float>();
    return {start, start + values.numel()};
}

} // namespace papilio::nn
