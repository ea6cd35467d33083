// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/error.h"
#include "nn/architecture.h"
#include "nn/batch.h"
#include "nn/model.h"

/// The matrix products of a training step, alone: what the step would take if everything else took no time.
namespace papilio::nn
{

/// (rows × inner) · (inner × columns), 'stack' of them. A turned operand lies in memory as its transpose.
struct MatrixProduct {
    std::int64_t stack = 1, rows = 0, inner = 0, columns = 0;
    bool firstTurned = false, secondTurned = false;

    double operations() const
    {
        return 2.0 * static_cast<double>(stack) * static_cast<double>(rows) * static_cast<double>(inner) *
               static_cast<double>(columns);
    }
};

/// All products that LibTorch's own operations make in one training step of the network in its plain form, forward and
/// backward, in their order. The step is made on the options' device, in their precision.
Result<std::vector<MatrixProduct>> productsOfStep(const ModelSpec& spec, const Batch& batch,
                                                  const ModelOptions& options = {});

struct ProductTime {
    double seconds = 0;    ///< of a whole list, when every thread has lists to compute
    double cpuSeconds = 0; ///< processor time of one list
};
/// Computes the products by LibTorch's mm for about so long, where, in what and on as many threads as a model of these
/// options would: each thread has operands of its own; a GPU has one, which waits for it after each list.
Result<ProductTime> timeProducts(std::span<const MatrixProduct> products, const ModelOptions& options, double seconds);

} // namespace papilio::nn
