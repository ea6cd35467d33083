// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "core/error.h"
#include "nn/model.h"
#include "nn/torchheaders.h"

namespace papilio::nn
{

/// The device of that name ("cpu", "cuda", "cuda:1"); the error names those that there are. "cuda" is the GPU of a
/// process' number on its host; one that sees fewer, as its launcher gave it some of its own, begins again with the first.
Result<at::Device> deviceOf(const std::string& name, int localRank = 0);

/// A tensor of the computer's memory on a device. To a GPU it goes by way of pinned memory, and nobody waits for it. On
/// the CPU it is the tensor itself.
Tensor toDevice(const Tensor& host, const at::Device& device);

/// GPUs would add up the parts of a product of half precision in half precision too, where that is quicker.
void sumInSinglePrecision();

/// How many a network computes with there: on a GPU one, on the CPU so many; 0 = all cores.
int threadsOn(const at::Device& device, int threads);

/// createTorchModel() on a device of LibTorch's whatever its name.
Result<std::unique_ptr<Model>> createTorchModelOn(const at::Device& device, const ModelSpec& spec,
                                                  const ModelOptions& options);

} // namespace papilio::nn
