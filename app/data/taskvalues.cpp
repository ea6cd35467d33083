// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/data/taskvalues.h"

#include <algorithm>
#include <cmath>

#include <QCoreApplication>

#include "store/labels.h"

namespace papilio::app
{

namespace
{

/// All values of a task, and one number a molecule.
Result<> readValues(store::Project& project, const store::TaskRecord& record, const ProjectReader::Stale& stale,
                    std::vector<double>& values, std::vector<TaskView::Molecule>& molecules)
{
    const store::Labels labels(project);
    if (record.task.level == Level::Graph) {
        auto read = labels.values(record.task.dataset, record.position);
        if (!read) {
            return tl::unexpected<Error>(std::move(read).error());
        }
        for (const auto& entry : *read) {
            values.push_back(entry.value);
            molecules.push_back({entry.molecule, entry.value});
        }
        return {};
    }
    return labels.each(record.task.dataset, [&](std::int64_t molecule, const store::LabelSet& set) {
        if (const auto* entry = set.find(record.position)) {
            double sum = 0;
            std::size_t n = 0;
            for (const double value : entry->values) {
                if (std::isfinite(value)) {
                    values.push_back(value);
                    sum += value;
                    ++n;
                }
            }
            if (n > 0) {
                molecules.push_back({molecule, sum / static_cast<double>(n)});
            }
        }
        return !stale();
    });
}

} // namespace

Result<TaskView> readTaskView(store::Project& project, const Snapshot& snapshot, qint64 task,
                              const ProjectReader::Stale& stale)
{
    const store::TaskRecord* record = snapshot.task(task);
    if (!record) {
        return fail(ErrorCode::NotFound, "This task is not in the project any more.");
    }
    TaskView view;
    view.task = task;
    if (auto profile = store::Profiles(project).ofTask(task)) {
        view.profile = std::move(*profile);
    }
    if (auto profile = store::Profiles(project).ofDataset(record->task.dataset)) {
        view.dataset = std::move(*profile);
    }
    std::vector<double> values;
    PAPILIO_TRY(readValues(project, *record, stale, values, view.molecules));
    if (record->task.kind == TaskKind::Regression) {
        view.histogram = widgets::HistogramData::fromValues(values);
    } else {
        const int classes = record->task.kind == TaskKind::Binary ? 2 : std::max(record->task.classes, 1);
        view.histogram = widgets::HistogramData::fromClasses(values, classes);
    }
    view.histogram.name = QString::fromStdString(record->task.name);
    view.histogram.unit = QString::fromStdString(record->task.unit);
    view.histogram.series = snapshot.datasetIndex(record->task.dataset);
    view.histogram.countName = record->task.level == Level::Graph  ? QCoreApplication::translate("task", "molecules")
                               : record->task.level == Level::Node ? QCoreApplication::translate("task", "atoms")
                                                                   : QCoreApplication::translate("task", "directed bonds");
    std::stable_sort(view.molecules.begin(), view.molecules.end(),
                     [](const auto& a, const auto& b) { return a.value > b.value; });
    return view;
}

} // namespace papilio::app
