// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/workspace.h"

#include "app/engine/enginetext.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;

Workspace::Workspace(QObject* parent) : QObject(parent), m_snapshot(std::make_shared<Snapshot>())
{
    m_refreshTimer.setSingleShot(true);
    m_refreshTimer.setInterval(150);
    connect(&m_refreshTimer, &QTimer::timeout, this, &Workspace::readNow);
}

void Workspace::open(const QString& path)
{
    close();
    m_reader.setPath(path);
    m_reader.read<SnapshotPtr>(
        u"snapshot"_s, this, [](store::Project& project, const auto&) { return readSnapshot(project); },
        [this, path](const Result<SnapshotPtr>& answer) {
            if (!answer) {
                const Error& error = answer.error();
                Q_EMIT openFailed(path, QString(engineText(QString::fromStdString(error.message)) + u' ' +
                                                engineText(QString::fromStdString(error.hint))).trimmed());
                return;
            }
            m_open = true;
            m_snapshot = *answer;
            if (!m_snapshot->tasks.empty()) {
                m_task = m_snapshot->tasks.front().task.id;
            }
            if (!m_snapshot->runs.empty()) {
                m_run = m_snapshot->runs.back().id;
            }
            Q_EMIT opened();
            Q_EMIT changed();
            Q_EMIT taskSelected(m_task);
            Q_EMIT runSelected(m_run);
        });
}

void Workspace::close()
{
    m_refreshTimer.stop();
    m_reader.setPath({});
    m_snapshot = std::make_shared<Snapshot>();
    m_task = m_run = m_molecule = 0;
    m_unchecked.clear();
    if (m_open) {
        m_open = false;
        Q_EMIT closed();
        Q_EMIT changed();
    }
}

void Workspace::refresh()
{
    if (m_open && !m_refreshTimer.isActive()) {
        m_refreshTimer.start();
    }
}

void Workspace::readNow()
{
    m_reader.read<SnapshotPtr>(
        u"snapshot"_s, this, [](store::Project& project, const auto&) { return readSnapshot(project); },
        [this](const Result<SnapshotPtr>& answer) {
            if (answer) {
                take(*answer);
            }
        });
}

void Workspace::take(const SnapshotPtr& snapshot)
{
    m_snapshot = snapshot;
    Q_EMIT changed();
    if (!m_snapshot->task(m_task)) {
        selectTask(m_snapshot->tasks.empty() ? 0 : m_snapshot->tasks.front().task.id);
    }
    if (!m_snapshot->run(m_run)) {
        selectRun(m_snapshot->runs.empty() ? 0 : m_snapshot->runs.back().id);
    }
}

void Workspace::selectTask(qint64 task)
{
    if (m_task != task) {
        m_task = task;
        Q_EMIT taskSelected(task);
    }
}

void Workspace::selectRun(qint64 run)
{
    if (m_run != run) {
        m_run = run;
        Q_EMIT runSelected(run);
    }
}

void Workspace::selectMolecule(qint64 molecule)
{
    if (m_molecule != molecule) {
        m_molecule = molecule;
        Q_EMIT moleculeSelected(molecule);
    }
}

void Workspace::setUnchecked(const QSet<qint64>& tasks)
{
    if (m_unchecked != tasks) {
        m_unchecked = tasks;
        Q_EMIT checkedChanged();
    }
}

qint64 Workspace::checkedCount() const
{
    qint64 count = 0;
    for (const auto& record : m_snapshot->tasks) {
        count += isChecked(record.task.id) ? 1 : 0;
    }
    return count;
}

QStringList Workspace::taskPatterns() const
{
    QStringList patterns;
    bool all = true;
    for (const auto& dataset : m_snapshot->datasets) {
        QStringList names;
        bool whole = true;
        for (const auto& record : m_snapshot->tasks) {
            if (record.task.dataset != dataset.id) {
                continue;
            }
            if (isChecked(record.task.id)) {
                names << QString::fromStdString(dataset.name + ":" + record.task.name);
            } else {
                whole = false;
            }
        }
        if (whole && !names.isEmpty()) {
            patterns << QString::fromStdString(dataset.name + ":*");
        } else {
            patterns << names;
        }
        all = all && whole;
    }
    return all ? QStringList() : patterns;
}

} // namespace papilio::app
