// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a cell of a table: a number, a list, a word.
#include <cstdint>
#include <string_view>

#include "data/cells.h"
#include "data/transform.h"

using namespace papilio::data;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    Cell cell;
    readCell(text, cell);
    static_cast<void>(readList(text));
    static_cast<void>(isDecimalComma(text));
    static_cast<void>(binningFromText(text));
    static_cast<void>(rebinningFromText(text));
    return 0;
}
