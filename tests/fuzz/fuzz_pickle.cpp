// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as the pickle of a checkpoint.
#include <cstdint>

#include "core/pickle.h"
#include "core/torchstate.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto pickle = papilio::parsePickle({reinterpret_cast<const char*>(data), size}, "fuzz");
    if (pickle) {
        static_cast<void>(papilio::torchState(*pickle, "fuzz"));
    }
    return 0;
}
