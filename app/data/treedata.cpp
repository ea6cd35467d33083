// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/data/treedata.h"

#include <cmath>

namespace papilio::app
{

std::vector<widgets::TaskTreeDataset> treeDatasets(const Snapshot& snapshot)
{
    std::vector<widgets::TaskTreeDataset> datasets;
    for (std::size_t i = 0; i < snapshot.datasets.size(); ++i) {
        const store::DatasetRecord& record = snapshot.datasets[i];
        widgets::TaskTreeDataset dataset;
        dataset.id = record.id;
        dataset.name = QString::fromStdString(record.name);
        dataset.series = static_cast<int>(i);
        dataset.molecules = record.molecules;
        for (const store::TaskRecord& task : snapshot.tasks) {
            if (task.task.dataset != record.id) {
                continue;
            }
            const double fraction = record.molecules > 0 ? double(task.stats.molecules) / double(record.molecules) : std::nan("");
            dataset.tasks.push_back({task.task.id, QString::fromStdString(task.task.name), task.task.level, task.task.kind,
                                     QString::fromStdString(task.task.unit), task.stats.molecules, fraction});
        }
        datasets.push_back(std::move(dataset));
    }
    return datasets;
}

} // namespace papilio::app
