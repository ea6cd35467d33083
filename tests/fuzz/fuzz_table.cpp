// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a table; PAPILIO_FUZZ_NAME is the file's name, whose ending says what it is taken for. The first byte
// chooses how it is to be read.
#include "data/cells.h"
#include "data/table.h"
#include "tests/fuzz/fuzzfile.h"

using namespace papilio;
using namespace papilio::data;

namespace
{

ReadOptions optionsOf(std::uint8_t choice)
{
    static const char* const delimiters[] = {"", ",", ";", "\t", "|", " "};
    static const char* const encodings[] = {"", "utf-8", "latin-1", "windows-1252", "utf-16le", "utf-16be"};
    ReadOptions options;
    options.delimiter = delimiters[choice % 6];
    options.encoding = choice >= 200 ? encodings[choice / 6 % 6] : "";
    options.decimalComma = choice % 5 == 4;
    if (choice % 7 >= 5) {
        options.header = choice % 7 == 5;
    }
    options.skip = choice % 11 >= 8 ? choice % 11 - 7 : 0; // 1 to 3
    return options;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const FuzzFile file(PAPILIO_FUZZ_NAME);
    if (size == 0) {
        return 0;
    }
    file.write(data + 1, size - 1);
    TableChain chain({file.path()}, false, optionsOf(data[0]));
    if (!chain.start()) {
        return 0;
    }
    TableRow row;
    Cell cell;
    std::int64_t expected = 0;
    for (auto more = chain.next(row); more && *more; more = chain.next(row)) {
        if (row.row != expected++) { // every row is told, in its order
            std::abort();
        }
        for (const std::string& text : row.cells) {
            readCell(text, cell);
        }
    }
    return 0;
}
