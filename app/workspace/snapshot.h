// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include <QHash>
#include <QString>

#include "store/datasets.h"
#include "store/runs.h"

namespace papilio::app
{

/// What the window knows of the open project at one moment; read as a whole on a worker, never changed.
struct Snapshot {
    QString path;
    std::vector<store::DatasetRecord> datasets;
    std::vector<store::TaskRecord> tasks; ///< by dataset, position
    std::vector<store::RunRecord> runs;   ///< by number
    qint64 molecules = 0;
    QHash<qint64, QString> curated; ///< by dataset with a recipe: which one, and when it was applied

    QString name() const; ///< file name without its ending
    const store::DatasetRecord* dataset(qint64 id) const;
    const store::DatasetRecord* datasetOfTask(qint64 task) const;
    const store::TaskRecord* task(qint64 id) const;
    /// A task by the names of its dataset and itself.
    const store::TaskRecord* task(const std::string& dataset, const std::string& name) const;
    const store::RunRecord* run(qint64 id) const;
    qint64 rejectedRows() const;
    qint64 rows() const;
    int datasetIndex(qint64 id) const; ///< its place in the list, which decides its colour; −1 if absent
};

using SnapshotPtr = std::shared_ptr<const Snapshot>;

Result<SnapshotPtr> readSnapshot(store::Project& project);

/// A run that says it is running, but whose engine is gone, is cut off.
store::RunState effectiveState(const store::RunRecord& run);
bool canGoOn(const store::RunRecord& run);

} // namespace papilio::app
