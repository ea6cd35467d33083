// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/writer.h"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "core/text.h"
#include "data/planjson.h"
#include "store/curations.h"
#include "store/coordinates.h"
#include "store/labelscan.h"
#include "store/project.h"
#include "store/taskfacts.h"

namespace papilio::data
{

namespace
{
struct Joined {
    bool filled = false;  ///< a missing element got a value
    bool differs = false; ///< both have a value, not the same
};

/// Joins two labels of the same task and molecule, element by element; what is there stays.
Joined join(std::vector<double>& kept, const std::vector<double>& other)
{
    Joined joined;
    for (std::size_t i = 0; i < std::min(kept.size(), other.size()); ++i) {
        if (std::isnan(kept[i]) && !std::isnan(other[i])) {
            kept[i] = other[i];
            joined.filled = true;
        } else if (!std::isnan(other[i]) && kept[i] != other[i]) {
            joined.differs = true;
        }
    }
    return joined;
}

std::string count(std::int64_t number, const std::string& one, const std::string& many)
{
    return std::to_string(number) + " " + (number == 1 ? one : many);
}

constexpr std::uint32_t severalRows = std::uint32_t{1} << 31;

/// What happens to labels that differ, for people.
std::string fateOf(Duplicates policy)
{
    switch (policy) {
    case Duplicates::First:
        return "the earlier value stays";
    case Duplicates::Keep:
        return "each row keeps its own";
    case Duplicates::Mean:
        return "combined by mean";
    case Duplicates::Median:
        return "combined by median";
    case Duplicates::Majority:
        return "combined by majority";
    case Duplicates::Drop:
        return "dropped";
    }
    return {};
}

void appendReason(std::string& reason, const std::string& more)
{
    if (!more.empty()) {
        reason += (reason.empty() ? "" : "; ") + more;
    }
}
} // namespace

DatasetWriter::DatasetWriter(store::Project& project, const Plan& plan, bool indexed)
    : m_project(project), m_plan(plan), m_datasets(project), m_molecules(project), m_labels(project),
      m_rowLabels(project), m_source(project), m_indexer(project), m_names(nameColumns(plan, plan.molBlock)),
      m_indexed(indexed)
{
    for (const LabelColumn& label : plan.labels) {
        m_stats.emplace_back(label.task);
    }
}

Result<> DatasetWriter::begin(store::DatasetRecord dataset, const std::vector<std::string>& columns)
{
    m_dataset = std::move(dataset);
    m_dataset.leftOut = m_plan.leftOut;
    m_dataset.importState = stateJson();
    store::Transaction transaction(m_project);
    auto id = m_datasets.add(m_dataset);
    if (!id) {
        return tl::unexpected(id.error());
    }
    m_dataset.id = *id;
    if (!columns.empty()) {
        PAPILIO_TRY(m_source.setColumns(*id, columns, planToJson(m_plan)));
    }
    for (std::size_t position = 0; position < m_plan.labels.size(); ++position) {
        store::TaskRecord record;
        record.task = m_plan.labels[position].task;
        record.task.dataset = *id;
        record.position = static_cast<int>(position);
        auto task = m_datasets.addTask(record);
        if (!task) {
            return tl::unexpected(task.error());
        }
        record.task.id = *task;
        const LabelColumn& label = m_plan.labels[position];
        const store::TaskFacts facts{label.task.classNames, label.rule, label.below + label.above, label.approximate};
        PAPILIO_TRY(store::putTaskFacts(m_project, *task, facts));
        m_tasks.push_back(std::move(record));
    }
    return transaction.commit();
}

Result<> DatasetWriter::resume(const store::DatasetRecord& dataset)
{
    m_dataset = dataset;
    m_dataset.leftOut = m_plan.leftOut;
    PAPILIO_TRY(readState(dataset.importState));
    auto tasks = m_datasets.tasks(dataset.id);
    if (!tasks) {
        return tl::unexpected(tasks.error());
    }
    m_tasks = std::move(*tasks);
    const bool fits = std::equal(m_tasks.begin(), m_tasks.end(), m_plan.labels.begin(), m_plan.labels.end(),
                                 [](const store::TaskRecord& stored, const LabelColumn& label) {
                                     return stored.task.name == label.task.name &&
                                            stored.task.level == label.task.level &&
                                            stored.task.kind == label.task.kind;
                                 });
    if (!fits) {
        return fail(ErrorCode::Damaged,
                    "The tasks of the unfinished dataset '" + dataset.name + "' do not fit the file.",
                    "Import it with --replace.");
    }
    return m_datasets.rows(dataset.id, std::nullopt, [this](const store::RowRecord& row) {
        if (row.molecule > 0) {
            const auto index = static_cast<std::size_t>(row.molecule);
            m_firstRows.resize(std::max(m_firstRows.size(), index + 1));
            if (m_firstRows[index] == 0) {
                m_firstRows[index] = static_cast<std::uint32_t>(row.row + 1);
            } else {
                m_firstRows[index] |= severalRows;
            }
        }
        return true;
    });
}

Result<> DatasetWriter::write(const std::vector<ReadBatch>& batches)
{
    store::Transaction transaction(m_project);
    for (const ReadBatch& batch : batches) {
        for (const StoredRow& row : batch.rows) {
            PAPILIO_TRY(writeRow(row));
        }
        if (!batch.source.empty() && !batch.rows.empty()) {
            const auto rows = static_cast<std::int64_t>(batch.rows.size());
            PAPILIO_TRY(m_source.addPacked(m_dataset.id, batch.rows.front().row, rows, batch.source));
        }
    }
    if (m_indexed) {
        PAPILIO_TRY(m_indexer.flush(m_dataset.id, m_names));
    }
    m_dataset.importState = stateJson();
    PAPILIO_TRY(m_datasets.update(m_dataset));
    return transaction.commit();
}

Result<> DatasetWriter::writeRow(const StoredRow& row)
{
    Fate fate;
    fate.reason = row.reason;
    ++m_dataset.rows;
    if (row.hasCells) {
        m_dataset.labelCells += static_cast<std::int64_t>(m_plan.labels.size());
    }
    if (m_indexed) {
        m_indexer.addRow(row.row, row.names);
    }
    addStatistics(row);
    m_changedRows += row.steps != 0;
    if (row.steps != 0 && m_changedExamples.size() < mostExamples) {
        m_changedExamples.push_back(row.row);
    }
    for (std::size_t step = 0; step < m_changedByStep.size(); ++step) {
        m_changedByStep[step] += (row.steps >> step) & 1;
    }
    if (row.rejected) {
        fate.status = store::RowStatus::Rejected;
        ++m_dataset.rejected;
    } else {
        PAPILIO_TRY(writeMolecule(row, fate));
    }
    return m_datasets.addRow(m_dataset.id,
                             {row.row, fate.status, fate.molecule, fate.reason, row.text, row.atomOrder()});
}

void DatasetWriter::addStatistics(const StoredRow& row)
{
    m_positions.clear();
    if (row.labels().empty()) {
        return;
    }
    store::LabelReader labels(row.labels());
    while (labels.next()) {
        m_stats[static_cast<std::size_t>(labels.position())].add(labels.values());
        m_positions.push_back(labels.position());
        ++m_dataset.labels;
    }
}

Result<> DatasetWriter::writeMolecule(const StoredRow& row, Fate& fate)
{
    auto added = m_molecules.add(row.smiles, row.graph(), row.encodings());
    if (!added) {
        return tl::unexpected(added.error());
    }
    m_newMolecules += added->isNew;
    if (added->isNew && m_indexed) {
        m_indexer.addMolecule(added->id, row.index);
    }
    fate.molecule = added->id;
    const auto index = static_cast<std::size_t>(added->id);
    if (m_firstRows.size() <= index) {
        m_firstRows.resize(index + index / 4 + 1024);
    }
    if (m_firstRows[index] != 0) {
        return mergeLabels(row, fate, (m_firstRows[index] & ~severalRows) - 1);
    }
    m_firstRows[index] = static_cast<std::uint32_t>(row.row + 1);
    ++m_dataset.molecules;
    fate.status = row.reason.empty() ? store::RowStatus::Used : store::RowStatus::Repaired;
    ++(row.reason.empty() ? m_dataset.used : m_dataset.repaired);
    for (const int position : m_positions) {
        m_stats[static_cast<std::size_t>(position)].addMolecule();
    }
    if (row.coordinates) {
        PAPILIO_TRY(store::CoordinateTable(m_project).put(m_dataset.id, added->id, *row.coordinates));
    }
    return row.labels().empty() ? Result<>() : m_labels.addPacked(m_dataset.id, added->id, row.labels());
}

/// The labels of this row, and of the first one when this is the second, are kept by themselves.
Result<> DatasetWriter::keepRowLabels(const StoredRow& row, const store::LabelSet& labels, std::size_t index,
                                      const store::LabelSet& former)
{
    if ((m_firstRows[index] & severalRows) == 0) {
        PAPILIO_TRY(m_rowLabels.put(m_dataset.id, m_firstRows[index] - 1, former));
        m_firstRows[index] |= severalRows;
    }
    return m_rowLabels.put(m_dataset.id, row.row, labels);
}

/// The molecule is there already: its values stay for now, what it has none of is filled in.
Result<> DatasetWriter::mergeLabels(const StoredRow& row, Fate& fate, std::int64_t firstRow)
{
    store::LabelSet own;
    if (!row.labels().empty()) {
        auto read = store::LabelSet::fromBytes(row.labels());
        if (!read) {
            return tl::unexpected(read.error());
        }
        own = std::move(*read);
    }
    auto stored = m_labels.get(m_dataset.id, fate.molecule);
    if (!stored) {
        return tl::unexpected(stored.error());
    }
    store::LabelSet labels = stored->value_or(store::LabelSet{});
    PAPILIO_TRY(keepRowLabels(row, own, static_cast<std::size_t>(fate.molecule), labels));
    std::int64_t filled = 0;
    std::int64_t differing = 0;
    for (const auto& entry : own.entries) {
        const auto place = std::lower_bound(labels.entries.begin(), labels.entries.end(), entry.position,
                                            [](const auto& e, int position) { return e.position < position; });
        if (place == labels.entries.end() || place->position != entry.position) {
            labels.entries.insert(place, entry);
            m_stats[static_cast<std::size_t>(entry.position)].addMolecule();
            ++filled;
        } else {
            const Joined joined = join(place->values, entry.values);
            filled += joined.filled;
            differing += joined.differs;
        }
    }
    m_conflicting += differing > 0;
    describeMerging(fate, firstRow, filled, differing);
    return filled > 0 ? m_labels.put(m_dataset.id, fate.molecule, labels) : Result<>();
}

void DatasetWriter::describeMerging(Fate& fate, std::int64_t firstRow, std::int64_t filled, std::int64_t differing)
{
    const Duplicates policy = m_plan.recipe.duplicates;
    if (policy == Duplicates::Keep) {
        fate.status = fate.reason.empty() ? store::RowStatus::Used : store::RowStatus::Repaired;
        ++(fate.reason.empty() ? m_dataset.used : m_dataset.repaired);
    } else {
        fate.status = store::RowStatus::Merged;
        ++m_dataset.merged;
    }
    std::string reason = "same molecule as row " + std::to_string(firstRow);
    if (filled > 0 && policy != Duplicates::Keep) {
        reason += ", " + count(filled, "label", "labels") + " added";
    }
    if (differing > 0) {
        reason += ", " + count(differing, "label differs", "labels differ") + " (" + fateOf(policy) + ")";
    }
    appendReason(reason, fate.reason);
    fate.reason = std::move(reason);
}

std::string DatasetWriter::stateJson() const
{
    nlohmann::json state;
    state["newMolecules"] = m_newMolecules;
    state["conflicting"] = m_conflicting;
    state["changedRows"] = m_changedRows;
    state["changedByStep"] = m_changedByStep;
    state["tasks"] = nlohmann::json::array();
    for (const RunningStats& stats : m_stats) {
        state["tasks"].push_back(stats.toJson());
    }
    return state.dump();
}

Result<> DatasetWriter::readState(const std::string& json)
{
    try {
        const nlohmann::json state = nlohmann::json::parse(json);
        m_newMolecules = state.at("newMolecules").get<std::int64_t>();
        m_conflicting = state.at("conflicting").get<std::int64_t>();
        m_changedRows = state.value("changedRows", std::int64_t{0});
        m_changedByStep = state.value("changedByStep", m_changedByStep);
        for (std::size_t i = 0; i < m_stats.size(); ++i) {
            m_stats[i].fromJson(state.at("tasks").at(i));
        }
    } catch (const nlohmann::json::exception&) {
        return fail(ErrorCode::Damaged, "The state of the unfinished dataset '" + m_dataset.name + "' cannot be read.",
                    "Import it with --replace.");
    }
    return {};
}

Result<> DatasetWriter::resolve()
{
    std::vector<TaskKind> kinds;
    for (const LabelColumn& label : m_plan.labels) {
        kinds.push_back(label.task.kind);
    }
    auto counts = resolveDuplicates(m_project, m_dataset.id, m_plan.recipe.duplicates, kinds,
                                    [this](std::size_t position) { m_stats.at(position).removeMolecule(); });
    if (!counts) {
        return tl::unexpected<Error>(counts.error());
    }
    m_duplicates = *counts;
    if (m_plan.recipe == Recipe()) {
        return {};
    }
    return store::Curations(m_project).put(
        {m_dataset.id, recipeToJson(m_plan.recipe), {}, recipeReportToJson(recipeReport())});
}

RecipeReport DatasetWriter::recipeReport() const
{
    RecipeReport report;
    report.rows = m_dataset.rows;
    report.used = m_dataset.used;
    report.merged = m_dataset.merged;
    report.repaired = m_dataset.repaired;
    report.rejected = m_dataset.rejected;
    report.molecules = m_dataset.molecules;
    report.changedRows = m_changedRows;
    report.changedByStep = m_changedByStep;
    report.duplicates = m_duplicates;
    return report;
}

Result<> DatasetWriter::finish()
{
    store::Transaction transaction(m_project);
    PAPILIO_TRY(resolve());
    for (std::size_t i = 0; i < m_tasks.size(); ++i) {
        m_tasks[i].stats = m_stats[i].result();
        PAPILIO_TRY(m_datasets.updateTask(m_tasks[i]));
    }
    m_dataset.complete = true;
    m_dataset.importState.clear();
    PAPILIO_TRY(m_datasets.update(m_dataset));
    return transaction.commit();
}

void DatasetWriter::fill(ImportReport& report) const
{
    report.datasetId = m_dataset.id;
    report.dataset = m_dataset.name;
    report.rows = m_dataset.rows;
    report.used = m_dataset.used;
    report.merged = m_dataset.merged;
    report.repaired = m_dataset.repaired;
    report.rejected = m_dataset.rejected;
    report.leftOut = m_dataset.leftOut;
    report.molecules = m_dataset.molecules;
    report.newMolecules = m_newMolecules;
    report.conflictingRows = m_conflicting;
    report.contradictingMolecules = m_duplicates.contradictingMolecules;
}

} // namespace papilio::data
