// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QObject>
#include <QString>

class QSettings;

namespace papilio::app
{

/// A project as the welcome page lists it; the counts are those of its last opening.
struct RecentProject {
    QString path;
    qint64 molecules = 0;
    qint64 tasks = 0;
    qint64 runs = 0;
    QDateTime opened;
};

/// What the program remembers between starts, in one INI file.
class Settings : public QObject
{
    Q_OBJECT

public:
    static constexpr int recentLimit = 10;

    /// 'file': the INI file; empty = the user's configuration folder.
    explicit Settings(const QString& file = {}, QObject* parent = nullptr);
    ~Settings() override;

    QString theme() const; ///< "system", "light", "dark"
    void setTheme(const QString& theme);

    QList<RecentProject> recentProjects() const; ///< newest first
    void addRecent(const RecentProject& project);
    void removeRecent(const QString& path);

    QByteArray state(const QString& name) const; ///< window geometry, splitters
    void setState(const QString& name, const QByteArray& state);

    QString lastFolder() const;
    void setLastFolder(const QString& folder);

Q_SIGNALS:
    void recentChanged();
    void themeChanged();

private:
    void writeRecent(const QList<RecentProject>& projects);

    std::unique_ptr<QSettings> m_settings;
};

} // namespace papilio::app
