// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/indexing.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "chem/scaffold.h"
#include "core/text.h"

namespace papilio::data
{

namespace
{

constexpr std::uint64_t noScaffold = ~std::uint64_t{0};

/// Whether a column that is no label is called like one of names; words are parted by anything but letters and digits.
bool isNameLike(std::string_view column)
{
    constexpr std::array<std::string_view, 20> words = {
        "id",     "ids",      "name",   "names",   "title",    "cas",       "casrn", "casno", "inchikey", "cid",
        "sid",    "chembl",   "zinc",   "drugbank", "compound", "substance", "drug",  "code",  "dtxsid",   "identifier"};
    std::string word;
    const std::string lower = lowered(column) + " ";
    for (const char letter : lower) {
        if (std::isalnum(static_cast<unsigned char>(letter))) {
            word += letter;
            continue;
        }
        if (std::find(words.begin(), words.end(), word) != words.end() || word.ends_with("name") || word.ends_with("id") ||
            word.ends_with("cas")) {
            return true;
        }
        word.clear();
    }
    return false;
}

template <typename Words> void appendWords(std::string& bytes, const Words& words)
{
    bytes.append(reinterpret_cast<const char*>(words.data()), sizeof words);
}

} // namespace

MoleculeIndex indexMolecule(const chem::Molecule& molecule)
{
    return {chem::morganFingerprint(molecule), chem::screenOf(molecule.graph()), chem::scaffoldHash(molecule.graph())};
}

NameColumns nameColumns(const Plan& plan, bool sdf)
{
    return nameColumns(plan.columns, sdf);
}

NameColumns nameColumns(const std::vector<ColumnGuess>& columns, bool sdf)
{
    NameColumns names;
    for (const ColumnGuess& column : columns) {
        if (column.role == ColumnRole::Id || (column.role == ColumnRole::Ignored && isNameLike(column.name))) {
            names.columns.push_back(column.index);
            names.names.push_back(column.name);
        }
    }
    if (sdf) {
        names.title = true;
        names.names.emplace_back("title");
    }
    return names;
}

std::vector<std::string> namesOf(const TableRow& row, const NameColumns& columns)
{
    return namesOf(row.cells, row.title, columns);
}

std::vector<std::string> namesOf(const std::vector<std::string>& cells, const std::string& title,
                                 const NameColumns& columns)
{
    constexpr std::size_t longest = 400;
    std::vector<std::string> names;
    names.reserve(columns.names.size());
    for (const int column : columns.columns) {
        const auto at = static_cast<std::size_t>(column);
        names.push_back(at < cells.size() ? elided(cells[at], longest) : std::string());
    }
    if (columns.title) {
        names.push_back(elided(title, longest));
    }
    return names;
}

MoleculeIndexer::MoleculeIndexer(store::Project& project) : m_index(project), m_names(project) {}

void MoleculeIndexer::addMolecule(std::int64_t molecule, const MoleculeIndex& index)
{
    m_molecules.push_back(molecule);
    appendWords(m_fingerprints, index.fingerprint.words);
    appendWords(m_screens, index.screen.words);
    appendWords(m_scaffolds, std::array{index.scaffold == 0 ? noScaffold : index.scaffold});
}

void MoleculeIndexer::addRow(std::int64_t row, std::vector<std::string> names)
{
    if (m_firstRow < 0) {
        m_firstRow = row;
    }
    std::move(names.begin(), names.end(), std::back_inserter(m_cells));
}

Result<> MoleculeIndexer::flush(std::int64_t dataset, const NameColumns& columns)
{
    using store::IndexPart;
    PAPILIO_TRY(m_index.put(IndexPart::Fingerprint, m_molecules, m_fingerprints));
    PAPILIO_TRY(m_index.put(IndexPart::Screen, m_molecules, m_screens));
    PAPILIO_TRY(m_index.put(IndexPart::Scaffold, m_molecules, m_scaffolds));
    if (m_firstRow >= 0) {
        PAPILIO_TRY(m_names.put(dataset, m_firstRow, columns.names, m_cells));
    }
    m_molecules.clear();
    m_fingerprints.clear();
    m_screens.clear();
    m_scaffolds.clear();
    m_cells.clear();
    m_firstRow = -1;
    return {};
}

} // namespace papilio::data
