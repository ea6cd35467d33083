// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/edgeops.h"

#include "nn/edgekernels.h"
#include "nn/operations.h"

namespace papilio::nn
{

/// A name of its own: unity builds put several files' helpers side by side.
namespace edgeops
{

namespace
{

using operations::data;
using operations::keep;
using operations::kept;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

struct Moved : torch::CustomClassHolder {
    Tensor index, second, which;
    std::int64_t rows = 0;
    bool withEdges = false;
};

const std::int64_t* numbers(const Tensor& index)
{
    return index.data_ptr<std::int64_t>();
}

Tensor taken(const Tensor& x, const Tensor& index)
{
    const Tensor from = x.contiguous();
    Tensor y = at::empty({index.numel(), x.size(1)}, x.options().requires_grad(false));
    kernels::takeRows(numbers(index), index.numel(), x.size(1), data(from), data(y));
    return y;
}

Tensor added(const Tensor& values, const Tensor& index, std::int64_t rows)
{
    const Tensor from = values.contiguous();
    Tensor y = at::zeros({rows, values.size(1)}, values.options().requires_grad(false));
    kernels::addRows(numbers(index), index.numel(), values.size(1), data(from), data(y));
    return y;
}

struct TakeRows : torch::autograd::Function<TakeRows> {
    static Tensor forward(AutogradContext* context, const Tensor& x, const Tensor& index)
    {
        Moved& state = keep<Moved>(context);
        state.index = index;
        state.rows = x.size(0);
        at::AutoDispatchBelowADInplaceOrView guard;
        return taken(x, index);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const Moved& state = kept<Moved>(context);
        at::AutoDispatchBelowADInplaceOrView guard;
        return {added(gradients[0], state.index, state.rows), Tensor()};
    }
};

struct AddRows : torch::autograd::Function<AddRows> {
    static Tensor forward(AutogradContext* context, const Tensor& values, const Tensor& index, std::int64_t rows)
    {
        keep<Moved>(context).index = index;
        at::AutoDispatchBelowADInplaceOrView guard;
        return added(values, index, rows);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        at::AutoDispatchBelowADInplaceOrView guard;
        return {taken(gradients[0], kept<Moved>(context).index), Tensor(), Tensor()};
    }
};

struct JoinEnds : torch::autograd::Function<JoinEnds> {
    static Tensor forward(AutogradContext* context, const Tensor& ofFirst, const Tensor& ofSecond,
                          const Tensor& ofEdges, const Tensor& first, const Tensor& second, bool withEdges)
    {
        Moved& state = keep<Moved>(context);
        state.index = first;
        state.second = second;
        state.rows = ofFirst.size(0);
        state.withEdges = withEdges;
        at::AutoDispatchBelowADInplaceOrView guard;
        const Tensor a = ofFirst.contiguous();
        const Tensor b = ofSecond.contiguous();
        const Tensor c = ofEdges.contiguous();
        Tensor y = at::empty({first.numel(), a.size(1)}, a.options().requires_grad(false));
        kernels::joinRows(numbers(first), numbers(second), first.numel(), a.size(1), data(a), data(b),
                          withEdges ? data(c) : nullptr, data(y));
        return y;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const Moved& state = kept<Moved>(context);
        at::AutoDispatchBelowADInplaceOrView guard;
        const Tensor& g = gradients[0];
        return {added(g, state.index, state.rows),
                added(g, state.second, state.rows),
                state.withEdges ? g : Tensor(),
                Tensor(),
                Tensor(),
                Tensor()};
    }
};

struct SumAcross : torch::autograd::Function<SumAcross> {
    static Tensor across(const Tensor& x, const Tensor& from, const Tensor& to)
    {
        const Tensor rows = x.contiguous();
        Tensor y = at::empty_like(rows);
        kernels::sumNeighbours({numbers(from), numbers(to), from.numel(), 0}, false, rows.size(0), rows.size(1),
                               data(rows), data(y));
        return y;
    }

