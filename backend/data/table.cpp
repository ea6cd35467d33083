// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/table.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <set>

#include "core/text.h"
#include "data/csvreader.h"
#include "data/parquetreader.h"
#include "data/sdfreader.h"
#include "data/smireader.h"
#include "data/sniff.h"
#include "data/unpacker.h"

namespace papilio::data
{

namespace
{
struct Magic {
    std::string_view bytes;
    std::string_view what;
};
constexpr std::array<Magic, 5> foreignFiles{{{"PK\x03\x04", "a zip archive (or an Excel table)"},
                                             {"SQLite format 3", "an SQLite database"},
                                             {"\x89HDF", "an HDF5 file"},
                                             {"%PDF", "a PDF file"},
                                             {"\xFD"
                                              "7zXZ",
                                              "an xz archive"}}};
constexpr std::string_view readable = "Give a CSV, TSV, SMI, SDF or Parquet file; text may be packed with gzip, bzip2 or zstd.";

Result<> checkText(std::string_view start, const std::string& path)
{
    const std::string name = quotedName(path);
    if (start.empty()) {
        return fail(ErrorCode::BadInput, name + " is empty.");
    }
    for (const Magic& magic : foreignFiles) {
        if (start.starts_with(magic.bytes)) {
            return fail(ErrorCode::BadInput, name + " is " + std::string(magic.what) + ", no text table.",
                        std::string(readable));
        }
    }
    const auto control = std::count_if(start.begin(), start.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f';
    });
    if (start.find('\0') != std::string_view::npos || control * 50 > static_cast<std::ptrdiff_t>(start.size())) {
        return fail(ErrorCode::BadInput, name + " is no text but binary data.",
                    std::string(readable));
    }
    if (trimmed(start).empty()) {
        return fail(ErrorCode::BadInput, name + " holds nothing but blanks.");
    }
    return {};
}

std::string endingOf(const std::string& path)
{
    std::filesystem::path name = std::filesystem::path(path).filename();
    std::string ending = name.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char c) { return std::tolower(c); });
    if (isPackedEnding(ending)) {
        return endingOf(name.stem().string());
    }
    return ending;
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

std::string baseName(const std::string& path)
{
    std::filesystem::path name = std::filesystem::path(path).filename();
    std::string ending = name.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char c) { return std::tolower(c); });
    if (isPackedEnding(ending)) {
        name = name.stem();
    }
    const std::string base = name.stem().string();
    return base.empty() ? name.string() : base;
}

std::vector<std::string> distinctNames(const std::vector<std::string>& names, std::vector<std::string>& notes)
{
    std::vector<std::string> result;
    std::set<std::string> taken;
    const std::set<std::string> given(names.begin(), names.end());
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string base = names[i].empty() ? "column " + std::to_string(i + 1) : names[i];
        std::string name = base;
        for (int count = 2; taken.contains(name) || (name != names[i] && given.contains(name)); ++count) {
            name = base + " (" + std::to_string(count) + ")";
        }
        if (name != base) {
            notes.push_back("The column name '" + base + "' occurs more than once; column " + std::to_string(i + 1) +
                            " is called '" + name + "'.");
        }
        taken.insert(name);
        result.push_back(name);
    }
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

std::string TextTableReader::utf8(std::string_view bytes)
{
    std::string text = toUtf8(bytes);
    m_latin1 = m_latin1 || text.size() != bytes.size();
    return text;
}

FileFacts TextTableReader::facts() const
{
    FileFacts facts;
    facts.packing = m_lines->source().packing();
    facts.crlf = m_lines->crlf();
    facts.byteOrderMark = m_lines->byteOrderMark();
    const auto encoding = m_lines->encoding();
    facts.encoding = encodingName(m_latin1 ? Encoding::Latin1 : encoding.value_or(Encoding::Utf8));
    return facts;
}

namespace
{
Result<std::unique_ptr<TableReader>> openText(std::unique_ptr<LineReader> lines, const std::string& path,
                                              const ReadOptions& options)
{
    const std::string_view start = lines->peek();
    if (start.empty() && lines->source().compressed()) { // empty, or cut off before the first byte
        std::string line;
        if (auto got = lines->next(line); !got) {
            return tl::unexpected(got.error());
        }
    }
    PAPILIO_TRY(checkText(start, path));
    const std::string ending = endingOf(path);
    Format format = guessFormat(ending, start);
    if (format == Format::Smi && !options.delimiter.empty()) {
        format = Format::Csv;
    }
    switch (format) {
    case Format::Smi:
        return SmiReader::open(std::move(lines), path, options);
    case Format::Sdf:
        return std::unique_ptr<TableReader>(std::make_unique<SdfReader>(std::move(lines)));
    case Format::Csv:
    case Format::Tsv: {
        const char preferred = format == Format::Tsv ? '\t' : ',';
        const char sniffed = options.delimiter.empty() ? sniffSeparator(start, preferred) : options.delimiter[0];
        return CsvReader::open(format, std::move(lines), sniffed == 0 ? preferred : sniffed, path, options);
    }
    case Format::Parquet:
        break;
    }
    return fail(ErrorCode::Internal, quotedName(path) + " has no known format.");
}
} // namespace

Result<std::unique_ptr<TableReader>> openTable(const std::string& path, Sha256* hash, const ReadOptions& options)
{
    if (isParquetFile(path)) {
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
    return openText(std::make_unique<LineReader>(std::move(*source), encoding), path, options);
}

} // namespace papilio::data
