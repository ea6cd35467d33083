// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/data/pairsdata.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "store/pairs.h"

namespace papilio::app
{

namespace
{

Error staleError()
{
    return {ErrorCode::Stopped, "no longer wanted", {}};
}

/// The tasks of the picture, in their order.
std::vector<const store::TaskRecord*> shownTasks(const Snapshot& snapshot, qint64 task, qint64& leftOut)
{
    std::vector<const store::TaskRecord*> shown;
    const store::TaskRecord* selected = snapshot.task(task);
    const bool all = snapshot.tasks.size() <= mostPairedTasks;
    const std::int64_t dataset = selected ? selected->task.dataset
                                          : snapshot.tasks.empty() ? 0 : snapshot.tasks.front().task.dataset;
    for (const store::TaskRecord& record : snapshot.tasks) {
        if ((all || record.task.dataset == dataset) && shown.size() < mostPairedTasks) {
            shown.push_back(&record);
        }
    }
    leftOut = static_cast<qint64>(snapshot.tasks.size() - shown.size());
    return shown;
}

std::vector<std::int64_t> datasetsOf(const std::vector<const store::TaskRecord*>& tasks)
{
    std::vector<std::int64_t> datasets;
    for (const store::TaskRecord* record : tasks) {
        if (datasets.empty() || datasets.back() != record->task.dataset) {
            datasets.push_back(record->task.dataset);
        }
    }
    return datasets;
}

} // namespace

Result<PairsView> readPairs(store::Project& project, const Snapshot& snapshot, qint64 task, const ProjectReader::Stale& stale)
{
    PairsView view;
    const auto tasks = shownTasks(snapshot, task, view.leftOut);
    const std::size_t n = tasks.size();
    view.pairs.molecules.assign(n * n, 0);
    view.pairs.correlation.assign(n * n, std::numeric_limits<float>::quiet_NaN());
    const auto datasets = datasetsOf(tasks);
    const store::Pairs pairs(project);
    for (std::size_t a = 0; a < datasets.size(); ++a) {
        for (std::size_t b = a; b < datasets.size(); ++b) {
            const auto current = pairs.current(datasets[a], datasets[b]);
            if (!current) {
                return tl::unexpected<Error>(current.error());
            }
            if (!*current) {
                view.missing.emplace_back(datasets[a], datasets[b]);
            }
        }
    }
    for (std::size_t i = 0; i < n; ++i) {
        const Task& own = tasks[i]->task;
        const auto* dataset = snapshot.dataset(own.dataset);
        view.pairs.tasks.push_back({own.id, QString::fromStdString(own.name),
                                    dataset ? QString::fromStdString(dataset->name) : QString(), snapshot.datasetIndex(own.dataset)});
        for (const std::int64_t other : datasets) {
            if (stale()) {
                return tl::unexpected<Error>(staleError());
            }
            const auto row = pairs.row(own.id, own.dataset, other);
            if (!row) {
                return tl::unexpected<Error>(row.error());
            }
            if (!*row) {
                continue;
            }
            for (std::size_t k = 0; k < n; ++k) {
                const auto position = static_cast<std::size_t>(tasks[k]->position);
                if (tasks[k]->task.dataset == other && position < (*row)->size()) {
                    view.pairs.molecules[i * n + k] = static_cast<quint32>((**row)[position].molecules);
                    view.pairs.correlation[i * n + k] = (**row)[position].correlation;
                }
            }
        }
    }
    return view;
}

Result<CorrelationsView> readCorrelations(store::Project& project, const Snapshot& snapshot, qint64 task, std::size_t most,
                                          const ProjectReader::Stale& stale)
{
    CorrelationsView view;
    const store::TaskRecord* own = snapshot.task(task);
    if (!own) {
        return view;
    }
    const store::Pairs pairs(project);
    std::int64_t dataset = 0;
    std::optional<std::vector<store::PairStatistics>> row;
    for (const store::TaskRecord& record : snapshot.tasks) {
        if (record.task.dataset != dataset) {
            dataset = record.task.dataset;
            auto read = pairs.row(task, own->task.dataset, dataset);
            if (!read || stale()) {
                return tl::unexpected<Error>(!read ? read.error() : staleError());
            }
            row = std::move(*read);
            if (!row) {
                view.missing.emplace_back(own->task.dataset, dataset);
            }
        }
        const auto position = static_cast<std::size_t>(record.position);
        if (row && record.task.id != task && position < row->size() && (*row)[position].molecules > 0) {
            const bool same = record.task.dataset == own->task.dataset;
            const auto* of = snapshot.dataset(record.task.dataset);
            view.lines.push_back({record.task.id, QString::fromStdString(record.task.name),
                                  same || !of ? QString() : QString::fromStdString(of->name), double((*row)[position].correlation), (*row)[position].molecules});
        }
    }
    std::stable_sort(view.lines.begin(), view.lines.end(), [](const auto& a, const auto& b) {
        const double left = std::isnan(a.correlation) ? -1 : std::abs(a.correlation);
        const double right = std::isnan(b.correlation) ? -1 : std::abs(b.correlation);
        return left != right ? left > right : a.molecules > b.molecules;
    });
    view.lines.resize(std::min(view.lines.size(), most));
    return view;
}

} // namespace papilio::app
