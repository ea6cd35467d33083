// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "chem/molecule.h"
#include "chem/writtenatoms.h"
#include "data/choice.h"
#include "data/structures.h"
#include "data/table.h"

namespace papilio::data
{

/// The column whose SMILES the lists of labels are in the order of; −1 = the structure column itself. Where the structure
/// is a SMILES whose atom-map numbers number its atoms, and another column holds the same molecules with the atoms
/// written in just that order, the lists follow that column: atom numbers say nothing of the order of the bonds.
Result<StructureChoice> chooseOrder(const std::vector<std::string>& columns, const std::vector<TableRow>& head,
                                    int structure, bool molBlocks, const ColumnChoice& choice, const std::string& file);

/// Puts lists of labels in the order of the molecule's graph. The work for hydrogens and for an order column is done when
/// it is first needed.
class ListOrder
{
public:
    /// 'order': the text of the order column, null if there is none.
    ListOrder(const chem::Molecule& molecule, const std::string& structure, bool molBlock, const std::string* order,
              HydrogenRule hydrogens);

    /// In canonical order: one a heavy atom (node), one a directed edge (edge), one a pair i < j (node pair). Nothing if
    /// the length fits neither; 'note' says what had to be done, or why not. 'withHydrogens': lists that have values of
    /// written hydrogens are looked for first.
    std::optional<std::vector<double>> arranged(const std::vector<double>& list, Level level, bool withHydrogens,
                                                std::string& note);

    std::size_t atoms() const { return m_molecule.graph().atoms.size(); }
    std::size_t edges() const { return 2 * m_molecule.graph().bonds.size(); }

private:
    bool prepareOrder(std::string& note);
    const chem::WrittenAtoms* written();
    std::optional<std::vector<double>> nodes(const std::vector<double>& list) const;
    std::optional<std::vector<double>> nodesWithHydrogens(const std::vector<double>& list);
    std::optional<std::vector<double>> bonds(const std::vector<double>& list) const;
    std::optional<std::vector<double>> bondsWithHydrogens(const std::vector<double>& list);
    std::optional<std::vector<double>> pairs(const std::vector<double>& list, std::string& note) const;

    const chem::Molecule& m_molecule;
    const std::string& m_structure;
    bool m_molBlock;
    const std::string* m_order;
    HydrogenRule m_hydrogens;
    bool m_prepared = false;
    bool m_orderFits = true;
    std::string m_orderProblem;
    std::vector<std::uint16_t> m_atoms; ///< own order → index in the graph
    std::vector<std::uint32_t> m_edges; ///< own directed edge → directed edge of the graph
    bool m_writtenTried = false;
    std::optional<chem::WrittenAtoms> m_written;
};

/// Sizes that lists may have, for finding out what a column's lists belong to.
struct ListSizes {
    std::size_t atoms = 0, bonds = 0;       ///< of the graph; 0 atoms = the structure cannot be read
    std::size_t allAtoms = 0, allBonds = 0; ///< hydrogens as written included
};
ListSizes listSizes(const std::string& structure, bool molBlock);

} // namespace papilio::data
