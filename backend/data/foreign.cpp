// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/foreign.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include "core/text.h"

namespace papilio::data
{

namespace
{
constexpr std::string_view readable = "Give a CSV, TSV, SMI, SDF or Parquet file; text may be packed with gzip, bzip2 or zstd.";
constexpr std::string_view unpackFirst = "Unpack it first, and give the table that is in it.";
constexpr std::string_view convertFirst =
    "Turn it into an SD file or a table of SMILES first, for instance with Open Babel.";
constexpr std::string_view noReactions = "Papilio reads molecules, no reactions: give an SD file or a table of SMILES.";
constexpr std::string_view tableFirst = "Make a CSV file of it first: one molecule a row, with its SMILES in a column.";
constexpr std::string_view fetchAgain = "The download gave a page instead of the file (a notice, a log-in?); fetch it again.";

struct Magic {
    std::string_view bytes;
    std::string_view what;
    std::string_view hint;
};

/// Files that begin with fixed bytes.
constexpr std::array<Magic, 23> magics{{
    {"PK\x05\x06", "an empty ZIP file", "Fetch or pack the file again."},
    {"\xD0\xCF\x11\xE0", "an old Excel or Word file", "Save it as CSV from there."},
    {"SQLite format 3", "an SQLite database", readable},
    {"\x89HDF", "an HDF5 file", readable},
    {"%PDF", "a PDF file", readable},
    {"\xFD"
     "7zXZ",
     "an xz archive", unpackFirst},
    {"7z\xBC\xAF", "a 7z archive", unpackFirst},
    {"Rar!", "a rar archive", unpackFirst},
    {"\x04\x22\x4D\x18", "packed with lz4", unpackFirst},
    {"\x93NUMPY", "an array of NumPy", tableFirst},
    {"\x80\x02", "a pickle of Python", tableFirst},
    {"\x80\x03", "a pickle of Python", tableFirst},
    {"\x80\x04", "a pickle of Python", tableFirst},
    {"\x80\x05", "a pickle of Python", tableFirst},
    {"ARROW1", "an Arrow (Feather) file", "Save it as Parquet or CSV first."},
    {std::string_view("FEA1\0", 5), "a Feather file", "Save it as Parquet or CSV first."},
    {"RDX2\n", "a data file of R", tableFirst},
    {"RDX3\n", "a data file of R", tableFirst},
    {"{\\rtf", "a text document (RTF)", readable},
    {"VjCD0100", "a ChemDraw file", convertFirst},
    {"version https://git-lfs", "a pointer of Git LFS, which stands for the file",
     "Fetch the file itself (git lfs pull, or the download of the repository's page)."},
    {"$RXN", "a reaction file (RXN)", noReactions},
    {"$RDFILE", "a reaction file (RDF)", noReactions},
}};

bool startsIgnoringCase(std::string_view text, std::string_view with)
{
    return text.size() >= with.size() && equalsIgnoringCase(text.substr(0, with.size()), with);
}

bool isNatural(std::string_view text)
{
    text = trimmed(text);
    return !text.empty() && text.size() < 8 &&
           std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

std::vector<std::string_view> words(std::string_view line)
{
    std::vector<std::string_view> found;
    for (std::size_t at = line.find_first_not_of(" \t"); at != std::string_view::npos;
         at = line.find_first_not_of(" \t", at)) {
        const std::size_t end = std::min(line.find_first_of(" \t", at), line.size());
        found.push_back(line.substr(at, end - at));
        at = end;
    }
    return found;
}

/// "C  0.1 -0.2 0.3": an element (or its number) and three coordinates; some write exponents as "1.2*^-6".
bool isAtomOfXyz(std::string_view line)
{
    const auto cells = words(line);
    if (cells.size() < 4 || cells[0].size() > 3 ||
        (!isNatural(cells[0]) && std::isalpha(static_cast<unsigned char>(cells[0][0])) == 0)) {
        return false;
    }
    return std::all_of(cells.begin() + 1, cells.begin() + 4, [](std::string_view cell) {
        return cell.find_first_not_of("0123456789.+-eEdD*^") == std::string_view::npos &&
               cell.find_first_of("0123456789") != std::string_view::npos;
    });
}

/// A count of atoms, a comment, and that many atoms (of which the first are looked at).
bool isXyz(const std::vector<std::string_view>& lines)
{
    if (lines.size() < 3 || !isNatural(lines[0]) || words(lines[0]).size() != 1) {
        return false;
    }
    const std::size_t looked = trimmed(lines[0]) == "1" ? 3 : 4;
    return isAtomOfXyz(lines[2]) && (lines.size() < looked || isAtomOfXyz(lines[looked - 1]));
}

bool isAtomOfPdb(std::string_view line)
{
    return (line.starts_with("ATOM  ") || line.starts_with("HETATM")) && line.size() >= 54 && isNatural(line.substr(6, 5)) &&
           parseNumber(line.substr(30, 8)) && parseNumber(line.substr(38, 8));
}

bool isPdb(const std::vector<std::string_view>& lines)
{
    constexpr std::array<std::string_view, 10> records{"HEADER", "TITLE ", "COMPND", "REMARK", "CRYST1",
                                                       "MODEL ", "ATOM  ", "HETATM", "AUTHOR", "EXPDTA"};
    if (std::none_of(records.begin(), records.end(), [&](std::string_view one) { return lines[0].starts_with(one); })) {
        return false;
    }
    return lines[0].starts_with("HEADER    ") || std::any_of(lines.begin(), lines.end(), isAtomOfPdb);
}

/// Its first section; only comments may stand before it.
bool isMol2(const std::vector<std::string_view>& lines)
{
    const auto first = std::find_if(lines.begin(), lines.end(),
                                    [](std::string_view line) { return !line.starts_with('#') && !trimmed(line).empty(); });
    return first != lines.end() && first->starts_with("@<TRIPOS>");
}

bool isJson(std::string_view text)
{
    if (text[0] != '{' && text[0] != '[') {
        return false;
    }
    const std::size_t next = text.find_first_not_of(" \t\r\n", 1);
    const char c = next == std::string_view::npos ? '}' : text[next];
    // "[{" and "[[": no cell of a table begins like that, but "[2H]", "[NH4+]" and "[0.5, …" do
    return text[0] == '{' ? c == '"' || c == '}' : c == '{' || c == '[' || (c == '"' && text.find("\",") != std::string_view::npos);
}

std::optional<ForeignFile> markup(std::string_view text)
{
    if (startsIgnoringCase(text, "<!doctype html") || startsIgnoringCase(text, "<html") || startsIgnoringCase(text, "<head")) {
        return ForeignFile{"a web page (HTML)", std::string(fetchAgain)};
    }
    if (startsIgnoringCase(text, "<datawarrior")) {
        return ForeignFile{"a DataWarrior file", "Save it from DataWarrior as a text file with SMILES, or as an SD file."};
    }
    const std::string_view head = text.substr(0, 4096);
    const bool xml = startsIgnoringCase(text, "<?xml") || startsIgnoringCase(text, "<cml") || startsIgnoringCase(text, "<molecule");
    if (!xml) {
        return {};
    }
    if (head.find("<html") != std::string_view::npos) {
        return ForeignFile{"a web page (HTML)", std::string(fetchAgain)};
    }
    const bool cml = head.find("<cml") != std::string_view::npos || head.find("xml-cml") != std::string_view::npos ||
                     head.find("<molecule") != std::string_view::npos;
    const bool drawing = head.find("<CDXML") != std::string_view::npos;
    return ForeignFile{cml ? "a CML file" : drawing ? "a ChemDraw file" : "an XML file",
                       std::string(cml || drawing ? convertFirst : tableFirst)};
}

/// Molecules and other things written in text, told by how their lines look.
std::optional<ForeignFile> textOf(std::string_view start)
{
    const std::string_view text = trimmed(start);
    if (text.empty()) {
        return {};
    }
    if (text[0] == '<') {
        return markup(text);
    }
    if (text.starts_with("data_") && text.find("_atom_site") != std::string_view::npos) {
        return ForeignFile{"a CIF file", std::string(convertFirst)};
    }
    if (text[0] == '{' && text.substr(0, 400).find("s_m_m2io_version") != std::string_view::npos) {
        return ForeignFile{"a Maestro file", std::string(convertFirst)};
    }
    if (isJson(text)) {
        return ForeignFile{"a JSON file", std::string(tableFirst)};
    }
    const std::vector<std::string_view> lines = linesOf(start, 400);
    if (isMol2(lines)) {
        return ForeignFile{"a mol2 file", std::string(convertFirst)};
    }
    if (isXyz(lines)) {
        return ForeignFile{"an XYZ file: coordinates without bonds",
                           "Give a table with the SMILES of the molecules, or an SD file. (Of QM9 both are published: qm9.csv, "
                           "gdb9.sdf.)"};
    }
    if (isPdb(lines)) {
        return ForeignFile{"a PDB file", std::string(convertFirst)};
    }
    return {};
}
} // namespace

std::optional<ForeignFile> foreignFile(std::string_view start)
{
    for (const Magic& magic : magics) {
        if (start.starts_with(magic.bytes)) {
            return ForeignFile{std::string(magic.what), std::string(magic.hint)};
        }
    }
    constexpr std::size_t tarMagic = 257;
    if (start.size() > tarMagic + 5 && start.substr(tarMagic, 5) == "ustar") {
        return ForeignFile{"a tar archive", std::string(unpackFirst)};
    }
    return textOf(start);
}

} // namespace papilio::data
