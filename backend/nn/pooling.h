// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "nn/functions.h"

namespace papilio::nn
{

/// Rows of atoms, or of directed bonds → one row a molecule; 0 for a molecule without any (std √1e-5). Differentiable,
/// all six of them; equal maxima share the gradient.
Tensor poolGraphs(const Tensor& x, Pooling pooling, const Pass& pass, Level level = Level::Node);
/// Several of atoms side by side.
Tensor poolGraphs(const Tensor& x, const std::vector<Pooling>& poolings, const Pass& pass);

/// Atoms, or directed bonds, in each molecule as graphs × 1, for whoever divides by it.
Tensor graphSizes(const Pass& pass, Level level = Level::Node);

} // namespace papilio::nn
