// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QSet>
#include <QTimer>

#include "app/workspace/projectreader.h"
#include "app/workspace/snapshot.h"

namespace papilio::app
{

/// The open project and what is selected in it; shared by all pages.
class Workspace : public QObject
{
    Q_OBJECT

public:
    explicit Workspace(QObject* parent = nullptr);

    void open(const QString& path); ///< opened() or openFailed() follows
    void close();
    bool isOpen() const { return m_open; }
    QString path() const { return m_snapshot->path; }
    const Snapshot& project() const { return *m_snapshot; } ///< empty while nothing is open
    SnapshotPtr snapshot() const { return m_snapshot; }
    ProjectReader& reader() { return m_reader; }

    /// Reads the project again soon; many calls in a row are one reading.
    void refresh();

    qint64 selectedTask() const { return m_task; }
    void selectTask(qint64 task);
    qint64 selectedRun() const { return m_run; } ///< 0 = none
    void selectRun(qint64 run);
    qint64 selectedMolecule() const { return m_molecule; }
    void selectMolecule(qint64 molecule);

    /// Tasks that the next training takes; new tasks are checked.
    bool isChecked(qint64 task) const { return !m_unchecked.contains(task); }
    void setUnchecked(const QSet<qint64>& tasks);
    const QSet<qint64>& unchecked() const { return m_unchecked; }
    /// The checked tasks as patterns for a training; empty if all are.
    QStringList taskPatterns() const;
    qint64 checkedCount() const;

Q_SIGNALS:
    void opened();
    void openFailed(const QString& path, const QString& message);
    void closed();
    void changed(); ///< the snapshot is a new one (also after opened and closed)
    void taskSelected(qint64 task);
    void runSelected(qint64 run);
    void moleculeSelected(qint64 molecule);
    void checkedChanged();

private:
    void readNow();
    void take(const SnapshotPtr& snapshot);

    ProjectReader m_reader;
    SnapshotPtr m_snapshot;
    bool m_open = false;
    qint64 m_task = 0, m_run = 0, m_molecule = 0;
    QSet<qint64> m_unchecked;
    QTimer m_refreshTimer;
};

} // namespace papilio::app
