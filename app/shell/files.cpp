// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/files.h"

#include <algorithm>

#include <QCoreApplication>
#include <QFileInfo>
#include <QMimeData>
#include <QStandardPaths>
#include <QUrl>

namespace papilio::app
{

using namespace Qt::StringLiterals;

QStringList tableSuffixes()
{
    return {u".csv"_s, u".tsv"_s, u".tab"_s, u".txt"_s, u".smi"_s, u".smiles"_s, u".ism"_s, u".sdf"_s, u".sd"_s,
            u".mol"_s, u".parquet"_s, u".pq"_s, u".gz"_s, u".bz2"_s, u".zst"_s, u".zip"_s}; // packed: engine looks inside
}

namespace
{

const QStringList& modelSuffixes()
{
    static const QStringList suffixes{u".whl"_s, u".safetensors"_s, u".pth"_s, u".ckpt"_s};
    return suffixes;
}

bool isModel(const QString& file)
{
    const QStringList& suffixes = modelSuffixes();
    return std::any_of(suffixes.begin(), suffixes.end(), [&](const QString& suffix) { return file.endsWith(suffix, Qt::CaseInsensitive); }) ||
           QFileInfo(file).isDir();
}

} // namespace

SortedFiles sortFiles(const QStringList& files)
{
    SortedFiles sorted;
    const QStringList suffixes = tableSuffixes();
    for (const QString& file : files) {
        const bool table = std::any_of(suffixes.begin(), suffixes.end(), [&](const QString& suffix) {
            return file.endsWith(suffix, Qt::CaseInsensitive);
        });
        if (file.endsWith(u".papilio"_s, Qt::CaseInsensitive)) {
            sorted.projects << file;
        } else if (table) {
            sorted.tables << file;
        } else if (isModel(file)) {
            sorted.models << file;
        } else {
            sorted.others << file;
        }
    }
    return sorted;
}

QStringList localFiles(const QMimeData* data)
{
    QStringList files;
    for (const QUrl& url : data->urls()) {
        if (url.isLocalFile()) {
            files << url.toLocalFile();
        }
    }
    return files;
}

QString tableFilter()
{
    QStringList patterns;
    for (const QString& suffix : tableSuffixes()) {
        patterns << u"*"_s + suffix;
    }
    return QCoreApplication::translate("files", "Tables of molecules (%1);;All files (*)").arg(patterns.join(u' '));
}

QString modelFilter()
{
    QStringList patterns;
    for (const QString& suffix : modelSuffixes()) {
        patterns << u"*"_s + suffix;
    }
    return QCoreApplication::translate("files", "Models (%1);;All files (*)").arg(patterns.join(u' '));
}

QString projectFilter()
{
    return QCoreApplication::translate("files", "Papilio projects (*.papilio)");
}

QString withProjectSuffix(const QString& path)
{
    return path.endsWith(u".papilio"_s, Qt::CaseInsensitive) ? path : path + u".papilio"_s;
}

QString sampleProjectPath()
{
    QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    if (folder.isEmpty()) {
        folder = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    }
    return folder + u"/Papilio sample/sample.papilio"_s;
}

} // namespace papilio::app
