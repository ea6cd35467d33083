// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/statusmark.h"

#include <QFontMetrics>
#include <QObject>
#include <QPainter>

#include "app/engine/enginetext.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;
using widgets::Role;
using widgets::TextStyle;
using widgets::Theme;

namespace
{

struct Mark {
    QString icon;
    Role role;
};

const QString leftOutMark = u"left out as asked: "_s; // the engine's, data/rowfilter.cpp

Mark markOf(const QString& status, bool leftOut)
{
    if (leftOut) {
        return {u"dash"_s, Role::TextSecondary};
    }
    if (status == "rejected"_L1) {
        return {u"error"_s, Role::Error};
    }
    if (status == "repaired"_L1) {
        return {u"warning"_s, Role::Warning};
    }
    if (status == "merged"_L1) {
        return {u"link"_s, Role::Info};
    }
    return {u"ok"_s, Role::Success};
}

} // namespace

bool isLeftOut(const QString& status, const QString& reason)
{
    return status == "rejected"_L1 && reason.startsWith(leftOutMark);
}

QString statusText(const QString& status, const QString& reason)
{
    if (isLeftOut(status, reason)) {
        return QObject::tr("left out as asked", "status of a row");
    }
    return status == "used"_L1       ? QObject::tr("used", "status of a row")
           : status == "merged"_L1   ? QObject::tr("merged", "status of a row")
           : status == "repaired"_L1 ? QObject::tr("repaired", "status of a row")
           : status == "rejected"_L1 ? QObject::tr("rejected", "status of a row")
                                     : status;
}

QString reasonText(const QString& status, const QString& reason)
{
    const QString shown = engineText(reason);
    return isLeftOut(status, reason) ? shown.mid(shown.indexOf(u": "_s) + 2) : shown;
}

QString statusLine(const QString& status, const QString& reason)
{
    const QString word = statusText(status, reason);
    return reason.isEmpty() ? word : QString(word + u": "_s + reasonText(status, reason));
}

void paintStatus(QPainter* painter, const QRect& rect, const QString& status, const QString& fullReason)
{
    const Theme& theme = Theme::current();
    const bool leftOut = isLeftOut(status, fullReason);
    const QString reason = reasonText(status, fullReason);
    const Mark mark = markOf(status, leftOut);
    const bool two = !reason.isEmpty() && rect.height() >= 40;
    const QRect line(rect.left() + 8, two ? rect.center().y() - 17 : rect.top(), rect.width() - 12, two ? 18 : rect.height());
    widgets::paintIcon(painter, QRectF(line.left(), line.center().y() - 7, 14, 14), mark.icon, theme.color(mark.role));
    const QFont font = theme.font(TextStyle::Table);
    painter->setFont(font);
    const Role ink = leftOut ? Role::TextSecondary : status == "rejected"_L1 ? Role::Error : Role::Text;
    painter->setPen(theme.color(ink));
    const QRect text = line.adjusted(20, 0, 0, 0);
    const QString word = statusText(status, fullReason);
    const QString first = two || reason.isEmpty() ? word : word + u" · "_s + reason;
    painter->drawText(text, Qt::AlignLeft | Qt::AlignVCenter,
                      QFontMetrics(font).elidedText(first, Qt::ElideRight, text.width()));
    if (two) {
        const QFont small = theme.font(TextStyle::Axis);
        painter->setFont(small);
        painter->setPen(theme.color(Role::TextSecondary));
        painter->drawText(line.translated(0, 18), Qt::AlignLeft | Qt::AlignVCenter,
                          QFontMetrics(small).elidedText(reason, Qt::ElideRight, line.width()));
    }
}

} // namespace papilio::app
