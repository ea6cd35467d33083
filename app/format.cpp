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
