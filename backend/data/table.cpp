// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/table.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "core/text.h"
#include "data/csvreader.h"
#include "data/foreign.h"
#include "data/parquetreader.h"
#include "data/preamble.h"
#include "data/sdfreader.h"
#include "data/smireader.h"
#include "data/sniff.h"
#include "data/structures.h"
#include "data/tablename.h"

namespace papilio::data
{

namespace
{
constexpr std::string_view readable = "Give a CSV, TSV, SMI, SDF or Parquet file; text may be packed with gzip, bzip2 or zstd.";

Result<> checkText(std::string_view start, const std::string& path)
{
    const std::string name = quotedName(path);
    if (start.empty()) {
        return fail(ErrorCode::BadInput, name + " is empty.");
    }
    if (const auto foreign = foreignFile(start)) {
        return fail(ErrorCode::BadInput, name + " is " + foreign->what + ", no table of molecules.", foreign->hint);
    }
    const auto control = std::count_if(start.begin(), start.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f';
    });
    const auto zeros = std::count(start.begin(), start.end(), '\0'); // a few cost their rows only
    if (zeros * 1000 > static_cast<std::ptrdiff_t>(start.size()) || control * 50 > static_cast<std::ptrdiff_t>(start.size())) {
        return fail(ErrorCode::BadInput, name + " is no text but binary data.",
                    std::string(readable));
    }
    if (trimmed(start).empty()) {
        return fail(ErrorCode::BadInput, name + " holds nothing but blanks.");
    }
    return {};
}

bool separated(char separator)
{
    return separator == ',' || separator == '\t' || separator == ';' || separator == '|';
}

Format guessFormat(const std::string& ending, std::string_view start)
{
    if (ending == ".smi" || ending == ".smiles" || ending == ".ism" || ending == ".can") {
        return Format::Smi;
    }
    if (ending == ".sdf" || ending == ".sd" || ending == ".mol") {
        return Format::Sdf;
    }
    if (ending == ".tsv" || ending == ".tab") {
        return Format::Tsv;
    }
    if (ending == ".csv") {
        return Format::Csv;
    }
    if (start.find("V2000") != std::string_view::npos || start.find("V3000") != std::string_view::npos) {
        return Format::Sdf;
    }
    const char separator = sniffSeparator(start, ',');
    return separated(separator) ? (separator == '\t' ? Format::Tsv : Format::Csv) : Format::Smi;
}
} // namespace

std::size_t bytesOf(const TableRow& row)
{
    constexpr std::size_t inPlace = 15; // of a std::string
    std::size_t bytes = row.title.size() + sizeof(TableRow);
    for (const std::string& cell : row.cells) {
        bytes += sizeof(std::string) + (cell.size() > inPlace ? cell.size() : 0);
    }
    return bytes;
}

std::string_view formatName(Format format)
{
    switch (format) {
    case Format::Csv:
        return "CSV";
    case Format::Tsv:
        return "TSV";
    case Format::Smi:
        return "SMI";
    case Format::Sdf:
        return "SDF";
    case Format::Parquet:
        return "Parquet";
    }
    return "CSV";
}

