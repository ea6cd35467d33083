// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "nn/functions.h"

namespace papilio::nn
{

/// Rows of atoms → one row a molecule. Differentiable, all six of them; equal maxima share the gradient.
Tensor poolGraphs(const Tensor& x, Pooling pooling, const Pass& pass);
/// Several side by side.
Tensor poolGraphs(const Tensor& x, const std::vector<Pooling>& poolings, const Pass& pass);

/// Rows that belong to molecules in any order (bonds, say) → one row a molecule; rowGraphs: molecule of each row.
Tensor poolRows(const Tensor& x, Pooling pooling, const Tensor& rowGraphs, const Pass& pass);

/// Atoms in each molecule as graphs × 1, for whoever divides by it.
Tensor graphSizes(const Pass& pass);

} // namespace papilio::nn
