// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/messageops.h"

#include <algorithm>
#include <functional>

#include "nn/gradientplaces.h"
#include "nn/messagekernels.h"
#include "nn/operations.h"
#include "nn/precision.h"

namespace papilio::nn
{

/// A name of its own: unity builds put several files' helpers side by side.
namespace messageops
{

namespace
{

using operations::data;
using operations::keep;
using operations::kept;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

at::TensorOptions optionsOf(const Tensor& like)
{
    return like.options().requires_grad(false);
}

struct GatedState : torch::CustomClassHolder {
    kernels::GatedLayer layer;
    Tensor parts, gates, quotient, sum;
};

struct Gated : torch::autograd::Function<Gated> {
    static variable_list forward(AutogradContext* context, const Tensor& parts, const Tensor& ofEdges, double floor,
                                 bool wantsEdges, bool forBackward, const Shard* shard)
    {
        GatedState& state = keep<GatedState>(context);
        context->set_materialize_grads(false);
        at::AutoDispatchBelowADInplaceOrView guard;
        state.parts = parts.contiguous();
        const Tensor edges = ofEdges.contiguous();
        const std::int64_t width = parts.size(1) / 4;
        state.layer = {shard->list, shard->nodes, width, static_cast<float>(floor)};
        const at::TensorOptions options = optionsOf(parts);
        Tensor z = wantsEdges ? at::empty({shard->edges, width}, options) : Tensor();
        Tensor y = at::empty({shard->nodes, width}, options);
        state.gates = forBackward ? at::empty({shard->edges, width}, options) : Tensor();
        state.quotient = at::empty({shard->nodes, width}, options);
        state.sum = at::empty({shard->nodes, width}, options);
        kernels::gatedSums(state.layer, data(state.parts), data(edges), data(z), data(state.gates), data(y),
                           data(state.quotient), data(state.sum));
        return wantsEdges ? variable_list{y, z} : variable_list{y};
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const GatedState& state = kept<GatedState>(context);
        at::AutoDispatchBelowADInplaceOrView guard;
        const Tensor g = gradients[0].defined() ? gradients[0].contiguous() : at::zeros_like(state.sum);
        const Tensor further =
            gradients.size() > 1 && gradients[1].defined() ? gradients[1].contiguous() : Tensor();
        Tensor gParts = at::empty_like(state.parts);
        Tensor gEdges = at::empty_like(state.gates);
        kernels::gatedSumsBackward(state.layer, data(g), data(further), data(state.parts), data(state.gates),
                                   data(state.quotient), data(state.sum), data(gParts), data(gEdges));
        return {gParts, gEdges, Tensor(), Tensor(), Tensor(), Tensor()};
    }
};

struct AroundState : torch::CustomClassHolder {
    kernels::AroundLayer layer;
};

struct Around : torch::autograd::Function<Around> {
    static Tensor forward(AutogradContext* context, const Tensor& x, const Tensor& ofEdges, bool once,
                          const Shard* shard)
    {
        AroundState& state = keep<AroundState>(context);
        at::AutoDispatchBelowADInplaceOrView guard;
        const Tensor nodes = x.contiguous();
        const Tensor edges = ofEdges.contiguous();
        state.layer = {shard->list, shard->nodes, x.size(1), ofEdges.size(1), once};
        Tensor y = at::empty({shard->nodes, state.layer.outWidth()}, optionsOf(x));
        kernels::sumAround(state.layer, data(nodes), data(edges), data(y));
        return y;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const kernels::AroundLayer& layer = kept<AroundState>(context).layer;
        at::AutoDispatchBelowADInplaceOrView guard;
        const Tensor g = gradients[0].contiguous();
        Tensor gx = at::empty({layer.nodes, layer.width}, g.options());
        Tensor gEdges = at::empty({layer.edges.count, layer.edgeWidth}, g.options());
        kernels::sumAroundBackward(layer, data(g), data(gx), data(gEdges));
        return {gx, gEdges, Tensor(), Tensor()};
    }
};

/// Columns of a weight that is for e ‖ x ‖ e ‖ x ‖ rest, and of one for e ‖ x ‖ e ‖ rest.
struct WeightOnce : torch::autograd::Function<WeightOnce> {
    struct State : torch::CustomClassHolder {
        std::int64_t edgeWidth = 0, width = 0;
        Tensor weight;
    };

