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
    result.m_set = set;
    result.m_table = std::make_unique<data::TableChain>(std::vector<std::string>{path});
    PAPILIO_TRY(result.m_table->start());
    result.m_structureColumn = static_cast<std::size_t>(survey->structure);
    result.m_molBlocks = survey->format == data::Format::Sdf;
    result.m_start = Clock::now();
    return result;
}

/// Parses a row, and says in 'reason' why not or what was repaired.
void MoleculeTable::prepare(TableMolecule& item) const
{
    const data::TableRow& row = item.row;
    if (!row.problem.empty() || m_structureColumn >= row.cells.size()) {
        item.reason = row.problem.empty() ? "there is no structure in this row" : row.problem;
        return;
    }
    if (!m_molBlocks)
        item.structure = row.cells[m_structureColumn];
    auto molecule = data::readStructure(row.cells[m_structureColumn], m_molBlocks);
    if (!molecule) {
        item.reason = molecule.error().message;
        return;
    }
    item.reason = row.repair;
    if (!molecule->repairNote().empty())
        item.reason += (item.reason.empty() ? "" : "; ") + molecule->repairNote();
    if (m_molBlocks)
        item.structure = molecule->canonicalSmiles();
    auto featurised = Featurised::of(*molecule, m_set);
    if (!featurised) {
        item.reason = featurised.error().message;
        return;
    }
    item.molecule.emplace(std::move(*molecule));
    item.featurised = std::move(*featurised);
}

void MoleculeTable::prepareAll(std::vector<TableMolecule>& rows) const
{
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t i; (i = next.fetch_add(1)) < rows.size();)
            prepare(rows[i]);
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
    const double part =
        m_table->rawSize() > 0 ? static_cast<double>(m_table->rawRead()) / static_cast<double>(m_table->rawSize()) : 0;
    Progress progress{stage, m_rows, 0, "rows", seconds > 0 ? static_cast<double>(m_rows) / seconds : 0, -1};
    if (part > 0)
        progress.secondsLeft = std::max(0.0, seconds * (1 - part) / part);
    control.report(progress);
}

Result<std::vector<TableMolecule>> MoleculeTable::next(Control& control, const std::string& stage)
{
    std::vector<TableMolecule> rows;
    if (m_rows > 0)
        report(control, stage);
    while (!m_ended && rows.size() < chunkRows) {
        TableMolecule item;
        const auto got = m_table->next(item.row);
        if (!got)
            return tl::unexpected<Error>(got.error());
        m_ended = !*got;
        if (!m_ended)
            rows.push_back(std::move(item));
    }
    if (control.stopRequested())
        return fail(ErrorCode::Stopped, "It was stopped after " + std::to_string(m_rows) + " rows; nothing was written.");
    prepareAll(rows);
    m_rows += static_cast<std::int64_t>(rows.size());
    return rows;
}

} // namespace papilio::engine
