// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRect>
#include <QString>

class QPainter;

namespace papilio::app
{

/// Whether a row was rejected as nobody asked for it, as its reason tells: that is not bad.
bool isLeftOut(const QString& status, const QString& reason);
/// A status of an input row ("used", "merged", "repaired", "rejected") in the language of the window; what is left out
/// has a word of its own.
QString statusText(const QString& status, const QString& reason);
/// What the word of the status does not say of the reason, in the language of the window too; may be empty.
QString reasonText(const QString& status, const QString& reason);
/// Both in one line.
QString statusLine(const QString& status, const QString& reason);

/// Paints the status of an input row: icon, word, and the reason below it where there is room.
void paintStatus(QPainter* painter, const QRect& rect, const QString& status, const QString& reason);

} // namespace papilio::app
