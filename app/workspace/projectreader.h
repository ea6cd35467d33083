// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QThreadPool>

#include "store/project.h"

namespace papilio::app
{

/// Reads a project on worker threads, each job on a connection of its own. For each key the latest wins: an older answer
/// never arrives after a newer question.
class ProjectReader : public QObject
{
    Q_OBJECT

public:
    /// Tells a job that nobody waits for its answer any more.
    class Stale
    {
    public:
        Stale() = default;
        Stale(std::shared_ptr<std::atomic<quint64>> current, quint64 mine) : m_current(std::move(current)), m_mine(mine)
        {
        }
        bool operator()() const { return m_current && m_current->load(std::memory_order_relaxed) != m_mine; }

    private:
        std::shared_ptr<std::atomic<quint64>> m_current;
        quint64 m_mine = 0;
    };

    template <typename T> using Job = std::function<Result<T>(store::Project&, const Stale&)>;
    template <typename T> using Done = std::function<void(const Result<T>&)>;

    explicit ProjectReader(QObject* parent = nullptr);
    ~ProjectReader() override;

    void setPath(const QString& path); ///< answers about the previous project are dropped
    QString path() const { return QString::fromStdString(m_path); }

    /// Runs 'job' on a worker and hands its answer to 'done' on this thread, unless 'context' is gone or asked again.
    template <typename T> void read(const QString& key, QObject* context, Job<T> job, Done<T> done)
    {
        const Stale stale = ask(key);
        m_pool.start([this, stale, path = m_path, job = std::move(job), done = std::move(done),
                      guard = QPointer<QObject>(context)] {
            if (stale()) {
                return;
            }
            Result<T> answer = answerOf<T>(path, job, stale);
            QMetaObject::invokeMethod(
                this,
                [stale, done, guard, answer = std::move(answer)] {
                    if (!stale() && guard) {
                        done(answer);
                    }
                },
                Qt::QueuedConnection);
        });
    }
    /// Makes the running job of that key stale.
    void forget(const QString& key);

private:
    Stale ask(const QString& key);
    template <typename T> static Result<T> answerOf(const std::string& path, const Job<T>& job, const Stale& stale)
    {
        auto project = store::Project::open(path, store::Access::ReadOnly);
        if (!project) {
            return tl::unexpected<Error>(std::move(project).error());
        }
        return job(*project, stale);
    }

    std::string m_path;
    QHash<QString, std::shared_ptr<std::atomic<quint64>>> m_counters;
    QThreadPool m_pool;
};

} // namespace papilio::app
