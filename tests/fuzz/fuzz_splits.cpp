// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a split file: a table of row numbers, or the dictionary of a PyTorch file.
#include "data/splitfile.h"
#include "tests/fuzz/fuzzfile.h"

using namespace papilio;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const FuzzFile file("split");
    file.write(data, size);
    const auto lists = data::readSplitFile(file.path());
    if (!lists) {
        if (lists.error().message.empty()) {
            std::abort();
        }
        return 0;
    }
    for (const auto& [name, rows] : lists->lists) {
        static_cast<void>(data::partFromCustomaryName(name));
        for (const std::int64_t row : rows) {
            if (row < 0) { // row numbers are never negative
                std::abort();
            }
        }
    }
    return 0;
}