    static Tensor forward(AutogradContext* context, const Tensor& weight, std::int64_t edgeWidth, std::int64_t width)
    {
        State& state = keep<State>(context);
        state.edgeWidth = edgeWidth;
        state.width = width;
        at::AutoDispatchBelowADInplaceOrView guard;
        state.weight = weight.contiguous();
        const std::int64_t second = 2 * edgeWidth + width; // where the second x begins
        Tensor one = at::empty({weight.size(0), weight.size(1) - width}, optionsOf(weight));
        const std::int64_t rest = one.size(1) - second;
        for (std::int64_t r = 0; r < one.size(0); ++r) {
            const float* from = data(state.weight) + r * weight.size(1);
            float* to = data(one) + r * one.size(1);
            std::copy_n(from, second, to);
            std::transform(from + second, from + second + width, to + edgeWidth, to + edgeWidth, std::plus<>());
            std::copy_n(from + second + width, rest, to + second);
        }
        return one;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const State& state = kept<State>(context);
        at::AutoDispatchBelowADInplaceOrView guard;
        const Tensor one = gradients[0].contiguous();
        const std::int64_t second = 2 * state.edgeWidth + state.width;
        Tensor g = GradientPlaces::of(state.weight);
        for (std::int64_t r = 0; r < one.size(0); ++r) {
            const float* from = data(one) + r * one.size(1);
            float* to = data(g) + r * g.size(1);
            std::copy_n(from, second, to);
            std::copy_n(from + state.edgeWidth, state.width, to + second);
            std::copy_n(from + second, one.size(1) - second, to + second + state.width);
        }
        return {g, Tensor(), Tensor()};
    }
};

/// Columns of a weight for [x(receiver) ‖ x(sender) ‖ edge].
struct JoinedColumns {
    Tensor receivers, senders, edges;

    JoinedColumns(const Tensor& weight, std::int64_t width)
        : receivers(weight.narrow(1, 0, width)), senders(weight.narrow(1, width, width)),
          edges(weight.narrow(1, 2 * width, weight.size(1) - 2 * width))
    {
    }
};

/// What the linear map makes of an edge's three parts.
struct JoinedProducts {
    Tensor receivers, senders, edges;

