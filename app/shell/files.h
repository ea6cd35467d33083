// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

class QMimeData;

namespace papilio::app
{

/// What dropped or chosen files are taken for, by their names.
struct SortedFiles {
    QStringList projects; ///< *.papilio
    QStringList tables;   ///< readable by the import
    QStringList models;   ///< for the library: packages, weights, folders
    QStringList others;
};
SortedFiles sortFiles(const QStringList& files);
QStringList localFiles(const QMimeData* data);

QStringList tableSuffixes(); ///< ".csv", …, and those of packed files
QString tableFilter();       ///< for file dialogs
QString projectFilter();
QString modelFilter();
QString withProjectSuffix(const QString& path);

/// Where the sample project goes: the documents folder, else the application's data folder.
QString sampleProjectPath();

} // namespace papilio::app
