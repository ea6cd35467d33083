// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/error.h"
#include "nn/torchheaders.h"

namespace papilio::nn
{

/// The device of that name ("cpu", "cuda", "cuda:1"); the error names those that there are. "cuda" is the GPU of a
/// process' number on its host; one that sees fewer, as its launcher gave it some of its own, begins again with the first.
Result<at::Device> deviceOf(const std::string& name, int localRank = 0);

} // namespace papilio::nn
