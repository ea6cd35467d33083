// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/splitfile.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "core/randomaccess.h"
#include "core/text.h"
#include "core/zipfile.h"
#include "data/bytesource.h"
#include "data/table.h"

namespace papilio::data
{

namespace
{

constexpr double largestRow = 1e12;
constexpr std::uint64_t largestFile = std::uint64_t{2} << 30;

/// A whole number as pandas writes it: "9191" or "9191.0".
std::optional<std::int64_t> rowNumber(std::string_view cell)
{
    const auto number = parseNumber(cell);
    if (!number || !(*number >= 0) || *number > largestRow || *number != std::floor(*number)) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(*number);
}

bool isEmptyCell(std::string_view cell)
{
    const std::string_view text = trimmed(cell);
    return text.empty() || equalsIgnoringCase(text, "nan");
}

/// pandas writes its index into a first column without a name.
bool isIndexColumn(std::size_t column, const std::string& name)
{
    return column == 0 && (trimmed(name).empty() || name == "column 1" || name == "Unnamed: 0");
}

Result<SplitLists> readTable(const std::string& path)
{
    auto reader = openTable(path);
    if (!reader) {
        return tl::unexpected<Error>(reader.error());
    }
    SplitLists lists;
    std::vector<int> listOf; // by column; −1 = none
    const std::vector<std::string> columns = (*reader)->columns();
    for (std::size_t c = 0; c < columns.size(); ++c) {
        const bool index = columns.size() > 1 && isIndexColumn(c, columns[c]);
        listOf.push_back(index ? -1 : static_cast<int>(lists.lists.size()));
        if (!index) {
            lists.lists.emplace_back(columns[c], std::vector<std::int64_t>());
        }
    }
    TableRow row;
    for (;;) {
        const auto more = (*reader)->next(row);
        if (!more) {
            return tl::unexpected<Error>(more.error());
        }
        if (!*more) {
            break;
        }
        const std::string line = quotedName(path) + ", row " + std::to_string(row.row);
        if (!row.problem.empty()) {
            return fail(ErrorCode::BadInput, line + ": " + row.problem + ".", "A split file holds row numbers only.");
        }
        for (std::size_t c = 0; c < row.cells.size() && c < listOf.size(); ++c) {
            if (listOf[c] < 0 || isEmptyCell(row.cells[c])) {
                continue;
            }
            const auto number = rowNumber(row.cells[c]);
            if (!number) {
                return fail(ErrorCode::BadInput,
                            line + ", column '" + elided(columns[c], 60) + "': '" + elided(row.cells[c], 40) +
                                "' is no row number.",
                            "A split file has columns such as train,val,test with the numbers of rows, counted from 0.");
            }
            lists.lists[static_cast<std::size_t>(listOf[c])].second.push_back(*number);
        }
    }
    return lists;
}

Result<std::string> wholeFile(const RandomAccess& access)
{
    if (access.size() > largestFile) {
        return fail(ErrorCode::Unsupported, access.where() + ": larger than 2 GiB, too large for a pickle of row numbers.");
    }
    return access.read(0, access.size());
}

/// The same name in lower case without what people put between its words.
std::string plainName(std::string_view name)
{
    std::string plain;
    for (const char c : trimmed(name)) {
        if (c != '_' && c != '-' && c != ' ' && c != '.') {
            plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
    }
    return plain;
}

} // namespace

std::optional<store::Part> partFromCustomaryName(std::string_view name)
{
    using store::Part;
    static constexpr std::pair<std::string_view, Part> known[] = {
        {"train", Part::Train},       {"training", Part::Train},         {"trn", Part::Train},
        {"val", Part::Validation},    {"valid", Part::Validation},       {"validation", Part::Validation},
        {"dev", Part::Validation},    {"tuning", Part::Validation},      {"test", Part::Test},
        {"testing", Part::Test},      {"tst", Part::Test},               {"holdout", Part::Test},
        {"testdev", Part::Test},      {"testseen", Part::TestSeen},      {"testunseen", Part::Test},
    };
    const std::string plain = plainName(name);
    const auto found = std::find_if(std::begin(known), std::end(known),
                                    [&plain](const auto& entry) { return entry.first == plain; });
    return found == std::end(known) ? std::nullopt : std::optional(found->second);
}

Result<SplitLists> readSplitFile(const std::string& path)
{
    const auto access = RandomAccess::open(path);
    if (!access) {
        return tl::unexpected<Error>(access.error());
    }
    const auto start = access->read(0, std::min<std::uint64_t>(access->size(), 16));
    if (!start) {
        return tl::unexpected<Error>(start.error());
    }
    if (startsLikeZip(*start) || start->starts_with('\x80')) {
        auto bytes = wholeFile(*access);
        return bytes ? parseSplitPickle(std::move(*bytes), quotedName(path))
                     : Result<SplitLists>(tl::unexpected<Error>(bytes.error()));
    }
    return readTable(path);
}

Result<> writeSplitFile(const std::string& path, const std::vector<store::Part>& parts)
{
    constexpr std::size_t most = 4;
    std::array<std::vector<std::size_t>, most> lists;
    for (std::size_t row = 0; row < parts.size(); ++row) {
        if (static_cast<std::size_t>(parts[row]) < most) {
            lists[static_cast<std::size_t>(parts[row])].push_back(row);
        }
    }
    const std::size_t columns = lists[3].empty() ? 3 : 4;
    std::size_t length = 0;
    for (const auto& list : lists) {
        length = std::max(length, list.size());
    }
    const std::string unfinished = path + ".part";
    std::ofstream file(unfinished, std::ios::binary);
    file << (columns == 3 ? "train,val,test\n" : "train,val,test,test_seen\n");
    for (std::size_t i = 0; i < length; ++i) {
        for (std::size_t c = 0; c < columns; ++c) {
            file << (c > 0 ? "," : "");
            if (i < lists[c].size()) {
                file << lists[c][i];
            }
        }
        file << '\n';
    }
    file.close();
    std::error_code problem;
    if (file) {
        std::filesystem::rename(unfinished, path, problem);
    }
    if (!file || problem) {
        std::filesystem::remove(unfinished, problem);
        return fail(ErrorCode::Io, "The split file " + quotedName(path) + " cannot be written.",
                    "Check the folder, its permissions and the free space.");
    }
    return {};
}

} // namespace papilio::data
