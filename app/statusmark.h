// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRect>
#include <QString>

class QPainter;

namespace papilio::app
{

/// A status of an input row ("used", "merged", "repaired", "rejected") in the language of the window.
QString statusText(const QString& status);

/// Paints the status of an input row: icon, word, and the reason below it where there is room.
void paintStatus(QPainter* painter, const QRect& rect, const QString& status, const QString& reason);

} // namespace papilio::app