    static Tensor forward(AutogradContext* context, const Tensor& x, const Tensor& from, const Tensor& to)
    {
        Moved& state = keep<Moved>(context);
        state.index = from;
        state.second = to;
        at::AutoDispatchBelowADInplaceOrView guard;
        return across(x, from, to);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const Moved& state = kept<Moved>(context);
        at::AutoDispatchBelowADInplaceOrView guard;
        return {across(gradients[0], state.second, state.index), Tensor(), Tensor()};
    }
};

struct ExtremeRows : torch::autograd::Function<ExtremeRows> {
    static Tensor forward(AutogradContext* context, const Tensor& values, bool smallest, const Tensor& index,
                          std::int64_t rows)
    {
        Moved& state = keep<Moved>(context);
        state.rows = values.size(0);
        at::AutoDispatchBelowADInplaceOrView guard;
        const Tensor from = values.contiguous();
        const std::int64_t width = from.size(1);
        Tensor y = at::empty({rows, width}, from.options().requires_grad(false));
        state.which = at::empty({rows, width}, at::TensorOptions(at::kInt));
        kernels::extremeRows(smallest, numbers(index), index.numel(), rows, width, data(from), data(y),
                             state.which.data_ptr<std::int32_t>());
        return y;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients)
    {
        const Moved& state = kept<Moved>(context);
        at::AutoDispatchBelowADInplaceOrView guard;
        const Tensor g = gradients[0].contiguous();
        Tensor gradient = at::zeros({state.rows, g.size(1)}, g.options());
        kernels::extremeRowsBackward(g.size(0), g.size(1), data(g), state.which.data_ptr<std::int32_t>(),
                                     data(gradient));
        return {gradient, Tensor(), Tensor(), Tensor()};
    }
};

/// The same in LibTorch's own operations: which of the values it is comes first, then that value is looked up.
Tensor plainExtreme(const Tensor& values, bool smallest, const Tensor& index, std::int64_t rows)
{
    const std::int64_t count = values.size(0);
    if (count == 0) {
        return at::zeros({rows, values.size(1)}, values.options().requires_grad(false));
    }
    const Tensor fixed = values.detach();
    const Tensor wide = index.unsqueeze(1).expand_as(fixed);
    const Tensor best = at::zeros({rows, values.size(1)}, fixed.options())
                            .scatter_reduce(0, wide, fixed, smallest ? "amin" : "amax", /*include_self=*/false);
    const Tensor number = at::arange(count, index.options()).unsqueeze(1).expand_as(fixed);
    const Tensor wins = fixed == best.index_select(0, index);
    const Tensor which = at::full({rows, values.size(1)}, count, index.options())
                             .scatter_reduce(0, wide, at::where(wins, number, at::full_like(number, count)), "amin",
                                             /*include_self=*/true);
    const Tensor found = values.gather(0, which.clamp_max(count - 1));
    return at::where(which < count, found, best);
}

} // namespace

} // namespace edgeops

Tensor takeRows(const Tensor& x, const Tensor& index, const Pass& pass)
{
    return pass.plain ? x.index_select(0, index) : edgeops::TakeRows::apply(x, index);
}

Tensor addRows(const Tensor& values, const Tensor& index, std::int64_t rows, const Pass& pass)
{
    return pass.plain
               ? at::zeros({rows, values.size(1)}, values.options().requires_grad(false)).index_add(0, index, values)
               : edgeops::AddRows::apply(values, index, rows);
}

Tensor joinEnds(const Tensor& ofReceivers, const Tensor& ofSenders, const Tensor& ofEdges, const Pass& pass)
{
    if (pass.plain) {
        const Tensor ends = ofReceivers.index_select(0, pass.receivers) + ofSenders.index_select(0, pass.senders);
        return ofEdges.defined() ? ends + ofEdges : ends;
    }
    return edgeops::JoinEnds::apply(ofReceivers, ofSenders, ofEdges.defined() ? ofEdges : at::empty({0}),
                                    pass.receivers, pass.senders, ofEdges.defined());
}

Tensor sumAcross(const Tensor& x, End end, const Pass& pass)
{
    const Tensor& from = atomsAt(otherEnd(end), pass);
    const Tensor& to = atomsAt(end, pass);
    return pass.plain ? at::zeros_like(x).index_add(0, to, x.index_select(0, from))
                      : edgeops::SumAcross::apply(x, from, to);
}

Tensor extremeRows(const Tensor& values, bool smallest, const Tensor& index, std::int64_t rows, const Pass& pass)
{
    return pass.plain ? edgeops::plainExtreme(values, smallest, index, rows)
                      : edgeops::ExtremeRows::apply(values, smallest, index, rows);
}

Tensor countRows(const Tensor& index, std::int64_t rows, const Tensor& like)
{
    if (!index.is_cpu()) { // bincount looks at the largest first, and waits for it
        const auto options = like.options().requires_grad(false);
        return at::zeros({rows, 1}, options).index_add_(0, index, at::ones({index.size(0), 1}, options));
    }
    return at::bincount(index, {}, rows).to(like.options().requires_grad(false)).unsqueeze(1);
}

} // namespace papilio::nn
