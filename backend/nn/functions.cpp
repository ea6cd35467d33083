// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/functions.h"

#include <optional>

#include "core/random.h"
#include "nn/gradientplaces.h"
#include "nn/operations.h"
#include "nn/plain.h"
#include "nn/precision.h"
#include "nn/sparsekernels.h"

namespace papilio::nn
{

namespace
{

using operations::data;
using operations::keep;
using operations::kept;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// Stands for a tensor that is not there, since a differentiable operation takes none that is undefined.
const Tensor& orNothing(const Tensor& tensor)
{
    static const Tensor nothing = at::empty({0});
    return tensor.defined() ? tensor : nothing;
}

Tensor orUndefined(const Tensor& tensor)
{
    return tensor.numel() == 0 ? Tensor() : tensor;
}

/// Parts of a layer's backward pass that dense() and finish() share.
struct RowState : torch::CustomClassHolder {
    kernels::RowLayer layer;
    Tensor x; ///< what is normalised
    Tensor bias, gamma, beta, slope;
    std::vector<float> mean, rstd; ///< of rows, where there is a norm

    /// shift is added to the input itself.
    Tensor forward(const Tensor& input, const Tensor& shift, const Tensor& scale, const Tensor& start)
    {
        x = input.contiguous();
        bias = shift;
        gamma = orUndefined(scale);
        beta = orUndefined(start);
        layer.rows = x.size(0);
        layer.width = x.size(1);
        Tensor y = at::empty_like(x);
        slope = at::empty_like(x);
        if (gamma.defined()) {
            mean.resize(static_cast<std::size_t>(layer.rows));
            rstd.resize(mean.size());
        }
        kernels::biasedRowLayer(layer, data(bias), data(x), data(gamma), data(beta), data(y), data(slope), mean.data(),
                                rstd.data());
        return y;
    }

    /// Gradients by x, bias, gamma and beta.
    variable_list backward(const Tensor& gradient) const
    {
        const Tensor g = gradient.contiguous();
        Tensor gx = at::empty_like(x);
        const Tensor gBias = bias.defined() ? GradientPlaces::zerosOf(bias) : at::zeros({layer.width}, x.options());
        const Tensor gGamma = gamma.defined() ? GradientPlaces::zerosOf(gamma) : Tensor();
        const Tensor gBeta = gamma.defined() ? GradientPlaces::zerosOf(beta) : Tensor();
        kernels::rowLayerBackward(layer, data(g), data(x), data(gamma), data(slope), mean.data(), rstd.data(),
                                  {data(gx), data(gBias), data(gGamma), data(gBeta)});
        return {gx, gBias, gGamma, gBeta};
    }
};

/// Columns of a linear map's input that are data, and what the map makes of them.
struct FixedColumns {
    Tensor rows; ///< undefined = there are none
    std::optional<kernels::SparseRows> sparse;

    FixedColumns() = default;
    explicit FixedColumns(const Tensor& table) : rows(table.contiguous())
    {
        sparse = kernels::findSparse(rows.size(0), rows.size(1), data(rows));
    }

    void addTo(Tensor& y, const Tensor& weight) const
    {
        if (sparse) {
            kernels::addTimesTurned(*sparse, y.size(1), data(weight), weight.stride(0), data(y));
        } else {
            y.add_(RowProducts::forward(rows, weight, Tensor()));
        }
    }
    void byWeight(const Tensor& gradient, Tensor y) const
    {
        if (sparse) {
            kernels::turnedTimes(*sparse, gradient.size(1), data(gradient), y.stride(0), data(y));
        } else {
            RowProducts::byWeight(gradient, rows, y);
        }
    }
};

/// [x ‖ fixed] · weightᵀ [+ bias]
Tensor productBeside(const Tensor& x, const FixedColumns& fixed, const Tensor& weight, const Tensor& bias)
{
    if (!fixed.rows.defined()) {
        return RowProducts::forward(x, weight, bias);
    }
    const std::int64_t split = weight.size(1) - fixed.rows.size(1);
    Tensor y = RowProducts::forward(x, weight.narrow(1, 0, split), bias);
    fixed.addTo(y, weight.narrow(1, split, fixed.rows.size(1)));
    return y;
}

struct DenseState : RowState {
    bool bare = false; ///< the linear map alone
    bool wantsInput = false;
    bool hasBias = false;
    Tensor input, weight;
    FixedColumns fixed;

