// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRect>
#include <QString>

class QPainter;

namespace papilio::app
{

/// A status of an input row ("used", "merged", "repaired", "rejected") in the language of the window. A rejected row that
/// nobody asked for, as its reason tells, has a word of its own.
QString statusText(const QString& status, const QString& reason = {});

/// Paints the status of an input row: icon, word, and the reason below it where there is room.
void paintStatus(QPainter* painter, const QRect& rect, const QString& status, const QString& reason);

} // namespace papilio::app
