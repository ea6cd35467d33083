// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as the pickle of a checkpoint.
#include <cstdint>

#include "nn/pickle.h"
#include "nn/torchstate.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto pickle = papilio::nn::parsePickle({reinterpret_cast<const char*>(data), size}, "fuzz");
    if (pickle) {
        static_cast<void>(papilio::nn::torchState(*pickle, "fuzz"));
    }
    return 0;
}
