// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/train/runcurves.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace papilio::app
{

namespace
{

void put(std::vector<double>& values, qint64 epoch, double value, qint64 epochs)
{
    values.resize(static_cast<std::size_t>(epochs), std::nan(""));
    if (epoch >= 1 && epoch <= epochs) {
        values[static_cast<std::size_t>(epoch - 1)] = value;
    }
}

} // namespace

const widgets::CurveWallRow* RunCurves::row(qint64 task) const
{
    for (const auto& entry : rows) {
        if (entry.task == task) {
            return &entry;
        }
    }
    return nullptr;
}

Result<RunCurves> readRunCurves(store::Project& project, const Snapshot& snapshot, qint64 run, const MetricChoice& choice,
                                const ProjectReader::Stale& stale)
{
    const store::Runs runs(project);
    auto record = runs.byId(run);
    if (!record) {
        return tl::unexpected<Error>(std::move(record).error());
    }
    auto metrics = runs.metrics(run);
    if (!metrics) {
        return tl::unexpected<Error>(std::move(metrics).error());
    }
    RunCurves curves;
    curves.run = run;
    for (const auto& metric : *metrics) {
        curves.epochs = std::max(curves.epochs, static_cast<qint64>(metric.epoch));
    }
    std::map<qint64, std::size_t> rowOfTask;
    for (const auto& metric : *metrics) {
        if (stale()) {
            return fail(ErrorCode::Stopped, "no longer wanted");
        }
        if (metric.scope == "all" && metric.name == "loss") {
            if (metric.part == store::Part::Train || metric.part == store::Part::Validation) {
                put(metric.part == store::Part::Train ? curves.trainLoss : curves.validationLoss, metric.epoch, metric.value,
                    curves.epochs);
            }
            continue;
        }
        const store::TaskRecord* task = metric.scope == "task" ? snapshot.task(metric.task) : nullptr;
        if (!task) {
            continue;
        }
        QStringList& offered = curves.metrics[static_cast<std::size_t>(task->task.kind)];
        const QString name = QString::fromStdString(metric.name);
        if (!offered.contains(name)) {
            offered << name;
        }
        if (name != choice.of(task->task.kind) ||
            (metric.part != store::Part::Validation && metric.part != store::Part::Train)) {
            continue;
        }
        const auto [found, isNew] = rowOfTask.emplace(metric.task, curves.rows.size());
        if (isNew) {
            widgets::CurveWallRow row;
            row.task = metric.task;
            row.name = QString::fromStdString(task->task.name);
            row.dataset = QString::fromStdString(snapshot.dataset(task->task.dataset)->name);
            row.datasetSeries = snapshot.datasetIndex(task->task.dataset);
            const MetricName shown = metricName(name);
            row.metric = shown.title;
            row.unit = shown.labelUnit ? QString::fromStdString(task->task.unit) : QString();
            row.higherIsBetter = shown.higherIsBetter;
            row.planned = static_cast<int>(record->epochsPlanned);
            row.n = task->task.level == Level::Graph ? task->stats.molecules : task->stats.values;
            curves.rows.push_back(row);
            curves.validationCounts.push_back(0);
        }
        auto& row = curves.rows[found->second];
        if (metric.part == store::Part::Validation) {
            put(row.validation, metric.epoch, metric.value, curves.epochs);
            curves.validationCounts[found->second] = metric.n;
        } else {
            put(row.train, metric.epoch, metric.value, curves.epochs);
        }
    }
    for (auto& row : curves.rows) {
        row.validation.resize(static_cast<std::size_t>(curves.epochs), std::nan(""));
    }
    // In the project's order, so that the wall does not jump between epochs.
    std::vector<std::size_t> order(curves.rows.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        order[i] = i;
    }
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return curves.rows[a].task < curves.rows[b].task; });
    RunCurves sorted = curves;
    for (std::size_t i = 0; i < order.size(); ++i) {
        sorted.rows[i] = curves.rows[order[i]];
        sorted.validationCounts[i] = curves.validationCounts[order[i]];
    }
    return sorted;
}

} // namespace papilio::app