    JoinedProducts(const Tensor& x, const Tensor& ofEdges, const Tensor& weight, const Tensor& bias)
    {
        const JoinedColumns columns(weight, x.size(1));
        receivers = RowProducts::forward(x, columns.receivers, bias).contiguous(); // fewer rows than edges
        senders = RowProducts::forward(x, columns.senders, Tensor()).contiguous();
        edges = RowProducts::forward(ofEdges, columns.edges, Tensor()).contiguous();
    }
};

struct JoinedState : torch::CustomClassHolder {
    kernels::Edges edges;
    kernels::RowLayer layer;
    bool wantsNodes = false, wantsEdges = false;
    Tensor x, ofEdges, weight, bias, gamma, beta, z, slope;
    std::vector<float> mean, rstd; ///< of edges, where there is a norm
};

struct JoinedDense : torch::autograd::Function<JoinedDense> {
    static Tensor forward(AutogradContext* context, const Tensor& x, const Tensor& ofEdges, const Tensor& weight,
                          const Tensor& bias, const Tensor& gamma, const Tensor& beta, kernels::RowLayer layer,
                          const Shard* shard)
    {
        JoinedState& state = keep<JoinedState>(context);
        state.wantsNodes = x.requires_grad();
        state.wantsEdges = ofEdges.requires_grad();
        at::AutoDispatchBelowADInplaceOrView guard;
        state.x = x.contiguous();
        state.ofEdges = ofEdges.contiguous();
        state.weight = weight;
        state.bias = bias.numel() > 0 ? bias : Tensor();
        const JoinedProducts products(state.x, state.ofEdges, weight, state.bias);
        const at::TensorOptions options = optionsOf(x);
        layer.rows = shard->edges;
        layer.width = weight.size(0);
        state.edges = shard->list;
        state.layer = layer;
        if (gamma.numel() > 0) {
            state.gamma = gamma;
            state.beta = beta;
            state.mean.resize(static_cast<std::size_t>(layer.rows));
            state.rstd.resize(state.mean.size());
        }
        state.z = at::empty({layer.rows, layer.width}, options);
        state.slope = at::empty({layer.rows, layer.width}, options);
        Tensor y = at::empty({layer.rows, layer.width}, options);
        kernels::joinLayer(state.edges, layer, data(products.receivers), data(products.senders), data(products.edges),
                           data(state.gamma), data(beta), data(state.z), data(y), data(state.slope),
                           state.mean.data(), state.rstd.data());
        return y;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const JoinedState& state = kept<JoinedState>(context);
        at::AutoDispatchBelowADInplaceOrView guard;
        const Tensor g = gradients[0].contiguous();
        const std::int64_t width = state.layer.width;
        Tensor gz = at::empty_like(state.z);
        const bool norm = state.gamma.defined();
        const Tensor gBias =
            state.bias.defined() ? GradientPlaces::zerosOf(state.bias) : at::zeros({width}, g.options());
        const Tensor gGamma = norm ? GradientPlaces::zerosOf(state.gamma) : Tensor();
        const Tensor gBeta = norm ? GradientPlaces::zerosOf(state.beta) : Tensor();
        Tensor gReceivers = at::zeros({state.x.size(0), width}, g.options());
        Tensor gSenders = at::zeros({state.x.size(0), width}, g.options());
        kernels::joinLayerBackward(state.edges, state.layer, data(g), data(state.z), data(state.gamma),
                                   data(state.slope), state.mean.data(), state.rstd.data(),
                                   {data(gz), data(gBias), data(gGamma), data(gBeta)}, data(gReceivers),
                                   data(gSenders));
        Tensor gWeight = GradientPlaces::of(state.weight);
        const JoinedColumns toWeight(gWeight, state.x.size(1));
        RowProducts::byWeight(gReceivers, state.x, toWeight.receivers);
        RowProducts::byWeight(gSenders, state.x, toWeight.senders);
        RowProducts::byWeight(gz, state.ofEdges, toWeight.edges);
        const JoinedColumns columns(state.weight, state.x.size(1));
        Tensor gx;
        if (state.wantsNodes) {
            gx = RowProducts::byRows(gReceivers, columns.receivers);
            RowProducts::addByRows(gSenders, columns.senders, gx);
        }
        return {gx,
                state.wantsEdges ? RowProducts::byRows(gz, columns.edges) : Tensor(),
                gWeight,
                state.bias.defined() ? gBias : Tensor(),
                gGamma,
                gBeta,
                Tensor(),
                Tensor()};
    }
};

} // namespace

} // namespace messageops

GatedSums gatedSums(const Tensor& parts, const Tensor& ofEdges, double floor, bool wantsEdges, const Pass& pass)
{
    auto sums = messageops::Gated::apply(parts, ofEdges, floor, wantsEdges, at::GradMode::is_enabled(), pass.shard);
    return {sums[0], wantsEdges ? sums[1] : Tensor()};
}

Tensor sumAround(const Tensor& x, const Tensor& ofEdges, bool once, const Pass& pass)
{
    return messageops::Around::apply(x, ofEdges, once, pass.shard);
}

Tensor weightOnce(const Tensor& weight, std::int64_t edgeWidth, std::int64_t width)
{
    return messageops::WeightOnce::apply(weight, edgeWidth, width);
}

Tensor denseJoined(const Tensor& x, const Tensor& ofEdges, const LinearWeights& weights,
                   kernels::Activation activation, const kernels::Dropout& dropout, const Pass& pass)
{
    using messageops::data;
    if (dropout.threshold == 0 && !at::GradMode::is_enabled()) {
        const messageops::JoinedProducts products(x, ofEdges, weights.weight, weights.bias);
        const Tensor& c = products.edges;
        Tensor z = at::empty_like(c);
        kernels::joinLayer(pass.shard->list, {c.size(0), c.size(1), activation, {}}, data(products.receivers),
                           data(products.senders), data(c), data(weights.gamma), data(weights.beta), data(z), nullptr,
                           nullptr, nullptr, nullptr);
        return z;
    }
    const Tensor nothing = at::empty({0});
    const auto orNothing = [&nothing](const Tensor& tensor) { return tensor.defined() ? tensor : nothing; };
    return messageops::JoinedDense::apply(x, ofEdges, weights.weight, orNothing(weights.bias),
                                          orNothing(weights.gamma), orNothing(weights.beta),
                                          kernels::RowLayer{0, 0, activation, dropout}, pass.shard);
}

Tensor sumKindMessages(const Tensor& x, const Tensor& table, const std::vector<std::int32_t>& kinds, const Pass& pass)
{
    const Tensor nodes = x.contiguous();
    const Tensor rows = table.contiguous();
    Tensor y = at::empty_like(nodes);
    kernels::sumMessages(pass.shard->list, pass.shard->nodes, x.size(1), messageops::data(nodes),
                         messageops::data(rows), kinds.data(), messageops::data(y));
    return y;
}

} // namespace papilio::nn
