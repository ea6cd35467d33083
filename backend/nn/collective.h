// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>

#include "nn/processes.h"
#include "nn/torchheaders.h"

namespace papilio::nn
{

/// A process of the training is gone; what the tensors' calls throw, since they run inside LibTorch's own.
class ProcessLost : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// Processes that add up tensors too. Only what joinProcesses() makes.
class TensorProcesses : public Processes
{
public:
    /// In place; floats or doubles, on the processes' device or the CPU. Throws ProcessLost.
    virtual void sumTensor(const Tensor& tensor) = 0;
};

/// The sum over all processes as a differentiable operation: each gradient goes to all the summands.
Tensor sumOverProcesses(const Tensor& x, TensorProcesses& processes);

} // namespace papilio::nn
