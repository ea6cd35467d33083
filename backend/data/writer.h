// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "data/import.h"
#include "data/rows.h"
#include "data/statistics.h"
#include "store/datasets.h"
#include "store/labels.h"
#include "store/molecules.h"

namespace papilio::data
{

/// Writes the rows of one dataset, in order: merges rows of the same molecule, keeps the running statistics, and
/// commits each batch with all that is needed to go on behind it.
class DatasetWriter
{
public:
    DatasetWriter(store::Project& project, const Plan& plan);

    /// Adds a new dataset with its tasks.
    Result<> begin(store::DatasetRecord dataset);
    /// Goes on with an incomplete one.
    Result<> resume(const store::DatasetRecord& dataset);
    /// One transaction.
    Result<> write(const std::vector<ReadRow>& rows);
    /// Stores the statistics and marks the dataset as complete.
    Result<> finish();

    const store::DatasetRecord& dataset() const { return m_dataset; }
    void fill(ImportReport& report) const;

private:
    Result<> writeRow(const ReadRow& row, std::vector<store::RowRecord>& records);
    Result<> writeMolecule(const ReadRow& row, store::RowRecord& record);
    Result<> mergeLabels(const ReadRow& row, store::RowRecord& record, std::int64_t firstRow);
    void addStatistics(const ReadRow& row);
    std::string stateJson() const;
    Result<> readState(const std::string& json);

    store::Project& m_project;
    const Plan& m_plan;
    store::Datasets m_datasets;
    store::Molecules m_molecules;
    store::Labels m_labels;
    store::DatasetRecord m_dataset;
    std::vector<store::TaskRecord> m_tasks;
    std::vector<RunningStats> m_stats;
    /// First row + 1 of each molecule in this dataset, 0 = none, by molecule id: 4 bytes a molecule of the project.
    std::vector<std::uint32_t> m_firstRows;
    std::int64_t m_newMolecules = 0;
    std::int64_t m_conflicting = 0;
};

} // namespace papilio::data
