// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QString>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <optional>

#include "data/import.h"
#include "data/preview.h"
#include "store/datasets.h"
#include "store/labels.h"
#include "store/molecules.h"
#include "tests/support/paths.h"

/// A folder that is gone after the test, with shorthands for what lies in it.
class TestFolder
{
public:
    std::string path(const char* name) const { return m_folder.filePath(QString::fromUtf8(name)).toStdString(); }

    std::string write(const char* name, const QByteArray& bytes) const
    {
        QFile file(m_folder.filePath(QString::fromUtf8(name)));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName().toStdString()
                                                                                    : std::string();
    }

private:
    QTemporaryDir m_folder;
};

/// Whether a text for people has this part; what it has instead is shown.
inline bool says(const std::string& text, const std::string& part)
{
    const bool found = text.find(part) != std::string::npos;
    if (!found) {
        qInfo("'%s' does not say '%s'", text.c_str(), part.c_str());
    }
    return found;
}

/// The first note that says it; empty if none does.
inline std::string noteWith(const std::vector<std::string>& notes, const std::string& part)
{
    const auto found = std::find_if(notes.begin(), notes.end(),
                                    [&part](const std::string& note) { return note.find(part) != std::string::npos; });
    return found == notes.end() ? std::string() : *found;
}

inline QByteArray fileBytes(const std::string& path)
{
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline QByteArray gzipped(const QByteArray& bytes)
{
    QProcess process;
    process.start(QStringLiteral("gzip"), {QStringLiteral("-cn")});
    process.write(bytes);
    process.closeWriteChannel();
    process.waitForFinished();
    return process.readAllStandardOutput();
}

inline QByteArray gunzipped(const std::string& path)
{
    QProcess process;
    process.start(QStringLiteral("gzip"), {QStringLiteral("-dc"), QString::fromStdString(path)});
    process.waitForFinished();
    return process.readAllStandardOutput();
}

inline QJsonObject jsonOf(const QString& path)
{
    return QJsonDocument::fromJson(fileBytes(path.toStdString())).object();
}

template <typename T> bool ok(const papilio::Result<T>& result)
{
    if (!result) {
        qWarning("%s: %s", std::string(papilio::errorCodeName(result.error().code)).c_str(),
                 result.error().text().c_str());
    }
    return result.has_value();
}

/// Imports into a new project 'projectFile' of the folder; the first report.
inline papilio::Result<papilio::data::ImportReport> importInto(const std::string& projectPath,
                                                               const std::vector<std::string>& files,
                                                               const papilio::data::ImportOptions& options = {},
                                                               papilio::Control* control = nullptr)
{
    auto project = papilio::store::Project::openOrCreate(projectPath);
    if (!project) {
        return tl::unexpected(project.error());
    }
    papilio::Control none;
    auto reports = papilio::data::importFiles(*project, files, options, control ? *control : none);
    if (!reports) {
        return tl::unexpected(reports.error());
    }
    return reports->front();
}

/// Everything of a project's datasets as text, but for the time of import: two imports must give the same.
inline QString contentOf(const std::string& projectPath)
{
    using namespace papilio;
    auto project = store::Project::open(projectPath, store::Access::ReadOnly);
    if (!ok(project)) {
        return {};
    }
    QString text;
    QTextStream out(&text);
    out.setRealNumberPrecision(17);
    store::Datasets datasets(*project);
    store::Labels labels(*project);
    const auto all = datasets.all();
    for (const store::DatasetRecord& d : *all) {
        out << QString::fromStdString(d.name) << ' ' << QString::fromStdString(d.sourceHash) << ' ' << d.complete << ' '
            << d.rows << ' ' << d.used << ' ' << d.merged << ' ' << d.repaired << ' ' << d.rejected << ' '
            << d.molecules << ' ' << d.labels << ' ' << d.labelCells << '\n';
        const auto tasks = datasets.tasks(d.id);
        for (const store::TaskRecord& t : *tasks) {
            out << "task " << QString::fromStdString(t.task.name) << ' ' << int(t.task.level) << ' ' << int(t.task.kind)
                << ' ' << t.stats.rows << ' ' << t.stats.molecules << ' ' << t.stats.values << ' ' << t.stats.positives
                << ' ' << t.stats.mean << ' ' << t.stats.sd << ' ' << t.stats.minimum << ' ' << t.stats.maximum << '\n';
        }
        (void)datasets.rows(d.id, std::nullopt, [&](const store::RowRecord& r) {
            out << "row " << r.row << ' ' << int(r.status) << ' ' << QString::fromStdString(r.reason) << ' '
                << QString::fromStdString(r.text) << ' ' << r.molecule << '\n';
            return true;
        });
        (void)labels.each(d.id, [&](std::int64_t molecule, const store::LabelSet& set) {
            out << "labels " << molecule;
            for (const auto& entry : set.entries) {
                out << " | " << entry.position;
                for (const double value : entry.values) {
                    out << ' ' << value;
                }
            }
            out << '\n';
            return true;
        });
    }
    return text;
}

inline std::optional<papilio::data::ColumnGuess> columnOf(const papilio::data::Preview& preview, std::string_view name)
{
    for (const auto& column : preview.columns) {
        if (column.name == name) {
            return column;
        }
    }
    return std::nullopt;
}

/// Values of a graph-level task by canonical SMILES.
inline QMap<QString, double> labelsBySmiles(const std::string& path, const char* dataset, int position)
{
    QMap<QString, double> result;
    auto project = papilio::store::Project::open(path, papilio::store::Access::ReadOnly);
    papilio::store::Molecules molecules(*project);
    const auto id = papilio::store::Datasets(*project).byName(dataset)->id;
    const auto labels = papilio::store::Labels(*project).values(id, position);
    for (const auto& label : *labels) {
        result.insert(QString::fromStdString(molecules.smilesOf({label.molecule})->front()), label.value);
    }
    return result;
}
