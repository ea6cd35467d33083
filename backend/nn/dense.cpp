// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/dense.h"

#include "nn/collective.h"
#include "nn/edgeops.h"
#include "nn/messageops.h"
#include "nn/plain.h"
#include "nn/precision.h"

namespace papilio::nn
{

namespace
{

constexpr double normEpsilon = 1e-5;

/// The kernels know the activations that the published networks train with, and layer norm.
bool hasKernel(Activation activation)
{
    return activation == Activation::None || activation == Activation::Relu || activation == Activation::Gelu;
}

kernels::Activation kernelOf(Activation activation)
{
    return activation == Activation::Relu   ? kernels::Activation::Relu
           : activation == Activation::Gelu ? kernels::Activation::Gelu
                                            : kernels::Activation::None;
}

bool isTable(const Tensor& x)
{
    return x.dim() == 2;
}

/// Column sums of what a function makes of the rows, over the rows of all processes.
Tensor sharedSums(const Tensor& x, Pass& pass)
{
    return sumOverProcesses(x.sum(0), *pass.processes);
}

/// Rows of the table that the processes have together.
std::int64_t sharedRows(const Tensor& x, Pass& pass)
{
    const Tensor rows = at::full({1}, static_cast<double>(x.size(0)), x.options().requires_grad(false));
    pass.processes->sumTensor(rows);
    return static_cast<std::int64_t>(rows.item<float>());
}

Tensor batchNorm(const Tensor& x, const Weights& weights, const NormPlaces& norm, Pass& pass)
{
    const bool shared = pass.training && pass.processes != nullptr;
    const std::int64_t rows = shared ? sharedRows(x, pass) : x.size(0);
    Tensor mean = pick(weights, norm.mean);
    Tensor variance = pick(weights, norm.variance);
    if (pass.training && rows > 1) {
        const auto count = static_cast<double>(rows);
        mean = shared ? sharedSums(x, pass) / count : x.mean(0);
        const Tensor squares = (x - mean).square();
        variance = shared ? sharedSums(squares, pass) / count : squares.mean(0);
        const double unbiased = static_cast<double>(rows) / static_cast<double>(rows - 1);
        pass.statistics.push_back(
            {norm.mean, norm.variance, norm.count, mean.detach(), variance.detach() * unbiased});
    }
    const Tensor scale = pick(weights, norm.gamma) * (variance + normEpsilon).rsqrt();
    return (x - mean) * scale + pick(weights, norm.beta);
}

} // namespace

LinearPlaces::LinearPlaces(const std::string& name, const Places& places)
    : weight(places.of(name + ".weight")), bias(places.of(name + ".bias"))
{
}

NormPlaces::NormPlaces(Norm kind, const std::string& name, const Places& places) : norm(kind)
{
    if (kind != Norm::None) {
        gamma = places.of(name + ".weight");
        beta = places.of(name + ".bias");
    }
    if (kind == Norm::Batch) {
        mean = places.of(name + ".running_mean");
        variance = places.of(name + ".running_var");
        count = places.of(name + ".num_batches_tracked");
    }
}

Tensor activate(const Tensor& x, Activation activation)
{
    switch (activation) {
    case Activation::None: return x;
    case Activation::Relu: return at::relu(x);
    case Activation::Gelu: return at::gelu(x);
    case Activation::Sigmoid: return at::sigmoid(x);
    case Activation::Tanh: return at::tanh(x);
    case Activation::Elu: return at::elu(x);
    case Activation::Selu: return at::selu(x);
    case Activation::LeakyRelu: return at::leaky_relu(x, 0.01);
    case Activation::Softplus: return at::softplus(x);
    case Activation::Silu: return at::silu(x);
    }
    return x;
}

Tensor applyDropout(const Tensor& x, const kernels::Dropout& dropout)
{
    return dropout.threshold == 0 ? x : x * plain::dropoutMask(dropout, x);
}

Tensor normalise(const Tensor& x, const Weights& weights, const NormPlaces& norm, Pass& pass)
{
    if (norm.norm == Norm::None) {
        return x;
    }
    if (norm.norm == Norm::Batch) {
        return batchNorm(x, weights, norm, pass);
    }
    const Tensor gamma = pick(weights, norm.gamma);
    const Tensor beta = pick(weights, norm.beta);
    return pass.plain || !isTable(x) ? at::layer_norm(x, {x.size(-1)}, gamma, beta, normEpsilon)
                                     : finish(x, gamma, beta, kernels::Activation::None, {}, false);
}

Tensor linear(const Tensor& x, const Weights& weights, const LinearPlaces& map, const Pass& pass)
{
    return linear(x, LinearTensors(weights, map), pass);
}

Tensor linear(const Tensor& x, const LinearTensors& map, const Pass& pass)
{
    return isTable(x) ? dense(x, {map.weight, map.bias, Tensor(), Tensor()}, kernels::Activation::None, {}, pass.plain)
                      : linearProduct(x, map.weight, map.bias);
}

Tensor finish(const Tensor& x, const Weights& weights, const NormPlaces& norm, Activation activation, double dropout,
              Level level, Pass& pass, std::int64_t times)
{
    const kernels::Dropout drop = pass.nextDropout(dropout, level, times);
    if (norm.norm == Norm::None && activation == Activation::None && drop.threshold == 0) {
        return x;
    }
    if (isTable(x) && norm.norm != Norm::Batch && hasKernel(activation)) {
        return finish(x, pick(weights, norm.gamma), pick(weights, norm.beta), kernelOf(activation), drop, pass.plain);
    }
    return applyDropout(activate(normalise(x, weights, norm, pass), activation), drop);
}

Tensor linearFinish(const Tensor& x, const Weights& weights, const LinearPlaces& map, const NormPlaces& norm,
                    Activation activation, double dropout, Level level, Pass& pass, std::int64_t times)
{
    return linearFinish(x, weights, LinearTensors(weights, map), norm, activation, dropout, level, pass, times);
}

Tensor linearFinish(const Tensor& x, const Weights& weights, const LinearTensors& map, const NormPlaces& norm,
                    Activation activation, double dropout, Level level, Pass& pass, std::int64_t times)
{
    if (!isTable(x) || norm.norm == Norm::Batch || !hasKernel(activation)) {
        return finish(linear(x, map, pass), weights, norm, activation, dropout, level, pass, times);
    }
    const LinearWeights all = {map.weight, map.bias, pick(weights, norm.gamma), pick(weights, norm.beta)};
    return dense(x, all, kernelOf(activation), pass.nextDropout(dropout, level, times), pass.plain);
}

namespace
{

/// What relu lets through is only scaled, so dropout before it and after it are the same.
bool commutes(Activation activation, double dropout, const Pass& pass)
{
    return !pass.training || dropout == 0 || activation == Activation::Relu || activation == Activation::None;
}

} // namespace

Tensor finishFullyConnected(const Tensor& z, const Weights& weights, const NormPlaces& norm, Activation activation,
                            double dropout, Level level, Pass& pass)
{
    if (commutes(activation, dropout, pass)) {
        return finish(z, weights, norm, activation, dropout, level, pass);
    }
    return activate(finish(z, weights, norm, Activation::None, dropout, level, pass), activation);
}

Tensor fullyConnectedBeside(const Tensor& x, const Tensor& fixed, const Weights& weights, const LinearPlaces& map,
                            const NormPlaces& norm, Activation activation, double dropout, Level level, Pass& pass)
{
    const bool wanted = at::GradMode::is_enabled() && fixed.requires_grad();
    if (pass.plain || wanted || !isTable(fixed) || norm.norm == Norm::Batch || !hasKernel(activation) ||
        !commutes(activation, dropout, pass)) {
        return fullyConnected(x.defined() ? at::cat({x, fixed}, 1) : fixed, weights, map, norm, activation, dropout,
                              level, pass);
    }
    const LinearWeights all = {pick(weights, map.weight), pick(weights, map.bias), pick(weights, norm.gamma),
                               pick(weights, norm.beta)};
    return denseBeside(x, fixed, all, kernelOf(activation), pass.nextDropout(dropout, level));
}

Tensor fullyConnectedJoined(const Tensor& x, const Tensor& ofEdges, const Weights& weights, const LinearPlaces& map,
                            const NormPlaces& norm, Activation activation, double dropout, Level level, Pass& pass)
{
    const LinearWeights all = {pick(weights, map.weight), pick(weights, map.bias), pick(weights, norm.gamma),
                               pick(weights, norm.beta)};
    if (!pass.plain && norm.norm != Norm::Batch && hasKernel(activation) && commutes(activation, dropout, pass)) {
        return denseJoined(x, ofEdges, all, kernelOf(activation), pass.nextDropout(dropout, level), pass);
    }
    const auto part = [&](const Tensor& rows, std::int64_t first, const Tensor& bias) {
        const Tensor columns = all.weight.narrow(1, first, rows.size(1));
        return dense(rows, {columns, bias, Tensor(), Tensor()}, kernels::Activation::None, {}, pass.plain);
    };
    const Tensor z = joinEnds(part(x, 0, all.bias), part(x, x.size(1), Tensor()),
                              part(ofEdges, 2 * x.size(1), Tensor()), pass);
    return finishFullyConnected(z, weights, norm, activation, dropout, level, pass);
}

Tensor fullyConnected(const Tensor& x, const Weights& weights, const LinearPlaces& map, const NormPlaces& norm,
                      Activation activation, double dropout, Level level, Pass& pass, std::int64_t times)
{
    return fullyConnected(x, weights, LinearTensors(weights, map), norm, activation, dropout, level, pass, times);
}

Tensor fullyConnected(const Tensor& x, const Weights& weights, const LinearTensors& map, const NormPlaces& norm,
                      Activation activation, double dropout, Level level, Pass& pass, std::int64_t times)
{
    if (commutes(activation, dropout, pass)) {
        return linearFinish(x, weights, map, norm, activation, dropout, level, pass, times);
    }
    const Tensor dropped = linearFinish(x, weights, map, norm, Activation::None, dropout, level, pass, times);
    return finish(dropped, weights, NormPlaces(), activation, 0, level, pass, times);
}

} // namespace papilio::nn
