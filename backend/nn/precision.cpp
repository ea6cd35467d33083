// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/precision.h"

#include <cmath>

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
