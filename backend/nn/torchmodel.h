// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "nn/model.h"

namespace papilio::nn
{

/// LibTorch's implementation of Model. The only header of nn's torch half that others see; it names nothing of LibTorch.
Result<std::unique_ptr<Model>> createTorchModel(const ModelSpec& spec, const ModelOptions& options);

std::string torchVersion();
/// "cpu" and, where the build and the machine have them, "cuda:0" …
std::vector<std::string> availableDevices();

/// Environment that must be set before libgomp and OpenBLAS load (OMP_WAIT_POLICY=passive: spinning threads cost a busy
/// two-core machine a factor of ten). Returns true if it had to change anything; the program then re-executes itself.
bool prepareThreadEnvironment();

} // namespace papilio::nn
