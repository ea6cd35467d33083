// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/devicestep.h"

#include <algorithm>
#include <iterator>

#include "nn/tensorloss.h"

namespace papilio::nn
{

DeviceStep::DeviceStep(const ModelSpec& spec, const at::Device& device, std::span<const Batch> parts, StepLoss& loss)
    : m_spec(spec)
{
    for (const Batch& part : parts) {
        m_batches.push_back(onDevice(part, spec, device));
        loss.addWeights(m_batches.back()->weights);
    }
}

void DeviceStep::run(const PassRunner& runner, const Batch& part, PassSettings settings, const StepLoss& loss,
                     double scale)
{
    settings.onDevice = m_batches[m_outputs.size()];
    std::vector<ShardRun> runs = runner.forward(part, settings);
    std::vector<Tensor>& outputs = m_outputs.emplace_back();
    for (const Tensor& output : runs.front().outputs) {
        outputs.push_back(output.detach());
    }
    auto& statistics = runs.front().pass.statistics;
    std::move(statistics.begin(), statistics.end(), std::back_inserter(m_statistics));
    std::vector<Tensor> slopes;
    const Tensor losses = lossesOf(m_outputs.size() - 1, loss, scale, slopes);
    const Tensor gradient = runner.backward(runs, slopes);
    const at::NoGradGuard guard;
    m_losses = m_losses.defined() ? m_losses.add_(losses) : losses;
    m_gradient = m_gradient.defined() ? m_gradient.add_(gradient) : gradient;
}

/// One number a head.
Tensor DeviceStep::lossesOf(std::size_t part, const StepLoss& loss, double scale, std::vector<Tensor>& slopes) const
{
    std::vector<Tensor> losses;
    for (std::size_t h = 0; h < m_spec.heads.size(); ++h) {
        const Tensor& output = m_outputs[part][h];
        const Tensor& labels = m_batches[part]->labels[h];
        if (labels.defined()) {
            TensorLoss one = tensorLoss(m_spec.heads[h], output, labels, loss.weights()[h], scale * loss.factor(h));
            losses.push_back(std::move(one.loss));
            slopes.push_back(std::move(one.slopes));
        } else {
            losses.push_back(at::zeros({}, output.options().dtype(at::kDouble)));
            slopes.push_back(at::zeros_like(output));
        }
    }
    return at::stack(losses);
}

double DeviceStep::read(const Tensor& gradient, StepLoss& loss) const
{
    const Tensor norm = gradient.to(at::kDouble).norm().view({1});
    const Tensor numbers = at::cat({m_losses, norm}).to(at::kCPU);
    const auto* values = numbers.data_ptr<double>();
    const std::size_t heads = m_spec.heads.size();
    loss.setLossSums({values, values + heads});
    return values[heads];
}

std::vector<std::vector<std::vector<float>>> DeviceStep::outputs() const
{
    std::vector<std::vector<std::vector<float>>> all;
    for (const std::vector<Tensor>& ofPart : m_outputs) {
        std::transform(ofPart.begin(), ofPart.end(), std::back_inserter(all.emplace_back()), toHost);
    }
    return all;
}

} // namespace papilio::nn
