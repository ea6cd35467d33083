// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <future>
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

/// Reads a table of molecules in pieces, parsed and featurised on all cores while the caller is busy with the piece
/// before. Memory does not grow with the file.
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
    /// What one thread at a time reads with: at first the caller's, then that in the background.
    struct Reader {
        FeatureSet set;
        std::unique_ptr<data::TableChain> table;
        std::size_t structureColumn = 0;
        bool molBlocks = false, ended = false;
    };
    struct Piece {
        std::vector<TableMolecule> rows;
        double part = 0; ///< of the file that is read so far
        bool last = false;
    };
    MoleculeTable() = default;
    static Result<Piece> readPiece(Reader& reader);
    static void prepareAll(const Reader& reader, std::vector<TableMolecule>& rows);
    static void prepare(const Reader& reader, TableMolecule& item);
    void report(Control& control, const std::string& stage) const;

    std::unique_ptr<Reader> m_reader;
    bool m_molBlocks = false, m_ended = false;
    std::int64_t m_rows = 0;
    double m_part = 0;
    std::chrono::steady_clock::time_point m_start;
    std::future<Result<Piece>> m_next; ///< last, so that it has ended before the reader goes
};

} // namespace papilio::engine
