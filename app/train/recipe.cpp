// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/train/recipe.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QRegularExpression>

namespace papilio::app
{

using namespace Qt::StringLiterals;

QJsonObject Recipe::toConfig() const
{
    QJsonObject config{{u"preset"_s, preset}, {u"split"_s, split}, {u"seed"_s, seed}, {u"epochs"_s, epochs}};
    if (!tasks.isEmpty()) {
        config.insert(u"tasks"_s, QJsonArray::fromStringList(tasks));
    }
    if (!set.isEmpty()) {
        QJsonObject values;
        for (auto it = set.begin(); it != set.end(); ++it) {
            values.insert(it.key(), it.value());
        }
        config.insert(u"set"_s, values);
    }
    return config;
}

QString shellQuoted(const QString& text)
{
    static const QRegularExpression plain(u"^[A-Za-z0-9_@%+=:,./-]+$"_s);
    if (plain.match(text).hasMatch()) {
        return text;
    }
    QString quoted = text;
    quoted.replace(u'\'', u"'\\''"_s);
    return u'\'' + quoted + u'\'';
}

QString Recipe::toCommandLine(const QString& engine, const QString& project, const QString& host) const
{
    QStringList words{engine};
    words << (host.isEmpty() ? QStringList{u"train"_s} : QStringList{u"remote"_s, u"start"_s, host});
    words << project << u"--preset"_s << preset;
    if (!tasks.isEmpty()) {
        words << u"--tasks"_s << tasks.join(u',');
    }
    words << u"--split"_s << split << u"--epochs"_s << QString::number(epochs) << u"--seed"_s << QString::number(seed);
    for (auto it = set.begin(); it != set.end(); ++it) {
        words << u"--set"_s << it.key() + u'=' + it.value();
    }
    for (QString& word : words) {
        word = shellQuoted(word);
    }
    return words.join(u' ');
}

QMap<QString, QString> parseSettings(const QString& text, QString* problem)
{
    QMap<QString, QString> settings;
    problem->clear();
    const QStringList lines = text.split(u'\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QString line = lines[i].trimmed();
        if (line.isEmpty() || line.startsWith(u'#')) {
            continue;
        }
        const qsizetype equals = line.indexOf(u'=');
        const QString key = line.left(equals).trimmed();
        const QString value = line.mid(equals + 1).trimmed();
        if (equals <= 0 || key.isEmpty() || value.isEmpty()) {
            *problem = QCoreApplication::translate("recipe", "Line %1 is not of the form key = value: %2").arg(i + 1).arg(line);
            continue;
        }
        settings.insert(key, value);
    }
    return settings;
}

QString withSetting(const QString& text, const QString& key, const QString& value)
{
    QStringList lines;
    bool found = false;
    for (const QString& line : text.split(u'\n')) {
        if (!line.trimmed().startsWith(u'#') && line.section(u'=', 0, 0).trimmed() == key) {
            if (!found && !value.isEmpty()) {
                lines << u"%1 = %2"_s.arg(key, value);
            }
            found = true;
        } else if (!line.trimmed().isEmpty()) {
            lines << line;
        }
    }
    if (!found && !value.isEmpty()) {
        lines << u"%1 = %2"_s.arg(key, value);
    }
    return lines.join(u'\n');
}

} // namespace papilio::app