    Tensor byWeight(const Tensor& gradient) const
    {
        Tensor y = GradientPlaces::of(weight);
        if (!fixed.rows.defined()) {
            RowProducts::byWeight(gradient, input, y);
            return y;
        }
        const std::int64_t split = input.size(1);
        RowProducts::byWeight(gradient, input, y.narrow(1, 0, split));
        fixed.byWeight(gradient, y.narrow(1, split, y.size(1) - split));
        return y;
    }
    Tensor byInput(const Tensor& gradient) const
    {
        return RowProducts::byRows(gradient, fixed.rows.defined() ? weight.narrow(1, 0, input.size(1)) : weight);
    }
};

struct Dense : torch::autograd::Function<Dense> {
    static Tensor forward(AutogradContext* context, const Tensor& x, const Tensor& weight, const Tensor& bias,
                          const Tensor& gamma, const Tensor& beta, kernels::RowLayer layer, const Tensor& fixed)
    {
        DenseState& state = keep<DenseState>(context);
        state.layer = layer;
        state.wantsInput = x.requires_grad();
        at::AutoDispatchBelowADInplaceOrView guard;
        state.input = x.contiguous();
        state.fixed = fixed.dim() == 2 ? FixedColumns(fixed) : FixedColumns(); // a share may have no rows
        state.weight = weight;
        state.bare =
            layer.activation == kernels::Activation::None && layer.dropout.threshold == 0 && gamma.numel() == 0;
        state.hasBias = bias.numel() > 0;
        if (state.bare) {
            return productBeside(state.input, state.fixed, weight, orUndefined(bias));
        }
        return state.forward(productBeside(state.input, state.fixed, weight, Tensor()), orUndefined(bias), gamma, beta);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const DenseState& state = kept<DenseState>(context);
        at::AutoDispatchBelowADInplaceOrView guard;
        const Tensor incoming = gradients[0].contiguous();
        variable_list rows =
            state.bare ? variable_list{incoming, state.hasBias ? incoming.sum(0) : Tensor(), Tensor(), Tensor()}
                       : state.backward(incoming);
        return {state.wantsInput ? state.byInput(rows[0]) : Tensor(),
                state.byWeight(rows[0]),
                state.hasBias ? rows[1] : Tensor(),
                rows[2],
                rows[3],
                Tensor(),
                Tensor()};
    }
};

struct Finish : torch::autograd::Function<Finish> {
    static Tensor forward(AutogradContext* context, const Tensor& x, const Tensor& gamma, const Tensor& beta,
                          kernels::RowLayer layer)
    {
        RowState& state = keep<RowState>(context);
        state.layer = layer;
        at::AutoDispatchBelowADInplaceOrView guard;
        return state.forward(x, Tensor(), gamma, beta);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        at::AutoDispatchBelowADInplaceOrView guard;
        variable_list rows = kept<RowState>(context).backward(gradients[0]);
        return {rows[0], rows[2], rows[3], Tensor()};
    }
};

struct ShardState : torch::CustomClassHolder {
    const Shard* shard = nullptr;
    const std::int64_t* start = nullptr; ///< of pooling: first row of each molecule
    Tensor x, bonds, y;
    bool withSelf = false;
    kernels::Reduce reduce = kernels::Reduce::Sum;
};

kernels::Edges reversed(const kernels::Edges& edges)
{
    return {edges.receivers, edges.senders, edges.count, edges.firstNode};
}

struct SumNeighbours : torch::autograd::Function<SumNeighbours> {
    static Tensor forward(AutogradContext* context, const Tensor& x, bool withSelf, const Shard* shard)
    {
        ShardState& state = keep<ShardState>(context);
        state.shard = shard;
        state.withSelf = withSelf;
        at::AutoDispatchBelowADInplaceOrView guard;
        const Tensor from = x.contiguous();
        Tensor y = at::empty_like(from);
        kernels::sumNeighbours(shard->list, withSelf, shard->nodes, x.size(1), data(from), data(y));
        return y;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const ShardState& state = kept<ShardState>(context);
        at::AutoDispatchBelowADInplaceOrView guard;
        const Tensor g = gradients[0].contiguous();
        Tensor gx = at::empty_like(g);
        kernels::sumNeighbours(reversed(state.shard->list), state.withSelf, state.shard->nodes, g.size(1), data(g),
                               data(gx));
        return {gx, Tensor(), Tensor()};
    }
};

struct SumMessages : torch::autograd::Function<SumMessages> {
    static Tensor forward(AutogradContext* context, const Tensor& x, const Tensor& bonds, const Shard* shard)
    {
        ShardState& state = keep<ShardState>(context);
        state.shard = shard;
        at::AutoDispatchBelowADInplaceOrView guard;
        state.x = x.contiguous();
        state.bonds = bonds.contiguous();
        Tensor y = at::empty_like(state.x);
        kernels::sumMessages(shard->list, shard->nodes, x.size(1), data(state.x), data(state.bonds), nullptr,
                             data(y));
        return y;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const ShardState& state = kept<ShardState>(context);
        at::AutoDispatchBelowADInplaceOrView guard;
        const Tensor g = gradients[0].contiguous();
        Tensor gx = at::empty_like(state.x);
        Tensor gBonds = at::empty_like(state.bonds);
        kernels::sumMessagesBackward(state.shard->list, state.shard->nodes, g.size(1), data(g), data(state.x),
                                     data(state.bonds), data(gx), data(gBonds));
        return {gx, gBonds, Tensor()};
    }
};

struct PairFeatures : torch::autograd::Function<PairFeatures> {
    static Tensor forward(AutogradContext* context, const Tensor& x, const Shard* shard)
    {
        ShardState& state = keep<ShardState>(context);
        state.shard = shard;
        at::AutoDispatchBelowADInplaceOrView guard;
        state.x = x.contiguous();
        Tensor y = at::empty({shard->edges, 2 * x.size(1)}, x.options().requires_grad(false));
        kernels::pairFeatures(shard->list, x.size(1), data(state.x), data(y));
        return y;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const ShardState& state = kept<ShardState>(context);
        at::AutoDispatchBelowADInplaceOrView guard;
        const Tensor g = gradients[0].contiguous();
        Tensor gx = at::empty_like(state.x);
        kernels::pairFeaturesBackward(state.shard->list, state.shard->nodes, state.x.size(1), data(g), data(state.x),
                                      data(gx));
        return {gx, Tensor()};
    }
};

struct Pool : torch::autograd::Function<Pool> {
    static Tensor forward(AutogradContext* context, const Tensor& x, kernels::Reduce reduce, const Shard* shard,
                          Level level)
    {
        ShardState& state = keep<ShardState>(context);
        state.shard = shard;
        state.start = level == Level::Edge ? shard->edgeStart : shard->nodeStart;
        state.reduce = reduce;
        at::AutoDispatchBelowADInplaceOrView guard;
        state.x = x.contiguous();
        Tensor y = at::empty({shard->graphs, x.size(1)}, x.options().requires_grad(false));
        kernels::pool(reduce, state.start, shard->graphs, x.size(1), data(state.x), data(y));
        if (reduce == kernels::Reduce::Max) {
            state.y = y.clone(); // a copy: an output that held itself would never be freed
        }
        return y;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const ShardState& state = kept<ShardState>(context);
        at::AutoDispatchBelowADInplaceOrView guard;
        const Tensor g = gradients[0].contiguous();
        Tensor gx = at::empty_like(state.x);
        kernels::poolBackward(state.reduce, state.start, state.shard->graphs, g.size(1), data(g), data(state.x),
                              data(state.y), data(gx));
        return {gx, Tensor(), Tensor(), Tensor()};
    }
};

struct PairState : torch::CustomClassHolder {
    kernels::PairLayer layer;
    Tensor values, vectors, weight, bias;
};

struct PairLayer : torch::autograd::Function<PairLayer> {
    static Tensor forward(AutogradContext* context, const Tensor& values, const Tensor& vectors, const Tensor& weight,
                          const Tensor& bias, kernels::Dropout dropout)
    {
        PairState& state = keep<PairState>(context);
        at::AutoDispatchBelowADInplaceOrView guard;
        state.values = values.contiguous();
        state.vectors = vectors.contiguous();
        state.weight = weight.contiguous();
        state.bias = bias.contiguous();
        state.layer = {values.size(0), values.size(1), bias.size(0), dropout};
        Tensor y = at::empty({values.size(0), bias.size(0)}, values.options());
        kernels::pairLayer(state.layer, data(state.values), data(state.vectors), data(state.weight), data(state.bias),
                           data(y));
        return y;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const PairState& state = kept<PairState>(context);
        at::AutoDispatchBelowADInplaceOrView guard;
        const Tensor g = gradients[0].contiguous();
        Tensor gWeight = at::empty_like(state.weight);
        Tensor gBias = at::empty_like(state.bias);
        kernels::pairLayerBackward(state.layer, data(g), data(state.values), data(state.vectors), data(state.weight),
                                   data(state.bias), data(gWeight), data(gBias));
        return {Tensor(), Tensor(), gWeight, gBias, Tensor()};
    }
};

/// In place, where nobody asks for gradients.
Tensor finished(Tensor x, const Tensor& bias, const Tensor& gamma, const Tensor& beta, kernels::Activation activation)
{
    kernels::finishRows({x.size(0), x.size(1), activation, {}}, data(bias), data(gamma), data(beta), data(x));
    return x;
}

} // namespace

kernels::Dropout Pass::nextDropout(double share, Level level, std::int64_t times)
{
    ++layer;
    return training && share > 0 ? kernels::Dropout::of(share, mixSeed(seed, layer), times * shard->firstRow(level))
                                 : kernels::Dropout{};
}

Tensor dense(const Tensor& x, const LinearWeights& weights, kernels::Activation activation,
             const kernels::Dropout& dropout, bool plain)
{
    const bool bare = activation == kernels::Activation::None && !weights.gamma.defined();
    if (!plain && dropout.threshold == 0 && !at::GradMode::is_enabled()) {
        return bare ? RowProducts::forward(x, weights.weight, weights.bias)
                    : finished(RowProducts::forward(x, weights.weight, Tensor()).contiguous(), weights.bias,
                               weights.gamma, weights.beta, activation);
    }
    if (plain) {
        return plain::finish(linearProduct(x, weights.weight, weights.bias), weights.gamma, weights.beta, activation,
                             dropout);
    }
    return Dense::apply(x, weights.weight, orNothing(weights.bias), orNothing(weights.gamma), orNothing(weights.beta),
                        kernels::RowLayer{0, 0, activation, dropout}, orNothing(Tensor()));
}

Tensor denseBeside(const Tensor& x, const Tensor& fixed, const LinearWeights& weights, kernels::Activation activation,
                   const kernels::Dropout& dropout)
{
    const Tensor rest = x.defined() ? x : at::empty({fixed.size(0), 0}, fixed.options());
    if (dropout.threshold == 0 && !at::GradMode::is_enabled()) {
        return finished(productBeside(rest, FixedColumns(fixed), weights.weight, Tensor()), weights.bias, weights.gamma,
                        weights.beta, activation);
    }
    return Dense::apply(rest, weights.weight, orNothing(weights.bias), orNothing(weights.gamma), orNothing(weights.beta),
                        kernels::RowLayer{0, 0, activation, dropout}, fixed);
}

Tensor finish(const Tensor& x, const Tensor& gamma, const Tensor& beta, kernels::Activation activation,
              const kernels::Dropout& dropout, bool plain)
{
    if (!plain && dropout.threshold == 0 && !at::GradMode::is_enabled()) {
        return finished(x.contiguous().clone(), Tensor(), gamma, beta, activation);
    }
    return plain ? plain::finish(x, gamma, beta, activation, dropout)
                 : Finish::apply(x, orNothing(gamma), orNothing(beta), kernels::RowLayer{0, 0, activation, dropout});
}

Tensor sumNeighbours(const Tensor& x, bool withSelf, const Pass& pass)
{
    return pass.plain ? plain::sumNeighbours(x, withSelf, pass) : SumNeighbours::apply(x, withSelf, pass.shard);
}

Tensor sumMessages(const Tensor& x, const Tensor& bonds, const Pass& pass)
{
    return pass.plain ? plain::sumMessages(x, bonds, pass) : SumMessages::apply(x, bonds, pass.shard);
}

Tensor pairFeatures(const Tensor& x, const Pass& pass)
{
    return pass.plain ? plain::pairFeatures(x, pass) : PairFeatures::apply(x, pass.shard);
}

Tensor poolByKernel(const Tensor& x, kernels::Reduce reduce, const Pass& pass, Level level)
{
    return pass.plain ? plain::pool(x, reduce, pass, level) : Pool::apply(x, reduce, pass.shard, level);
}

Tensor pairLayer(const Tensor& values, const Tensor& vectors, const Tensor& weight, const Tensor& bias,
                 const kernels::Dropout& dropout)
{
    return PairLayer::apply(values, vectors, weight, bias, dropout);
}

} // namespace papilio::nn
