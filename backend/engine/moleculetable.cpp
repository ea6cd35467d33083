// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/moleculetable.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "data/facts.h"
#include "data/structures.h"

namespace papilio::engine
{

namespace
{

using Clock = std::chrono::steady_clock;

constexpr std::size_t chunkRows = 2000;
constexpr std::int64_t rowsToGuessFrom = 1000;

} // namespace

Result<MoleculeTable> MoleculeTable::open(const std::string& path, const std::string& smilesColumn,
                                          const FeatureSet& set, Control& control)
{
    data::ColumnChoice choice;
    choice.smilesColumn = smilesColumn;
    const auto survey = data::surveyTable({path}, choice, rowsToGuessFrom, control);
    if (!survey)
        return tl::unexpected<Error>(survey.error());
    MoleculeTable result;
    result.m_reader = std::make_unique<Reader>();
    Reader& reader = *result.m_reader;
    reader.set = set;
    reader.table = std::make_unique<data::TableChain>(std::vector<std::string>{path});
    PAPILIO_TRY(reader.table->start());
    reader.structureColumn = static_cast<std::size_t>(survey->structure);
    reader.molBlocks = result.m_molBlocks = survey->format == data::Format::Sdf;
    result.m_start = Clock::now();
    return result;
}

/// Parses a row, and says in 'reason' why not or what was repaired.
void MoleculeTable::prepare(const Reader& reader, TableMolecule& item)
{
    const data::TableRow& row = item.row;
    if (!row.problem.empty() || reader.structureColumn >= row.cells.size()) {
        item.reason = row.problem.empty() ? "there is no structure in this row" : row.problem;
        return;
    }
    if (!reader.molBlocks)
        item.structure = row.cells[reader.structureColumn];
    auto molecule = data::readStructure(row.cells[reader.structureColumn], reader.molBlocks);
    if (!molecule) {
        item.reason = molecule.error().message;
        return;
    }
    item.reason = row.repair;
    if (!molecule->repairNote().empty())
        item.reason += (item.reason.empty() ? "" : "; ") + molecule->repairNote();
    if (reader.molBlocks)
        item.structure = molecule->canonicalSmiles();
    auto featurised = Featurised::of(*molecule, reader.set);
    if (!featurised) {
        item.reason = featurised.error().message;
        return;
    }
    item.molecule.emplace(std::move(*molecule));
    item.featurised = std::move(*featurised);
}

void MoleculeTable::prepareAll(const Reader& reader, std::vector<TableMolecule>& rows)
{
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t i; (i = next.fetch_add(1)) < rows.size();)
            prepare(reader, rows[i]);
    };
    std::vector<std::jthread> helpers;
    for (unsigned i = 1; i < std::thread::hardware_concurrency() && i < 16; ++i)
        helpers.emplace_back(work);
    work();
}

/// How many rows are still to come nobody knows; how many bytes tells how long it will take.
void MoleculeTable::report(Control& control, const std::string& stage) const
{
    const double seconds = std::chrono::duration<double>(Clock::now() - m_start).count();
    Progress progress{stage, m_rows, 0, "rows", seconds > 0 ? static_cast<double>(m_rows) / seconds : 0, -1};
    if (m_part > 0)
        progress.secondsLeft = std::max(0.0, seconds * (1 - m_part) / m_part);
    control.report(progress);
}

Result<MoleculeTable::Piece> MoleculeTable::readPiece(Reader& reader)
{
    Piece piece;
    while (!reader.ended && piece.rows.size() < chunkRows) {
        TableMolecule item;
        const auto got = reader.table->next(item.row);
        if (!got)
            return tl::unexpected<Error>(got.error());
        reader.ended = !*got;
        if (!reader.ended)
            piece.rows.push_back(std::move(item));
    }
    prepareAll(reader, piece.rows);
    piece.last = reader.ended;
    if (reader.table->rawSize() > 0)
        piece.part = static_cast<double>(reader.table->rawRead()) / static_cast<double>(reader.table->rawSize());
    return piece;
}

Result<std::vector<TableMolecule>> MoleculeTable::next(Control& control, const std::string& stage)
{
    if (m_rows > 0)
        report(control, stage);
    if (control.stopRequested())
        return fail(ErrorCode::Stopped, "It was stopped after " + std::to_string(m_rows) + " rows; nothing was written.");
    if (m_ended)
        return std::vector<TableMolecule>();
    Reader* reader = m_reader.get(); // stays where it is when this object is moved
    auto piece = m_next.valid() ? m_next.get() : readPiece(*reader);
    if (!piece)
        return tl::unexpected<Error>(piece.error());
    m_ended = piece->last;
    if (!m_ended)
        m_next = std::async(std::launch::async, [reader] { return readPiece(*reader); });
    m_rows += static_cast<std::int64_t>(piece->rows.size());
    m_part = piece->part;
    return std::move(piece->rows);
}

} // namespace papilio::engine
