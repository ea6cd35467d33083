// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/table.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

#include "core/text.h"
#include "data/csvreader.h"
#include "data/sdfreader.h"
#include "data/smireader.h"

namespace papilio::data
{

namespace
{
struct Magic {
    std::string_view bytes;
    std::string_view what;
};
constexpr std::array<Magic, 8> foreignFiles{{{"PK\x03\x04", "a zip archive (or an Excel table)"},
                                             {"PAR1", "a Parquet file"},
                                             {"SQLite format 3", "an SQLite database"},
                                             {"\x89HDF", "an HDF5 file"},
                                             {"%PDF", "a PDF file"},
                                             {"BZh", "a bzip2 archive"},
                                             {"\xFD"
                                              "7zXZ",
                                              "an xz archive"},
                                             {"\x28\xB5\x2F\xFD", "a zstd archive"}}};

Result<> checkText(std::string_view start, const std::string& path)
{
    const std::string name = quotedName(path);
    if (start.empty()) {
        return fail(ErrorCode::BadInput, name + " is empty.");
    }
    for (const Magic& magic : foreignFiles) {
        if (start.starts_with(magic.bytes)) {
            return fail(ErrorCode::BadInput, name + " is " + std::string(magic.what) + ", no text table.",
                        "Give a CSV, TSV, SMI or SDF file, plain or packed with gzip.");
        }
    }
    if (start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF")) {
        return fail(ErrorCode::BadInput, name + " is UTF-16 text.", "Save it as UTF-8.");
    }
    const auto control = std::count_if(start.begin(), start.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f';
    });
    if (start.find('\0') != std::string_view::npos || control * 50 > static_cast<std::ptrdiff_t>(start.size())) {
        return fail(ErrorCode::BadInput, name + " is no text but binary data.",
                    "Give a CSV, TSV, SMI or SDF file, plain or packed with gzip.");
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
    if (ending == ".gz") {
        return endingOf(name.stem().string());
    }
    return ending;
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
    const std::string_view line = start.substr(0, start.find_first_of("\r\n"));
    if (line.find('\t') != std::string_view::npos) {
        return Format::Tsv;
    }
    const bool separated = line.find(',') != std::string_view::npos || line.find(';') != std::string_view::npos;
    return separated ? Format::Csv : Format::Smi;
}
} // namespace

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
    }
    return "CSV";
}

std::string baseName(const std::string& path)
{
    std::filesystem::path name = std::filesystem::path(path).filename();
    std::string ending = name.extension().string();
    if (equalsIgnoringCase(ending, ".gz")) {
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

Result<std::unique_ptr<TableReader>> openTable(const std::string& path, Sha256* hash)
{
    auto source = ByteSource::open(path, hash);
    if (!source) {
        return tl::unexpected(source.error());
    }
    auto lines = std::make_unique<LineReader>(std::move(*source));
    const std::string_view start = lines->peek();
    if (start.empty() && lines->source().compressed()) { // empty, or cut off before the first byte
        std::string line;
        if (auto got = lines->next(line); !got) {
            return tl::unexpected(got.error());
        }
    }
    PAPILIO_TRY(checkText(start, path));
    const std::string ending = endingOf(path);
    switch (const Format format = guessFormat(ending, start)) {
    case Format::Smi:
        return SmiReader::open(std::move(lines), path);
    case Format::Sdf:
        return std::unique_ptr<TableReader>(std::make_unique<SdfReader>(std::move(lines)));
    case Format::Csv:
    case Format::Tsv: {
        const char separator = guessSeparator(start, format == Format::Tsv ? '\t' : ',');
        return CsvReader::open(format, std::move(lines), separator, path);
    }
    }
    return fail(ErrorCode::Internal, quotedName(path) + " has no known format.");
}

} // namespace papilio::data
