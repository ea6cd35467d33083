// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace papilio::app
{

/// The command line of `papilio`.
struct Options {
    QStringList files;
    bool sample = false;
    QString page;        ///< "data", "train", "lookup"; empty = by itself
    QString theme;       ///< "light", "dark", "system"; empty = as remembered
    QString lookup;      ///< SMILES to look up at the start
    QString screenshot;  ///< file to write when the page is loaded; the program ends then
    QString settingsFile;
    QString size;        ///< "1440x900"
    bool exitAfterStartup = false;
};

/// Reads the arguments; prints help, version or an error and ends the process where these are asked for.
Options parseOptions(const QStringList& arguments);

} // namespace papilio::app
