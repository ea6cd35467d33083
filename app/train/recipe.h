// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QMap>
#include <QStringList>

namespace papilio::app
{

/// What a person chose for the next run.
struct Recipe {
    QString preset;
    QStringList tasks;             ///< patterns; empty = all
    QString split = QStringLiteral("random:0.8/0.1/0.1");
    qint64 seed = 42;
    qint64 epochs = 50;
    QMap<QString, QString> set;    ///< Advanced: key → value

    QJsonObject toConfig() const;
    /// The same run for a shell.
    QString toCommandLine(const QString& engine, const QString& project, const QString& host = {}) const;
};

/// Reads "key = value" lines; what is no such line comes back in 'problem' with its number.
QMap<QString, QString> parseSettings(const QString& text, QString* problem);

/// The text with one setting changed: its line replaced, added, or taken away where the value is empty.
QString withSetting(const QString& text, const QString& key, const QString& value);

QString shellQuoted(const QString& text);

} // namespace papilio::app