namespace
{
struct Renamed {
    std::size_t column = 0; ///< from 1
    std::string name;       ///< what it is called now
};

/// What is said of names that occur more than once: 'again' are their later columns.
void noteRepeated(const std::vector<std::pair<std::string, std::vector<Renamed>>>& again, std::vector<std::string>& notes)
{
    constexpr std::size_t mostSingly = 5;
    std::size_t all = 0;
    for (const auto& [name, places] : again) {
        all += places.size();
    }
    if (all <= mostSingly) {
        for (const auto& [name, places] : again) {
            for (const Renamed& place : places) {
                notes.push_back("The column name '" + name + "' occurs more than once; column " + std::to_string(place.column) +
                                " is called '" + place.name + "'.");
            }
        }
        return;
    }
    struct Alike {
        std::vector<std::string> names;
        std::string example; ///< the columns of the first of them
    };
    std::map<std::size_t, Alike> byCount;
    for (const auto& [name, places] : again) {
        Alike& alike = byCount[places.size() + 1];
        if (alike.names.empty()) {
            alike.example = "'" + name + "' … '" + places.back().name + "'";
        }
        alike.names.push_back(name);
    }
    for (const auto& [count, alike] : byCount) {
        const std::string times = " " + std::to_string(count) + " times";
        notes.push_back((alike.names.size() == 1 ? "The column name '" + alike.names.front() + "' occurs" + times
                                                 : std::to_string(alike.names.size()) + " column names occur" + times +
                                                       " each (" + listed(alike.names, 3) + ")") +
                        "; the columns are told apart as " + alike.example + ".");
    }
}
} // namespace

std::vector<std::string> distinctNames(const std::vector<std::string>& names, std::vector<std::string>& notes)
{
    std::vector<std::string> result;
    std::set<std::string> taken;
    const std::set<std::string> given(names.begin(), names.end());
    std::vector<std::pair<std::string, std::vector<Renamed>>> again; // by name, in the order of the columns
    std::map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string base = names[i].empty() ? "column " + std::to_string(i + 1) : names[i];
        std::string name = base;
        for (int count = 2; taken.contains(name) || (name != names[i] && given.contains(name)); ++count) {
            name = base + " (" + std::to_string(count) + ")";
        }
        if (name != base) {
            const auto [place, fresh] = places.try_emplace(base, again.size());
            if (fresh) {
                again.emplace_back(base, std::vector<Renamed>());
            }
            again[place->second].second.push_back({i + 1, name});
        }
        taken.insert(name);
        result.push_back(name);
    }
    noteRepeated(again, notes);
    return result;
}

bool isParquetFile(const std::string& path)
{
    std::error_code code;
    if (!std::filesystem::is_regular_file(path, code)) {
        return false; // whoever opens a pipe to look at it has taken its first bytes
    }
    std::ifstream file(path, std::ios::binary);
    std::array<char, 4> start{};
    return file.read(start.data(), start.size()) && std::string_view(start.data(), start.size()) == "PAR1";
}

bool TextTableReader::refuseZeros(TableRow& row, const std::string& line)
{
    if (!hasZeros(line)) {
        return false;
    }
    refuseForZeros(row, line);
    return true;
}

void TextTableReader::refuseForZeros(TableRow& row, const std::string& line)
{
    std::string text = toUtf8(line);
    std::erase(text, '\0');
    row.title = elided(text, 1000);
    row.problem = "there are zero bytes in this row";
    row.cells.clear();
}

FileFacts TextTableReader::facts() const
{
    FileFacts facts;
    facts.packing = m_lines->source().packing();
    facts.crlf = m_lines->crlf();
    facts.byteOrderMark = m_lines->byteOrderMark();
    const auto encoding = m_lines->encoding();
    facts.encoding = encodingName(m_found ? *m_found : encoding.value_or(Encoding::Utf8));
    return facts;
}

