// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>

namespace papilio::app
{

using namespace Qt::StringLiterals;

namespace
{

QString defaultFile()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
    return folder + u"/papilio/papilio.ini"_s;
}

} // namespace

Settings::Settings(const QString& file, QObject* parent)
    : QObject(parent),
      m_settings(std::make_unique<QSettings>(file.isEmpty() ? defaultFile() : file, QSettings::IniFormat))
{
}

Settings::~Settings() = default;

QString Settings::theme() const
{
    const QString theme = m_settings->value(u"theme"_s).toString();
    return theme == "light"_L1 || theme == "dark"_L1 ? theme : u"system"_s;
}

void Settings::setTheme(const QString& theme)
{
    m_settings->setValue(u"theme"_s, theme);
    Q_EMIT themeChanged();
}

QList<RecentProject> Settings::recentProjects() const
{
    QList<RecentProject> projects;
    const int count = m_settings->beginReadArray(u"recent"_s);
    for (int i = 0; i < count && i < recentLimit; ++i) {
        m_settings->setArrayIndex(i);
        RecentProject project;
        project.path = m_settings->value(u"path"_s).toString();
        project.molecules = m_settings->value(u"molecules"_s).toLongLong();
        project.tasks = m_settings->value(u"tasks"_s).toLongLong();
        project.runs = m_settings->value(u"runs"_s).toLongLong();
        project.opened = QDateTime::fromString(m_settings->value(u"opened"_s).toString(), Qt::ISODate);
        if (!project.path.isEmpty()) {
            projects.append(project);
        }
    }
    m_settings->endArray();
    return projects;
}

void Settings::writeRecent(const QList<RecentProject>& projects)
{
    m_settings->remove(u"recent"_s);
    m_settings->beginWriteArray(u"recent"_s, static_cast<int>(projects.size()));
    for (int i = 0; i < projects.size(); ++i) {
        m_settings->setArrayIndex(i);
        m_settings->setValue(u"path"_s, projects[i].path);
        m_settings->setValue(u"molecules"_s, projects[i].molecules);
        m_settings->setValue(u"tasks"_s, projects[i].tasks);
        m_settings->setValue(u"runs"_s, projects[i].runs);
        m_settings->setValue(u"opened"_s, projects[i].opened.toString(Qt::ISODate));
    }
    m_settings->endArray();
    Q_EMIT recentChanged();
}

void Settings::addRecent(const RecentProject& project)
{
    QList<RecentProject> projects = recentProjects();
    projects.removeIf([&](const RecentProject& other) { return other.path == project.path; });
    projects.prepend(project);
    if (projects.size() > recentLimit) {
        projects.resize(recentLimit);
    }
    writeRecent(projects);
}

void Settings::removeRecent(const QString& path)
{
    QList<RecentProject> projects = recentProjects();
    projects.removeIf([&](const RecentProject& other) { return other.path == path; });
    writeRecent(projects);
}

QByteArray Settings::state(const QString& name) const
{
    return m_settings->value(u"state/"_s + name).toByteArray();
}

void Settings::setState(const QString& name, const QByteArray& state)
{
    m_settings->setValue(u"state/"_s + name, state);
}

QString Settings::lastFolder() const
{
    return m_settings->value(u"lastFolder"_s, QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation))
        .toString();
}

void Settings::setLastFolder(const QString& folder)
{
    m_settings->setValue(u"lastFolder"_s, folder);
}

} // namespace papilio::app
