// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/adamstate.h"

#include <algorithm>
#include <cmath>

#include "nn/checks.h"

namespace papilio::nn
{

namespace
{

constexpr std::int64_t stepBase = std::int64_t{1} << 24; // whole numbers below it are exact in a float

} // namespace

HostTensor stepToTensor(std::int64_t step)
{
    return {{2}, {static_cast<float>(step / stepBase), static_cast<float>(step % stepBase)}};
}

Result<std::int64_t> stepFromTensor(const HostTensor& tensor)
{
    const auto whole = [](float value) { return value >= 0 && value < stepBase && value == std::floor(value); };
    if (tensor.values.size() != 2 || !whole(tensor.values[0]) || !whole(tensor.values[1])) {
        return fail(ErrorCode::Damaged, "optimiser state: 'adam.step' is not a step count.");
    }
    return static_cast<std::int64_t>(tensor.values[0]) * stepBase + static_cast<std::int64_t>(tensor.values[1]);
}

double clipFactor(double norm, double largest)
{
    return largest > 0 && norm > largest ? largest / norm : 1.0;
}

void AdamState::reset(const TensorMap& weights)
{
    m_step = 0;
    m_average.clear();
    m_first = weights;
    for (auto& [name, tensor] : m_first) {
        std::fill(tensor.values.begin(), tensor.values.end(), 0.0F);
    }
    m_second = m_first;
}

void AdamState::step(TensorMap& weights, const TensorMap& gradients, const StepSettings& settings, double gradientNorm)
{
    ++m_step;
    if (settings.averageDecay <= 0) {
        m_average.clear();
    } else if (m_average.empty()) {
        m_average = weights;
    }
    const double factor = clipFactor(gradientNorm, settings.clipNorm);
    const double beta1 = settings.beta1;
    const double beta2 = settings.beta2;
    const double correction1 = 1 - std::pow(beta1, static_cast<double>(m_step));
    const double correction2 = 1 - std::pow(beta2, static_cast<double>(m_step));
    const double penalty = settings.decoupledDecay ? 0 : settings.weightDecay;
    const double shrink = settings.decoupledDecay ? 1 - settings.learningRate * settings.weightDecay : 1;
    for (auto& [name, tensor] : weights) {
        const auto& gradient = gradients.at(name).values;
        auto& first = m_first.at(name).values;
        auto& second = m_second.at(name).values;
        for (std::size_t i = 0; i < gradient.size(); ++i) {
            const double slope = factor * gradient[i] + penalty * tensor.values[i];
            first[i] = static_cast<float>(beta1 * first[i] + (1 - beta1) * slope);
            second[i] = static_cast<float>(beta2 * second[i] + (1 - beta2) * slope * slope);
            const double scale = std::sqrt(second[i] / correction2) + settings.epsilon;
            tensor.values[i] = static_cast<float>(shrink * tensor.values[i] -
                                                  settings.learningRate * (first[i] / correction1) / scale);
        }
        if (settings.averageDecay > 0) {
            auto& average = m_average.at(name).values;
            for (std::size_t i = 0; i < average.size(); ++i) {
                average[i] = static_cast<float>(settings.averageDecay * average[i] +
                                                (1 - settings.averageDecay) * tensor.values[i]);
            }
        }
    }
}

TensorMap AdamState::toTensors() const
{
    TensorMap tensors;
    for (const auto& [name, tensor] : m_first) {
        tensors["adam.m." + name] = tensor;
        tensors["adam.v." + name] = m_second.at(name);
    }
    for (const auto& [name, tensor] : m_average) {
        tensors["average." + name] = tensor;
    }
    tensors["adam.step"] = stepToTensor(m_step);
    return tensors;
}

Result<> AdamState::fromTensors(const TensorMap& tensors)
{
    TensorMap expected = toTensors();
    const bool averaged = std::any_of(tensors.begin(), tensors.end(),
                                      [](const auto& item) { return item.first.starts_with("average."); });
    for (const auto& [name, tensor] : m_first) {
        expected.erase("average." + name);
        if (averaged) {
            expected["average." + name] = tensor;
        }
    }
    PAPILIO_TRY(checkTensors(expected, tensors, "optimiser state"));
    const auto step = stepFromTensor(tensors.at("adam.step"));
    PAPILIO_TRY(step);
    m_step = *step;
    m_average.clear();
    for (auto& [name, tensor] : m_first) {
        tensor = tensors.at("adam.m." + name);
        m_second.at(name) = tensors.at("adam.v." + name);
        if (averaged) {
            m_average[name] = tensors.at("average." + name);
        }
    }
    return {};
}

} // namespace papilio::nn