namespace
{
std::string_view startBehind(std::string_view start, std::size_t lines)
{
    const char end = start.find('\n') == std::string_view::npos ? '\r' : '\n';
    for (std::size_t i = 0; i < lines && !start.empty(); ++i) {
        start.remove_prefix(std::min(start.find(end), start.size() - 1) + 1);
    }
    return start;
}

/// Passes over lines at the beginning; false: there are no more.
Result<bool> passOver(LineReader& lines, std::size_t count)
{
    std::string line;
    for (std::size_t i = 0; i < count; ++i) {
        const auto got = lines.next(line);
        if (!got) {
            return tl::unexpected(got.error());
        }
        if (*got == LineReader::Got::End) {
            return false;
        }
    }
    return true;
}

Result<> refuseSkip(const ReadOptions& options, const std::string& path, Format format)
{
    if (options.skip == 0) {
        return {};
    }
    return fail(ErrorCode::Usage,
                quotedName(path) + " is " + (format == Format::Sdf ? "an SD" : "a Parquet") +
                    " file: there are no lines above a table to be skipped.",
                "Leave --skip (in the window: Skip lines) at 0.");
}

/// CSV and TSV, behind what stands above the table.
Result<std::unique_ptr<TableReader>> openSeparated(Format format, std::unique_ptr<LineReader> lines, const std::string& path,
                                                   const ReadOptions& options, const Preamble& above)
{
    PAPILIO_TRY(passOver(*lines, above.lines));
    const char preferred = format == Format::Tsv ? '\t' : ',';
    const char said = options.delimiter.empty() ? above.separator : options.delimiter[0];
    const char separator = said != 0 ? said : sniffSeparator(lines->peek(), preferred);
    auto reader = CsvReader::open(format, std::move(lines), separator == 0 ? preferred : separator, path, options);
    if (reader) {
        (*reader)->addNotes(above.notes);
    }
    return reader;
}

Result<std::unique_ptr<TableReader>> openText(std::unique_ptr<LineReader> lines, const std::string& path,
                                              const ReadOptions& options)
{
    std::string_view start = lines->peek();
    if (start.empty() && lines->source().compressed()) { // empty, or cut off before the first byte
        std::string line;
        if (auto got = lines->next(line); !got) {
            return tl::unexpected(got.error());
        }
    }
    PAPILIO_TRY(checkText(start, path));
    const std::string ending = endingOf(lines->source().name());
    if (guessFormat(ending, start) == Format::Sdf) {
        PAPILIO_TRY(refuseSkip(options, path, Format::Sdf));
    }
    if (options.skip > 0) {
        const auto more = passOver(*lines, options.skip);
        if (!more) {
            return tl::unexpected(more.error());
        }
        start = lines->peek();
        if (!*more || start.empty()) {
            return fail(ErrorCode::BadInput, quotedName(path) + " has no lines behind the " +
                                                 std::to_string(options.skip) + " that are to be skipped.");
        }
    }
    const Preamble above = preambleOf(start, ending == ".tsv" || ending == ".tab" ? '\t' : ',', !options.header);
    Format format = guessFormat(ending, startBehind(start, above.lines));
    if (format == Format::Smi && !options.delimiter.empty()) {
        format = Format::Csv;
    }
    switch (format) {
    case Format::Smi:
        return SmiReader::open(std::move(lines), path, options);
    case Format::Sdf:
        return std::unique_ptr<TableReader>(std::make_unique<SdfReader>(std::move(lines)));
    case Format::Csv:
    case Format::Tsv:
        return openSeparated(format, std::move(lines), path, options, above);
    case Format::Parquet:
        break;
    }
    return fail(ErrorCode::Internal, quotedName(path) + " has no known format.");
}
} // namespace

Result<std::unique_ptr<TableReader>> openTable(const std::string& path, Sha256* hash, const ReadOptions& options)
{
    if (isParquetFile(path)) {
        PAPILIO_TRY(refuseSkip(options, path, Format::Parquet));
        return openParquet(path, hash);
    }
    std::optional<Encoding> encoding;
    if (!options.encoding.empty()) {
        auto known = encodingFromName(options.encoding);
        if (!known) {
            return tl::unexpected(known.error());
        }
        encoding = *known;
    }
    auto source = ByteSource::open(path, hash);
    if (!source) {
        return tl::unexpected(source.error());
    }
    const std::string inside = (*source)->packing() == "zip" ? (*source)->name() : std::string();
    auto reader = openText(std::make_unique<LineReader>(std::move(*source), encoding), path, options);
    if (reader && !inside.empty()) {
        (*reader)->addNotes({"Of the ZIP file its table '" + elided(toUtf8(inside), 120) + "' is read."});
    }
    return reader;
}

} // namespace papilio::data
