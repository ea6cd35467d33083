// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/precision.h"

#include <cmath>

#include "nn/productkernels.h"

namespace papilio::nn
{

namespace
{

thread_local Precision current = Precision::Float32;

at::ScalarType typeOf(Precision precision)
{
    return precision == Precision::BFloat16 ? at::kBFloat16 : precision == Precision::Float16 ? at::kHalf : at::kFloat;
}

/// Some builds have no product in that type, others a wrong one: sums that are rounded at every step stick at 256.
bool multiplies(at::ScalarType type, const at::Device& device)
{
    constexpr std::int64_t terms = 1024;
    try {
        const at::TensorOptions options = at::TensorOptions(type).device(device);
        const Tensor product = at::ones({4, terms}, options).mm(at::ones({terms, 4}, options));
        return (product.to(at::kFloat) - static_cast<float>(terms)).abs().max().item<float>() < 8;
    } catch (const std::exception&) {
        return false;
    }
}

bool isRows(const Tensor& table)
{
    return table.dim() == 2 && table.stride(1) == 1 && table.device().is_cpu() && table.scalar_type() == at::kFloat;
}

/// In single precision: beyond that a library's copies in an order of its own pay.
bool isSmall(const Tensor& matrix)
{
    constexpr std::int64_t largest = 1024 * 1024;
    return matrix.numel() <= largest;
}

/// Null = LibTorch's own.
const kernels::Products* ownProducts()
{
    if (current == Precision::BFloat16 && kernels::halfProducts() != nullptr) {
        return kernels::halfProducts();
    }
    return current == Precision::Float16 ? nullptr : kernels::products();
}

bool takes(const kernels::Products* own, const Tensor& rows, const Tensor& others, const Tensor& matrix)
{
    return own != nullptr && isRows(rows) && isRows(others) && (current == Precision::BFloat16 || isSmall(matrix));
}

/// As those take it: rounded, where they do not see to that. LibTorch's own products of halves are much slower: it makes
/// a program for every number of rows.
Tensor operandOf(const Tensor& table)
{
    const bool rounds = current == Precision::BFloat16 && kernels::halfProducts() == nullptr;
    return rounds ? table.to(at::kBFloat16).to(at::kFloat) : table;
}

/// y = [y +] gradient · weight, by products that take these.
void timesInto(const kernels::Products& own, const Tensor& gradient, const Tensor& weight, const Tensor& y, bool add)
{
    const Tensor rows = operandOf(gradient).contiguous();
    const Tensor w = operandOf(weight);
    kernels::ProductSize size = {rows.size(0), rows.size(1), w.size(1), w.stride(0), y.stride(0)};
    size.add = add;
    own.times(size, rows.data_ptr<float>(), w.data_ptr<float>(), y.data_ptr<float>());
}

} // namespace

PrecisionScope::PrecisionScope(Precision precision) : m_before(current)
{
    current = precision;
}

PrecisionScope::~PrecisionScope()
{
    current = m_before;
}

Tensor matrixProduct(const Tensor& a, const Tensor& b)
{
    if (current == Precision::Float32) {
        return a.matmul(b);
    }
    const at::ScalarType type = typeOf(current);
    return a.to(type).matmul(b.to(type)).to(at::kFloat);
}

Tensor linearProduct(const Tensor& x, const Tensor& weight, const Tensor& bias)
{
    if (current == Precision::Float32) {
        return x.dim() == 2 && bias.defined() ? at::addmm(bias, x, weight.t()) : at::linear(x, weight, bias);
    }
    const Tensor product = matrixProduct(x, weight.t());
    return bias.defined() ? product + bias : product;
}

Tensor RowProducts::forward(const Tensor& x, const Tensor& weight, const Tensor& bias)
{
    const kernels::Products* own = ownProducts();
    if (!takes(own, x, weight, weight)) {
        return linearProduct(x, weight, bias);
    }
    const Tensor rows = operandOf(x).contiguous();
    const Tensor w = operandOf(weight);
    Tensor y = at::empty({x.size(0), w.size(0)}, rows.options());
    own->timesTurned({x.size(0), x.size(1), w.size(0), w.stride(0)}, rows.data_ptr<float>(), w.data_ptr<float>(),
                     bias.defined() ? bias.data_ptr<float>() : nullptr, y.data_ptr<float>());
    return y;
}

Tensor RowProducts::byRows(const Tensor& gradient, const Tensor& weight)
{
    const kernels::Products* own = ownProducts();
    if (!takes(own, gradient, weight, weight)) {
        return matrixProduct(gradient, weight);
    }
    Tensor y = at::empty({gradient.size(0), weight.size(1)}, gradient.options());
    timesInto(*own, gradient, weight, y, false);
    return y;
}

void RowProducts::addByRows(const Tensor& gradient, const Tensor& weight, Tensor y)
{
    const kernels::Products* own = ownProducts();
    if (!takes(own, gradient, weight, weight)) {
        y.add_(matrixProduct(gradient, weight));
        return;
    }
    timesInto(*own, gradient, weight, y, true);
}

void RowProducts::byWeight(const Tensor& gradient, const Tensor& x, Tensor y)
{
    const kernels::Products* own = ownProducts();
    if (!takes(own, gradient, x, y)) {
        y.copy_(matrixProduct(gradient.t(), x));
        return;
    }
    const Tensor rows = operandOf(gradient).contiguous();
    const Tensor columns = operandOf(x);
    own->turnedTimes({y.size(0), rows.size(0), y.size(1), columns.stride(0), y.stride(0)}, rows.data_ptr<float>(),
                     columns.data_ptr<float>(), y.data_ptr<float>());
}

Result<> checkPrecision(Precision precision, const at::Device& device)
{
    if (precision == Precision::Float32) {
        return {};
    }
    if (precision == Precision::Float16 && device.is_cpu()) {
        return fail(ErrorCode::Unsupported, "float16 is not available on the CPU.",
                    "Use bfloat16 or float32, or a CUDA device.");
    }
    if (!multiplies(typeOf(precision), device)) {
        return fail(ErrorCode::Unsupported,
                    precision == Precision::BFloat16 ? "bfloat16 is not available on this device."
                                                     : "float16 is not available on this device.",
                    "Use float32.");
    }
    return {};
}

} // namespace papilio::nn
