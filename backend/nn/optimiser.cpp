// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/optimiser.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "nn/adamstate.h"
#include "nn/checks.h"
#include "nn/operations.h"
#include "nn/updatekernels.h"

namespace papilio::nn
{

namespace
{

constexpr int growthSteps = 2000;
constexpr double largestScale = 16777216; // 2²⁴
constexpr const char* scaleName = "scale";

} // namespace

void GradientScale::overflowed()
{
    m_scale = std::max(1.0, m_scale / 2);
    m_goodSteps = 0;
}

void GradientScale::succeeded()
{
    if (m_used && ++m_goodSteps == growthSteps) {
        m_scale = std::min(largestScale, m_scale * 2);
        m_goodSteps = 0;
    }
}

HostTensor GradientScale::toTensor() const
{
    return {{2}, {static_cast<float>(m_scale), static_cast<float>(m_goodSteps)}};
}

Result<> GradientScale::fromTensor(const HostTensor& tensor)
{
    const auto& v = tensor.values;
    if (v.size() != 2 || !(v[0] >= 1 && v[0] <= largestScale) || !(v[1] >= 0 && v[1] < growthSteps)) {
        return fail(ErrorCode::Damaged, "optimiser state: 'scale' is not a scale of gradients.");
    }
    m_scale = v[0];
    m_goodSteps = static_cast<int>(v[1]);
    return {};
}

Optimiser::Optimiser(const WeightStore& store, bool scaled)
    : m_store(store), m_first(at::zeros_like(store.flat())), m_second(at::zeros_like(store.flat())), m_scale(scaled)
{
}

void Optimiser::decay(Tensor& gradient, const StepSettings& settings)
{
    if (settings.weightDecay == 0) {
        return;
    }
    const Tensor& flat = m_store.flat();
    if (settings.decoupledDecay) {
        const double share = settings.learningRate * settings.weightDecay;
        m_store.decayed().defined() ? flat.sub_(flat * m_store.decayed(), share) : flat.mul_(1 - share);
        return;
    }
    Tensor pull = flat;
    if (m_store.rates().defined()) {
        pull = pull / m_store.rates();
    }
    if (m_store.decayed().defined()) {
        pull = pull * m_store.decayed();
    }
    gradient.add_(pull, settings.weightDecay);
}

void Optimiser::step(Tensor& gradient, const StepSettings& settings, Workers& workers)
{
    const at::NoGradGuard guard;
    if (settings.averageDecay <= 0) {
        m_average = Tensor();
    } else if (!m_average.defined()) {
        m_average = m_store.flat().clone();
    }
    ++m_step;
    decay(gradient, settings);
    const double correction1 = 1 - std::pow(settings.beta1, static_cast<double>(m_step));
    const double correction2 = 1 - std::pow(settings.beta2, static_cast<double>(m_step));
    if (m_store.device().is_cpu()) {
        const kernels::AdamStep step = {static_cast<float>(settings.beta1), static_cast<float>(settings.beta2),
                                        static_cast<float>(settings.epsilon),
                                        static_cast<float>(1 - settings.beta1), static_cast<float>(1 - settings.beta2),
                                        static_cast<float>(settings.learningRate / correction1),
                                        static_cast<float>(1 / std::sqrt(correction2))};
        using operations::data;
        const float* const rates = data(m_store.rates());
        workers.runBlocks(gradient.numel(), [&](std::int64_t first, std::int64_t end) {
            kernels::adam(step, end - first, data(gradient) + first, rates ? rates + first : nullptr,
                          data(m_first) + first, data(m_second) + first, data(m_store.flat()) + first);
        });
    } else {
        m_first.mul_(settings.beta1).add_(gradient, 1 - settings.beta1);
        m_second.mul_(settings.beta2).addcmul_(gradient, gradient, 1 - settings.beta2);
        Tensor size = m_second.sqrt().div_(std::sqrt(correction2)).add_(settings.epsilon);
        if (m_store.rates().defined()) {
            size.div_(m_store.rates());
        }
        m_store.flat().addcdiv_(m_first, size, -settings.learningRate / correction1);
    }
    if (m_average.defined()) {
        m_average.mul_(settings.averageDecay).add_(m_store.flat(), 1 - settings.averageDecay);
    }
}

TensorMap Optimiser::toTensors() const
{
    TensorMap tensors;
    m_store.trainedToTensors(m_first, "adam.m.", tensors);
    m_store.trainedToTensors(m_second, "adam.v.", tensors);
    if (m_average.defined()) {
        m_store.trainedToTensors(m_average, "average.", tensors);
    }
    if (m_scale.used()) {
        tensors[scaleName] = m_scale.toTensor();
    }
    tensors["adam.step"] = stepToTensor(m_step);
    return tensors;
}

Result<> Optimiser::fromTensors(const TensorMap& tensors)
{
    const bool averaged = std::any_of(tensors.begin(), tensors.end(),
                                      [](const auto& item) { return item.first.starts_with("average."); });
    TensorMap expected;
    for (const char* prefix : {"adam.m.", "adam.v.", "average."}) {
        if (averaged || prefix != std::string_view("average.")) {
            m_store.trainedToTensors(m_first, prefix, expected);
        }
    }
    expected["adam.step"] = stepToTensor(0);
    // A run may go on in another precision: a scale that is missing starts anew, one that is not needed is left out.
    if (tensors.contains(scaleName)) {
        expected[scaleName] = m_scale.toTensor();
    }
    PAPILIO_TRY(checkTensors(expected, tensors, "optimiser state"));
    const auto step = stepFromTensor(tensors.at("adam.step"));
    PAPILIO_TRY(step);
    if (tensors.contains(scaleName)) {
        PAPILIO_TRY(m_scale.fromTensor(tensors.at(scaleName)));
    }
    m_step = *step;
    m_store.trainedFromTensors(tensors, "adam.m.", m_first);
    m_store.trainedFromTensors(tensors, "adam.v.", m_second);
    m_average = averaged ? at::empty_like(m_store.flat()) : Tensor();
    if (averaged) {
        m_store.trainedFromTensors(tensors, "average.", m_average);
    }
    return {};
}

} // namespace papilio::nn
