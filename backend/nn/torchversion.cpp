// SPDX-License-Identifier: GPL-3.0-or-later
// In a file of its own: the programs tell LibTorch's version without loading it.
#include <torch/version.h>

#include "nn/torchmodel.h"

namespace papilio::nn
{

std::string torchVersion()
{
    return TORCH_VERSION;
}

} // namespace papilio::nn
