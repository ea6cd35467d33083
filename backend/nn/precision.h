// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "nn/model.h"
#include "nn/torchheaders.h"

/// Matrix products in half precision: operands are rounded, products are summed up in single precision inside, results
/// are handed on in single precision. Everything else does not notice.
namespace papilio::nn
{

/// What the calling thread computes matrix products in, for the life of the object; their backward passes likewise.
class PrecisionScope
{
public:
    explicit PrecisionScope(Precision precision);
    ~PrecisionScope();
    PrecisionScope(const PrecisionScope&) = delete;
    PrecisionScope& operator=(const PrecisionScope&) = delete;

private:
    Precision m_before;
};

/// a · b, of matrices or stacks of them.
Tensor matrixProduct(const Tensor& a, const Tensor& b);
/// x · weightᵀ [+ bias], x: … × in.
Tensor linearProduct(const Tensor& x, const Tensor& weight, const Tensor& bias);

/// The three products of a linear map on rows, x: rows × in, by the quickest means there are. No gradients are recorded.
struct RowProducts {
    /// x · weightᵀ [+ bias]
    static Tensor forward(const Tensor& x, const Tensor& weight, const Tensor& bias);
    /// gradient · weight: by x
    static Tensor byRows(const Tensor& gradient, const Tensor& weight);
    /// The same, added to y.
    static void addByRows(const Tensor& gradient, const Tensor& weight, Tensor y);
    /// y = gradientᵀ · x: by the weight, or by columns of it that 'y' is a view of
    static void byWeight(const Tensor& gradient, const Tensor& x, Tensor y);
};

/// An error where the device cannot.
Result<> checkPrecision(Precision precision, const at::Device& device);

} // namespace papilio::nn
