// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/format.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QLocale>

#include "app/engine/enginemessage.h"
#include "widgets/format.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;

QString countedText(qint64 count, const QString& singular, const QString& plural)
{
    return u"%1 %2"_s.arg(widgets::formatCount(count), count == 1 ? singular : plural);
}

QString labelText(double value, const QString& kind)
{
    if (kind == "binary"_L1 && value == 1) {
        return u"● "_s + QCoreApplication::translate("format", "active");
    }
    if (kind == "binary"_L1 && value == 0) {
        return u"○ "_s + QCoreApplication::translate("format", "inactive");
    }
    return widgets::formatValue(value, 4);
}

namespace
{

QString word(const QString& name, std::initializer_list<std::pair<const char*, const char*>> words)
{
    for (const auto& [key, text] : words) {
        if (name == QLatin1String(key)) {
            return QCoreApplication::translate("words", text);
        }
    }
    return name;
}

} // namespace

QString kindWord(const QString& kind)
{
    return word(kind, {{"regression", QT_TRANSLATE_NOOP("words", "regression")},
                       {"binary", QT_TRANSLATE_NOOP("words", "binary")},
                       {"multiclass", QT_TRANSLATE_NOOP("words", "multiclass")}});
}

QString levelWord(const QString& level)
{
    return word(level, {{"graph", QT_TRANSLATE_NOOP("words", "per molecule")},
                        {"node", QT_TRANSLATE_NOOP("words", "per atom")},
                        {"edge", QT_TRANSLATE_NOOP("words", "per bond")},
                        {"nodepair", QT_TRANSLATE_NOOP("words", "per atom pair")}});
}

QString partWord(const QString& part)
{
    return word(part, {{"train", QT_TRANSLATE_NOOP("words", "training")},
                       {"val", QT_TRANSLATE_NOOP("words", "validation")},
                       {"test", QT_TRANSLATE_NOOP("words", "test")}});
}

QString stateWord(const QString& state)
{
    return word(state, {{"running", QT_TRANSLATE_NOOP("words", "running")},
                        {"paused", QT_TRANSLATE_NOOP("words", "paused")},
                        {"finished", QT_TRANSLATE_NOOP("words", "finished")},
                        {"stopped", QT_TRANSLATE_NOOP("words", "stopped")},
                        {"failed", QT_TRANSLATE_NOOP("words", "failed")},
                        {"cut off", QT_TRANSLATE_NOOP("words", "cut off")}});
}

QString standardScoreText()
{
    return QCoreApplication::translate("words",
                                       "Standard score: the label minus its mean, divided by its standard deviation, both of the training "
                                       "labels. The model's file does not hold these two numbers, so the value cannot be turned into the "
                                       "label's unit; 0 is average, +1 one deviation above it.");
}

QString pathText(const QString& path)
{
    const QString home = QDir::homePath();
    return path.startsWith(home + u'/') ? u"~"_s + path.mid(home.size()) : path;
}

QString dayText(const QDateTime& when)
{
    if (!when.isValid()) {
        return {};
    }
    const QDateTime local = when.toLocalTime();
    const qint64 days = local.date().daysTo(QDate::currentDate());
    const QLocale locale;
    if (days == 0) {
        return QCoreApplication::translate("format", "today %1").arg(locale.toString(local.time(), u"HH:mm"_s));
    }
    if (days == 1) {
        return QCoreApplication::translate("format", "yesterday");
    }
    const bool thisYear = local.date().year() == QDate::currentDate().year();
    return locale.toString(local.date(), thisYear ? u"d MMM"_s : u"d MMM yyyy"_s);
}

Progress toProgress(const EngineProgress& progress)
{
    return {progress.stage.toStdString(), progress.done,  progress.total,
            progress.unit.toStdString(),  progress.rate, progress.secondsLeft};
}

} // namespace papilio::app
