// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/structures.h"

#include <algorithm>
#include <array>

#include "core/text.h"
#include "data/cells.h"

namespace papilio::data
{

namespace
{
constexpr std::size_t trials = 60;
constexpr std::array<std::string_view, 19> structureNames{
    "smi",        "mol",      "molecule",  "molecules", "drug",      "drugs",    "structure",
    "structures", "compound", "compounds", "cxsmiles",  "canonical", "isomeric", "ligand",
    "inchi",      "molblock", "mol_block", "mol block", "ctab"};

struct Candidate {
    int column = -1;
    bool named = false;
    std::string reason;
    int tried = 0;
    int parsed = 0;
    std::size_t length = 0; ///< of the cells that parsed
    double rate() const { return tried == 0 ? 0 : static_cast<double>(parsed) / tried; }
};

/// Nothing but atoms in brackets, "[C][=C][Branch1]"; 'odd' is set for what no SMILES has in brackets.
bool isBracketsOnly(std::string_view text, bool& odd)
{
    std::size_t brackets = 0;
    for (std::size_t at = 0; at < text.size(); ++brackets) {
        const std::size_t end = text[at] == '[' ? text.find(']', at) : std::string_view::npos;
        if (end == std::string_view::npos) {
            return false;
        }
        const std::string_view inside = text.substr(at + 1, end - at - 1);
        odd = odd || inside.starts_with('=') || inside.starts_with('#') || inside.starts_with("Branch") || inside.starts_with("Ring");
        at = end + 1;
        at += at < text.size() && text[at] == '.' ? 1 : 0;
    }
    return brackets > 0;
}

bool holdsSelfies(const std::string& name, const std::vector<TableRow>& head, std::size_t column)
{
    std::size_t looked = 0, brackets = 0;
    bool odd = lowered(name).find("selfies") != std::string::npos;
    for (const TableRow& row : head) {
        if (row.problem.empty() && column < row.cells.size() && !trimmed(row.cells[column]).empty() && looked < trials) {
            ++looked;
            brackets += isBracketsOnly(trimmed(row.cells[column]), odd);
        }
    }
    return looked > 0 && odd && brackets * 10 >= looked * 9;
}

/// Parses the first cells of a column; cells that are numbers or lists are no structures.
void tryColumn(Candidate& candidate, const std::vector<TableRow>& head)
{
    const auto column = static_cast<std::size_t>(candidate.column);
    Cell cell;
    for (const TableRow& row : head) {
        if (!row.problem.empty() || trimmed(row.cells[column]).empty()) {
            continue;
        }
        ++candidate.tried;
        readCell(row.cells[column], cell, false);
        if (cell.kind == CellKind::Text && readStructure(row.cells[column], false)) {
            ++candidate.parsed;
            candidate.length += row.cells[column].size();
        }
        const bool hopeless = candidate.tried == 10 && candidate.parsed == 0;
        if (static_cast<std::size_t>(candidate.tried) >= trials || (hopeless && !candidate.named)) {
            return;
        }
    }
}

Result<StructureChoice> namedByPerson(const std::vector<std::string>& columns, const std::string& wanted,
                                      const std::string& file)
{
    auto found = std::find(columns.begin(), columns.end(), wanted);
    if (found == columns.end()) {
        const auto same = [&](const std::string& name) { return equalsIgnoringCase(name, wanted); };
        if (std::count_if(columns.begin(), columns.end(), same) == 1) {
            found = std::find_if(columns.begin(), columns.end(), same);
        }
    }
    if (found == columns.end()) {
        return fail(ErrorCode::BadInput, "'" + file + "' has no column '" + wanted + "'.",
                    "Its columns are " + listed(columns) + ".");
    }
    return StructureChoice{static_cast<int>(found - columns.begin()), "named by you"};
}

std::string cellsThatParse(const Candidate& candidate)
{
    return std::to_string(candidate.parsed) + " of the first " + std::to_string(candidate.tried) +
           " cells are molecules";
}

std::vector<Candidate> candidatesByName(const std::vector<std::string>& columns)
{
    std::vector<Candidate> result;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::string name = lowered(columns[i]);
        Candidate candidate;
        candidate.column = static_cast<int>(i);
        candidate.named = true;
        if (name.find("smile") != std::string::npos) {
            candidate.reason = "name contains 'smile'";
        } else if (std::find(structureNames.begin(), structureNames.end(), name) != structureNames.end()) {
            candidate.reason = "called '" + columns[i] + "'";
        } else {
            continue;
        }
        result.push_back(std::move(candidate));
    }
    return result;
}

/// The best of the columns by trial; nothing below 'leastRate' counts.
const Candidate* best(const std::vector<Candidate>& candidates, double leastRate)
{
    const Candidate* chosen = nullptr;
    for (const Candidate& candidate : candidates) {
        if (candidate.rate() < leastRate || candidate.column < 0) {
            continue;
        }
        const bool longer =
            chosen && !candidate.named && candidate.rate() == chosen->rate() && candidate.length > chosen->length;
        if (!chosen || candidate.rate() > chosen->rate() || longer) {
            chosen = &candidate;
        }
    }
    return chosen;
}

/// Without a header the first molecule would be taken for the column's name, and be lost.
Result<> checkHeader(const std::vector<std::string>& columns, int column, const std::string& file)
{
    const std::string& name = columns[static_cast<std::size_t>(column)];
    if (name.size() < 4 || !readStructure(name, false)) {
        return {};
    }
    return fail(ErrorCode::BadInput,
                "'" + file + "' has no header line: its first line begins like a row ('" + elided(name, 60) + "').",
                "Say so with --header no, or put a line with the column names on top.");
}
} // namespace

