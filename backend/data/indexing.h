// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "chem/fingerprint.h"
#include "chem/molecule.h"
#include "chem/screen.h"
#include "core/control.h"
#include "data/plan.h"
#include "data/table.h"
#include "store/project.h"
#include "store/search.h"

namespace papilio::data
{

/// What the search index keeps of a molecule. Computed where the chemistry is done, on any thread (a field of ReadRow);
/// some 10 µs for a drug-like molecule.
struct MoleculeIndex {
    chem::Fingerprint fingerprint;
    chem::Screen screen;
    std::uint64_t scaffold = 0; ///< chem::scaffoldHash()
};
MoleculeIndex indexMolecule(const chem::Molecule& molecule);

/// The columns of a table whose cells are names or ids of molecules: those taken for ids, and those that were not used
/// and are called so ("name", "CAS", "pref_name", "InChIKey", "drugbank_id"). SDF titles are one more, "title".
struct NameColumns {
    std::vector<int> columns;       ///< in the table
    std::vector<std::string> names; ///< one more than 'columns' with a title
    bool title = false;
    bool empty() const { return names.empty(); }
};
NameColumns nameColumns(const Plan& plan, bool sdf);
NameColumns nameColumns(const std::vector<ColumnGuess>& columns, bool sdf);
/// The cells of a row for them, in their order; to be taken before readRow() has the row.
std::vector<std::string> namesOf(const TableRow& row, const NameColumns& columns);
std::vector<std::string> namesOf(const std::vector<std::string>& cells, const std::string& title,
                                 const NameColumns& columns);

/// Gathers what is to be indexed of the rows of a dataset and writes it, in the transaction of the rows.
class MoleculeIndexer
{
public:
    explicit MoleculeIndexer(store::Project& project);

    /// A molecule that is new in the project.
    void addMolecule(std::int64_t molecule, const MoleculeIndex& index);
    /// The names of a row; rows come in order and without a gap between two calls of flush().
    void addRow(std::int64_t row, std::vector<std::string> names);
    /// Writes what was gathered since the last call; call it before the transaction is committed.
    Result<> flush(std::int64_t dataset, const NameColumns& columns);

private:
    store::SearchIndex m_index;
    store::NameIndex m_names;
    std::vector<std::int64_t> m_molecules;
    std::string m_fingerprints, m_screens, m_scaffolds;
    std::int64_t m_firstRow = -1;
    std::vector<std::string> m_cells;
};

/// Brings everything that is derived from the rows of a project up to date: index entries that are missing (of an older
/// project, say), profiles of the tasks and of this dataset, pairs of its tasks where they cost little, and the images
/// of the coverage. Called at the end of an import or a curation (dataset: the one that changed; 0 = all). What was
/// done before a stop or a kill is not done again. Errors leave the project usable: searching looks by itself for what
/// is missing.
Result<> updateIndex(store::Project& project, std::int64_t dataset, Control& control);

/// The part of it that searching needs: fingerprints, screens and scaffolds of molecules that have none yet.
Result<> completeSearchIndex(store::Project& project, int threads, Control& control);

} // namespace papilio::data
