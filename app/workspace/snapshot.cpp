// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/snapshot.h"

#include <cerrno>
#include <csignal>

#include <QFileInfo>

#include "store/curations.h"
#include "store/molecules.h"

namespace papilio::app
{

QString Snapshot::name() const
{
    return QFileInfo(path).completeBaseName();
}

const store::DatasetRecord* Snapshot::dataset(qint64 id) const
{
    const int index = datasetIndex(id);
    return index < 0 ? nullptr : &datasets[static_cast<std::size_t>(index)];
}

int Snapshot::datasetIndex(qint64 id) const
{
    for (std::size_t i = 0; i < datasets.size(); ++i) {
        if (datasets[i].id == id) {
            return static_cast<int>(i);
        }
    }
    return -1;
}

const store::DatasetRecord* Snapshot::datasetOfTask(qint64 id) const
{
    const store::TaskRecord* found = task(id);
    return found ? dataset(found->task.dataset) : nullptr;
}

const store::TaskRecord* Snapshot::task(qint64 id) const
{
    for (const store::TaskRecord& record : tasks) {
        if (record.task.id == id) {
            return &record;
        }
    }
    return nullptr;
}

const store::TaskRecord* Snapshot::task(const std::string& datasetName, const std::string& name) const
{
    for (const store::TaskRecord& record : tasks) {
        if (record.task.name == name) {
            const store::DatasetRecord* owner = dataset(record.task.dataset);
            if (owner && owner->name == datasetName) {
                return &record;
            }
        }
    }
    return nullptr;
}

const store::RunRecord* Snapshot::run(qint64 id) const
{
    for (const store::RunRecord& record : runs) {
        if (record.id == id) {
            return &record;
        }
    }
    return nullptr;
}

qint64 Snapshot::rejectedRows() const
{
    qint64 sum = 0;
    for (const auto& dataset : datasets) {
        sum += dataset.rejected - dataset.leftOut; // these were left out as asked
    }
    return sum;
}

qint64 Snapshot::rows() const
{
    qint64 sum = 0;
    for (const auto& dataset : datasets) {
        sum += dataset.rows;
    }
    return sum;
}

Result<SnapshotPtr> readSnapshot(store::Project& project)
{
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->path = QString::fromStdString(project.path());
    const store::Datasets datasets(project);
    auto all = datasets.all();
    if (!all) {
        return tl::unexpected<Error>(std::move(all).error());
    }
    snapshot->datasets = std::move(*all);
    auto tasks = datasets.allTasks();
    if (!tasks) {
        return tl::unexpected<Error>(std::move(tasks).error());
    }
    snapshot->tasks = std::move(*tasks);
    for (const auto& dataset : snapshot->datasets) {
        const auto curation = store::Curations(project).get(dataset.id);
        if (!curation) {
            return tl::unexpected<Error>(curation.error());
        }
        if (*curation) {
            snapshot->curated.insert(dataset.id, QString::fromStdString((*curation)->applied + ' ' + (*curation)->recipe));
        }
    }
    auto runs = store::Runs(project).all();
    if (!runs) {
        return tl::unexpected<Error>(std::move(runs).error());
    }
    snapshot->runs = std::move(*runs);
    auto count = store::Molecules(project).count();
    if (!count) {
        return tl::unexpected<Error>(std::move(count).error());
    }
    snapshot->molecules = *count;
    return SnapshotPtr(std::move(snapshot));
}

store::RunState effectiveState(const store::RunRecord& run)
{
    if (run.state != store::RunState::Running) {
        return run.state;
    }
    const bool alive = run.process > 0 && (kill(static_cast<pid_t>(run.process), 0) == 0 || errno == EPERM);
    return alive ? store::RunState::Running : store::RunState::CutOff;
}

bool canGoOn(const store::RunRecord& run)
{
    const store::RunState state = effectiveState(run);
    return state == store::RunState::Paused || state == store::RunState::CutOff;
}

} // namespace papilio::app
