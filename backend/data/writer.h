// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string>
#include <vector>

#include "data/import.h"
#include "data/recipereport.h"
#include "data/pipeline.h"
#include "data/statistics.h"
#include "store/datasets.h"
#include "store/labels.h"
#include "store/molecules.h"
#include "store/rowlabels.h"
#include "store/source.h"

namespace papilio::data
{

/// Writes the rows of one dataset, in order: merges rows of the same molecule, keeps the running statistics, and
/// commits each batch with all that is needed to go on behind it.
class DatasetWriter
{
public:
    /// 'indexed': the rows come with what the search keeps of them.
    DatasetWriter(store::Project& project, const Plan& plan, bool indexed = true);

    /// Adds a new dataset with its tasks. 'columns' are the names of the columns, to be kept with the rows as read; none
    /// = these are not kept.
    Result<> begin(store::DatasetRecord dataset, const std::vector<std::string>& columns);
    /// Goes on with an incomplete one.
    Result<> resume(const store::DatasetRecord& dataset);
    /// One transaction.
    Result<> write(const std::vector<ReadBatch>& batches);
    /// Makes one label of those of several rows as the plan's recipe says, stores the statistics and marks the dataset
    /// as complete; a recipe other than the plain one is recorded.
    Result<> finish();

    store::Project& project() { return m_project; }
    const store::DatasetRecord& dataset() const { return m_dataset; }
    void fill(ImportReport& report) const;
    RecipeReport recipeReport() const; ///< after finish()
    /// The first rows whose structure the recipe changed.
    const std::vector<std::int64_t>& changedExamples() const { return m_changedExamples; }
    static constexpr std::size_t mostExamples = 50;

private:
    /// What becomes of a row.
    struct Fate {
        store::RowStatus status = store::RowStatus::Used;
        std::int64_t molecule = 0;
        std::string reason;
    };
    Result<> writeRow(const StoredRow& row);
    Result<> writeMolecule(const StoredRow& row, Fate& fate);
    Result<> mergeLabels(const StoredRow& row, Fate& fate, std::int64_t firstRow);
    void describeMerging(Fate& fate, std::int64_t firstRow, std::int64_t filled, std::int64_t differing);
    Result<> keepRowLabels(const StoredRow& row, const store::LabelSet& labels, std::size_t index,
                           const store::LabelSet& former);
    void addStatistics(const StoredRow& row);
    Result<> resolve();
    std::string stateJson() const;
    Result<> readState(const std::string& json);

    store::Project& m_project;
    const Plan& m_plan;
    store::Datasets m_datasets;
    store::Molecules m_molecules;
    store::Labels m_labels;
    store::RowLabels m_rowLabels;
    store::SourceRows m_source;
    MoleculeIndexer m_indexer;
    NameColumns m_names;
    store::DatasetRecord m_dataset;
    std::vector<store::TaskRecord> m_tasks;
    std::vector<RunningStats> m_stats;
    /// First row + 1 of each molecule in this dataset, 0 = none, by molecule id: 4 bytes a molecule of the project. The
    /// top bit says that there are further rows.
    std::vector<std::uint32_t> m_firstRows;
    std::vector<int> m_positions; ///< of the tasks that the row in work has a label of
    bool m_indexed = true;
    std::int64_t m_newMolecules = 0;
    std::int64_t m_conflicting = 0;
    std::int64_t m_changedRows = 0; ///< by the recipe
    std::array<std::int64_t, 4> m_changedByStep{};
    std::vector<std::int64_t> m_changedExamples;
    DuplicateCounts m_duplicates;
};

} // namespace papilio::data