std::string listed(const std::vector<std::string>& names, std::size_t most)
{
    std::string text;
    for (std::size_t i = 0; i < std::min(most, names.size()); ++i) {
        text += (i == 0 ? "'" : ", '") + elided(names[i], 60) + "'";
    }
    if (names.size() > most) {
        text += " and " + std::to_string(names.size() - most) + " more";
    }
    return text;
}

namespace
{
/// A mol block in a cell of a table; some tables write its line ends as "\\n".
bool looksLikeMolBlock(std::string_view text)
{
    return text.find("V2000") != std::string_view::npos || text.find("V3000") != std::string_view::npos;
}

std::string withLineEnds(const std::string& text)
{
    if (text.find('\n') != std::string::npos) {
        return text;
    }
    std::string lines;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool end = text[i] == '\\' && i + 1 < text.size() && text[i + 1] == 'n';
        lines.push_back(end ? '\n' : text[i]);
        i += end ? 1 : 0;
    }
    return lines;
}
} // namespace

Result<chem::Molecule> readStructure(const std::string& text, bool molBlock)
{
    const std::string_view body = trimmed(text);
    if (body.empty()) {
        return fail(ErrorCode::BadInput, "there is no structure in this row");
    }
    const bool inchi = !molBlock && body.starts_with("InChI=");
    const bool cellBlock = !molBlock && !inchi && body.size() > 40 && looksLikeMolBlock(body);
    if (!molBlock && !cellBlock) {
        const std::size_t length = std::min(body.find(' '), body.size()); // without a CXSMILES tail
        if (length > longestSmiles) {
            return fail(ErrorCode::BadInput, "a SMILES of " + std::to_string(length) + " characters; at most " +
                                                 std::to_string(longestSmiles) + " are read");
        }
    }
    auto molecule = molBlock    ? chem::Molecule::fromMolBlock(text)
                    : inchi     ? chem::Molecule::fromInchi(std::string(body))
                    : cellBlock ? chem::Molecule::fromMolBlock(withLineEnds(text))
                                : chem::Molecule::fromSmiles(body);
    if (!molecule) {
        return molecule;
    }
    const std::size_t atoms = molecule->graph().atoms.size();
    if (atoms > mostAtoms) {
        return fail(ErrorCode::BadInput, std::to_string(atoms) + " heavy atoms; molecules of at most " +
                                             std::to_string(mostAtoms) + " are read");
    }
    if (atoms == 0) {
        return fail(ErrorCode::BadInput, "the structure has no atoms");
    }
    return molecule;
}

Result<StructureChoice> chooseStructure(const std::vector<std::string>& columns, const std::vector<TableRow>& head,
                                        Format format, const ColumnChoice& choice, const std::string& file)
{
    if (!choice.smilesColumn.empty()) {
        return namedByPerson(columns, choice.smilesColumn, file);
    }
    if (format == Format::Sdf) {
        return StructureChoice{0, "the mol blocks"};
    }
    if (format == Format::Smi) {
        return StructureChoice{0, "first column of a SMILES file"};
    }
    std::vector<Candidate> named = candidatesByName(columns);
    for (Candidate& candidate : named) {
        tryColumn(candidate, head);
    }
    if (const Candidate* chosen = best(named, 0.3)) {
        return StructureChoice{chosen->column, chosen->reason + ", " + cellsThatParse(*chosen)};
    }
    std::vector<Candidate> others;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        Candidate candidate;
        candidate.column = static_cast<int>(i);
        if (!holdsSelfies(columns[i], head, i)) {
            tryColumn(candidate, head);
        }
        others.push_back(std::move(candidate));
    }
    if (const Candidate* chosen = best(others, 0.5)) {
        PAPILIO_TRY(checkHeader(columns, chosen->column, file));
        return StructureChoice{chosen->column, cellsThatParse(*chosen)};
    }
    for (const Candidate& candidate : named) { // bad as its cells are, its name says what they are meant to be
        if (candidate.reason.starts_with("name")) {
            return StructureChoice{candidate.column, candidate.reason + ", but " + cellsThatParse(candidate)};
        }
    }
    for (std::size_t i = 0; i < columns.size(); ++i) {
        PAPILIO_TRY(refuseSelfies(columns, head, static_cast<int>(i), file));
    }
    return fail(ErrorCode::BadInput,
                "No column of '" + file + "' holds SMILES. Its columns are " + listed(columns) + ".",
                "Say which one does with --smiles NAME.");
}

Result<> refuseSelfies(const std::vector<std::string>& columns, const std::vector<TableRow>& head, int column,
                       const std::string& file)
{
    const auto place = static_cast<std::size_t>(column);
    if (!holdsSelfies(columns[place], head, place)) {
        return {};
    }
    return fail(ErrorCode::BadInput, "Column '" + columns[place] + "' of '" + file + "' holds SELFIES, which are not read.",
                "Turn them into SMILES first (the Python package selfies has a decoder), or name a column of SMILES with --smiles.");
}

} // namespace papilio::data
