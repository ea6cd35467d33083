// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Every use of LibTorch goes through this header, and differences between its versions are settled here.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/version.h>

namespace papilio::nn
{

using at::Tensor;

} // namespace papilio::nn
