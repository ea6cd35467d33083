// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a YAML configuration.
#include <cstdint>

#include "nn/yamlconfig.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static_cast<void>(papilio::nn::parseYaml({reinterpret_cast<const char*>(data), size}, "fuzz"));
    return 0;
}
