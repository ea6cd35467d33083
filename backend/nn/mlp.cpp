// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/mlp.h"

#include "nn/residual.h"

namespace papilio::nn
{

namespace
{

Tensor reduceMembers(const std::vector<Tensor>& members, Reduction reduction)
{
    const Tensor all = at::stack(members);
    switch (reduction) {
    case Reduction::Sum: return all.sum(0);
    case Reduction::Mean: return all.mean(0);
    case Reduction::Max: return std::get<0>(all.max(0));
    case Reduction::Min: return std::get<0>(all.min(0));
    case Reduction::Median: return std::get<0>(all.median(0));
    }
    return all.mean(0);
}

} // namespace

Mlp::Mlp(const MlpSpec& spec, const std::string& prefix, const std::string& list, const Places& places,
         double readoutDivisor)
    : m_spec(spec), m_firstNorm(spec.firstNorm, prefix + ".first_normalization", places),
      m_subset(places.of(prefix + ".subset_idx")), m_divisor(readoutDivisor)
{
    for (int i = 0; i < spec.depth; ++i) {
        const bool last = i == spec.depth - 1;
        const std::string name = prefix + "." + list + "." + std::to_string(i);
        Layer layer;
        layer.linear = LinearPlaces(name + ".linear", places);
        layer.norm = NormPlaces(last ? spec.lastNorm : spec.norm, name + ".normalization", places);
        layer.activation = last ? spec.lastActivation : spec.activation;
        layer.dropout = last ? spec.lastDropout : spec.dropout;
        m_layers.push_back(layer);
    }
    if (spec.residual != Residual::None) {
        ResidualPath::Options options;
        options.type = spec.residual;
        options.skip = spec.residualSkip;
        options.depth = spec.depth;
        options.activation = spec.activation;
        options.norm = spec.norm;
        options.dropout = spec.dropout;
        m_residual = std::make_shared<const ResidualPath>(options, prefix + ".residual_layer", places);
    }
}

Tensor Mlp::forward(const Weights& weights, const Tensor& x, Level level, Pass& pass, std::int64_t times,
                    const std::string& record) const
{
    Tensor h = normalise(x, weights, m_firstNorm, pass);
    if (m_spec.ensemble > 0) {
        return ensemble(weights, h, level, pass, times, record);
    }
    const Layer& first = m_layers.front();
    if (m_divisor != 1 && m_layers.size() == 1) {
        h = h / m_divisor;
    }
    h = fullyConnected(h, weights, first.linear, first.norm, first.activation, first.dropout, level, pass, times);
    return behindFirst(h, weights, level, pass, times, record);
}

Tensor Mlp::forwardBeside(const Weights& weights, const Tensor& x, const Tensor& fixed, Level level, Pass& pass) const
{
    if (m_spec.ensemble > 0 || m_firstNorm.norm != Norm::None || (m_divisor != 1 && m_layers.size() == 1)) {
        return forward(weights, x.defined() ? at::cat({x, fixed}, 1) : fixed, level, pass);
    }
    const Layer& first = m_layers.front();
    return behindFirst(fullyConnectedBeside(x, fixed, weights, first.linear, first.norm, first.activation, first.dropout,
                                            level, pass),
                       weights, level, pass, 1, {});
}

Tensor Mlp::behindFirst(Tensor h, const Weights& weights, Level level, Pass& pass, std::int64_t times,
                        const std::string& record) const
{
    ResidualMemory memory;
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        const Layer& layer = m_layers[i];
        if (i > 0) {
            const bool last = i + 1 == m_layers.size();
            h = fullyConnected(m_divisor != 1 && last ? h / m_divisor : h, weights, layer.linear, layer.norm,
                               layer.activation, layer.dropout, level, pass, times);
        }
        if (m_residual) {
            h = m_residual->join(h, static_cast<int>(i), memory, weights, level, pass, times);
        }
        if (!record.empty()) {
            pass.record(record + "." + std::to_string(i), level, h);
        }
    }
    return h;
}

/// The members go through the layers side by side, one under the other in one table where a batch norm has to see all
/// of them.
Tensor Mlp::ensemble(const Weights& weights, const Tensor& x, Level level, Pass& pass, std::int64_t times,
                     const std::string& record) const
{
    const auto members = static_cast<std::size_t>(m_spec.ensemble);
    std::vector<Tensor> h(members, x);
    if (m_subset >= 0) {
        const Tensor columns = pick(weights, m_subset).detach().to(at::kLong);
        for (std::size_t m = 0; m < members; ++m) {
            h[m] = x.index_select(1, columns.select(0, static_cast<std::int64_t>(m)));
        }
    }
    std::vector<ResidualMemory> memories(members);
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        const Layer& layer = m_layers[i];
        const Tensor weight = pick(weights, layer.linear.weight);
        const Tensor bias = pick(weights, layer.linear.bias);
        const double divisor = i + 1 == m_layers.size() ? m_divisor : 1;
        for (std::size_t m = 0; m < members; ++m) {
            const auto index = static_cast<std::int64_t>(m);
            const LinearWeights own = {weight.select(0, index), bias.select(0, index).view({-1}), Tensor(), Tensor()};
            h[m] = dense(divisor == 1 ? h[m] : h[m] / divisor, own, kernels::Activation::None, {}, pass.plain);
        }
        if (layer.norm.norm == Norm::Batch) {
            h = normalise(at::cat(h), weights, layer.norm, pass).chunk(static_cast<std::int64_t>(members));
        }
        const NormPlaces norm = layer.norm.norm == Norm::Batch ? NormPlaces() : layer.norm;
        for (std::size_t m = 0; m < members; ++m) {
            h[m] = normalise(h[m], weights, norm, pass);
            h[m] = activate(applyDropout(h[m], pass.nextDropout(layer.dropout, level, times)), layer.activation);
            if (m_residual) {
                h[m] = m_residual->join(h[m], static_cast<int>(i), memories[m], weights, level, pass, times);
            }
        }
        if (!record.empty()) {
            pass.record(record + "." + std::to_string(i), level,
                        i + 1 == m_layers.size() ? reduceMembers(h, m_spec.ensembleReduction) : at::cat(h, 1));
        }
    }
    return reduceMembers(h, m_spec.ensembleReduction);
}

} // namespace papilio::nn
