// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a PyTorch file.
#include <cstdint>
#include <string>

#include "nn/torchzip.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static_cast<void>(papilio::nn::parseTorchZip(std::string(reinterpret_cast<const char*>(data), size), "fuzz"));
    return 0;
}
