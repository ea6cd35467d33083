// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/task.h"
#include "store/project.h"

namespace papilio::store
{

enum class RowStatus : std::uint8_t {
    Used = 0,     ///< first row of its molecule in this dataset
    Merged = 1,   ///< same molecule as an earlier row of this dataset; labels joined, the first value of a task kept
    Repaired = 2, ///< used, after a change that 'reason' names
    Rejected = 3, ///< not used; 'reason' says why
};
std::string_view rowStatusName(RowStatus status); ///< "used", "merged", "repaired", "rejected"
std::optional<RowStatus> rowStatusFromName(std::string_view name);

/// Statistics of a task over the rows as they were read (before rows of the same molecule were merged).
/// For node and edge tasks 'values' counts single atoms or directed bonds and the moments are over them.
struct TaskStats {
    std::int64_t rows = 0;       ///< rows with a label
    std::int64_t molecules = 0;  ///< molecules with a label, after merging
    std::int64_t values = 0;     ///< single values (= rows at graph level)
    std::int64_t positives = 0;  ///< binary: value 1
    double mean = 0, sd = 0;     ///< sd divides by n
    double minimum = 0, maximum = 0;
    std::vector<std::int64_t> classCounts; ///< multiclass
};

struct TaskRecord {
    Task task;
    int position = 0;            ///< index within the dataset, as in the file
    TaskStats stats;
};

struct DatasetRecord {
    std::int64_t id = 0;
    std::string name;
    std::string source;          ///< file name(s) as imported
    std::string sourceHash;      ///< SHA-256 of the bytes
    bool complete = false;       ///< false while an import is going on or was cut off
    std::string created;         ///< UTC, ISO 8601
    std::string options;         ///< JSON of the import options in use
    std::string importState;     ///< JSON of an unfinished import (rows read, running statistics); empty when complete
    std::int64_t rows = 0, used = 0, merged = 0, repaired = 0, rejected = 0;
    std::int64_t leftOut = 0;    ///< of 'rejected': rows that nobody asked for; read only, the plan of the rows tells it
    std::int64_t molecules = 0;  ///< distinct molecules of this dataset
    std::int64_t labels = 0;     ///< label cells present in the rows
    std::int64_t labelCells = 0; ///< rows read into labels × tasks, the base of "missing %"
};

/// A dataset that is exchanged or curated grows anew beside the old one until it is complete: as an incomplete dataset of
/// such a name, whose options begin with "replaces" or "curates".
std::string replacementName(std::string_view dataset); ///< "NAME (being replaced)"
std::string curationName(std::string_view dataset);    ///< "NAME (being curated)"
bool isGrowing(const DatasetRecord& dataset);

/// One input row.
struct RowRecord {
    std::int64_t row = 0;        ///< 0-based, header not counted
    RowStatus status = RowStatus::Used;
    std::string reason;          ///< empty for plain use
    std::string text;            ///< the structure as written (SMILES, or the record's title for SDF)
    std::int64_t molecule = 0;   ///< 0 if rejected
    std::vector<std::uint16_t> toCanonical; ///< the row's own atom order, see chem::Molecule
};

/// The same for who writes many: the atom order as packAtomOrder() makes it, perhaps on another thread.
struct PackedRow {
    std::int64_t row = 0;
    RowStatus status = RowStatus::Used;
    std::int64_t molecule = 0;
    const std::string& reason;
    const std::string& text;
    std::string_view atomOrder;
};
std::string packAtomOrder(const std::vector<std::uint16_t>& toCanonical);

class Datasets
{
public:
    explicit Datasets(Project& project);

    Result<std::vector<DatasetRecord>> all() const; ///< without those that grow in the place of another
    Result<DatasetRecord> byName(std::string_view name) const; ///< any; NotFound names the existing ones
    Result<std::vector<TaskRecord>> tasks(std::int64_t dataset) const; ///< by position
    Result<std::vector<TaskRecord>> allTasks() const;          ///< of all(), by dataset, position

    /// Streams rows by number; the callback returns false to stop.
    Result<> rows(std::int64_t dataset, std::optional<RowStatus> status,
                  const std::function<bool(const RowRecord&)>& callback) const;
    /// One page of rows, for tables.
    Result<std::vector<RowRecord>> rowPage(std::int64_t dataset, std::optional<RowStatus> status, std::int64_t offset,
                                           std::int64_t count) const;
    Result<std::int64_t> rowCount(std::int64_t dataset, std::optional<RowStatus> status) const;

    // --- writing (Access::ReadWrite) ---
    Result<std::int64_t> add(const DatasetRecord& dataset);
    Result<> update(const DatasetRecord& dataset);
    Result<> remove(std::int64_t dataset); ///< with its rows, labels and tasks; molecules that nothing else uses go too
    Result<std::int64_t> addTask(const TaskRecord& task);
    Result<> updateTask(const TaskRecord& task);
    Result<> addRow(std::int64_t dataset, const PackedRow& row);

private:
    Project& m_project;
};

} // namespace papilio::store
