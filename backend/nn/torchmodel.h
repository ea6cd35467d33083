// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "nn/model.h"

namespace papilio::nn
{

/// LibTorch's implementation of Model. The only header of nn's torch half that others see; it names nothing of
/// LibTorch. A batch is cut into shards of whole molecules that are computed side by side and added up in one fixed
/// order: on the CPU, results do not depend on the number of threads.
Result<std::unique_ptr<Model>> createTorchModel(const ModelSpec& spec, const ModelOptions& options);

/// The same network from LibTorch's own operations alone, in one piece: what runs on other devices, and on the CPU what
/// the tests compare the kernels with.
Result<std::unique_ptr<Model>> createPlainTorchModel(const ModelSpec& spec, const ModelOptions& options);

std::string torchVersion();
/// "cpu" and, where the build and the machine have them, "cuda:0" …
std::vector<std::string> availableDevices();
/// Where these are the CPU alone: what this build ("It …") lacks, or what to look at.
std::string whyNoGpu();

/// Environment that must be set before libgomp and OpenBLAS load: OMP_WAIT_POLICY=passive (spinning threads cost a busy
/// two-core machine a factor of ten) and OPENBLAS_NUM_THREADS=1 (the model shares its work out itself). What the user
/// has set stays. Returns true if it had to change anything.
bool prepareThreadEnvironment();

/// Tells the C library to keep what tensors gave back for the next ones: a training step takes and frees the same sizes
/// again and again, and new pages from the system cost more than filling them. Making a model does it.
void keepFreedMemory();

} // namespace papilio::nn
