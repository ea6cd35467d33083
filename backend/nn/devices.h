// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/error.h"
#include "nn/torchheaders.h"

namespace papilio::nn
{

/// The device of that name ("cpu", "cuda", "cuda:1"); the error names those that there are.
Result<at::Device> deviceOf(const std::string& name);

} // namespace papilio::nn
