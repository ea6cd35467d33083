// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a split file: a table of row numbers, a PyTorch file, a pickle.
#include <cstdint>

#include "data/splitfile.h"
#include "tests/fuzz/fuzzfile.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const FuzzFile file("x.csv");
    file.write(data, size);
    static_cast<void>(papilio::data::readSplitFile(file.path()));
    static_cast<void>(papilio::data::parseSplitPickle({reinterpret_cast<const char*>(data), size}, "fuzz"));
    return 0;
}
