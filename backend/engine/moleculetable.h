// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "chem/molecule.h"
#include "core/control.h"
#include "core/features.h"
#include "data/table.h"
#include "engine/featurise.h"

namespace papilio::engine
{

/// A row of a table on its way through a network.
struct TableMolecule {
    data::TableRow row;
    std::string structure; ///< SMILES as written; the canonical one for SDF
    std::optional<chem::Molecule> molecule; ///< nothing: rejected
    std::optional<Featurised> featurised;
    std::string reason;    ///< why not, or what was repaired

    bool usable() const { return featurised.has_value(); }
    nn::MoleculeInput input() const { return featurised->input(*molecule); }
};

/// Reads a table of molecules in pieces, parsed and featurised on all cores. Memory does not grow with the file.
class MoleculeTable
{
public:
    /// 'smilesColumn' empty = guessed.
    static Result<MoleculeTable> open(const std::string& path, const std::string& smilesColumn, const FeatureSet& set,
                                      Control& control);

    bool hasTitles() const { return m_molBlocks; } ///< records of an SD file are known by their title
    /// The next 2000 rows; none at the end. Reports progress; a stop is an error of code Stopped.
    Result<std::vector<TableMolecule>> next(Control& control, const std::string& stage);

private:
    MoleculeTable() = default;
    void prepareAll(std::vector<TableMolecule>& rows) const;
    void prepare(TableMolecule& item) const;
    void report(Control& control, const std::string& stage) const;

    FeatureSet m_set;
    std::unique_ptr<data::TableChain> m_table;
    std::size_t m_structureColumn = 0;
    bool m_molBlocks = false, m_ended = false;
    std::int64_t m_rows = 0;
    std::chrono::steady_clock::time_point m_start;
};

} // namespace papilio::engine
