// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

class QFont;
class QPainter;
class QRectF;

/// Numbers as people read them: groups by a narrow space, minus U+2212, "undefined" for what has no value.
namespace papilio::widgets
{

QString formatCount(qint64 count);                         ///< "12 000" (narrow no-break space)
/// Fixed number of decimals: "−0.63"; NaN and infinities are "undefined".
QString formatFixed(double value, int decimals);
/// About that many significant digits, no exponent for everyday sizes: "0.111", "1 754", "4.0e−4".
QString formatValue(double value, int digits = 3);
QString formatSigned(double value, int decimals);          ///< "+0.26", "−0.12", "0.00"
QString formatPercent(double fraction, int decimals = 0);  ///< 0.843 → "84 %"; above 0 but rounding to 0 → "< 1 %"
QString formatDuration(double seconds);                    ///< "4 min 48 s", "2 h 05 min", "8 s"
QString formatTimeLeft(double seconds);                    ///< "4 min 48 s left"; negative → empty
QString formatRate(double perSecond, const QString& unit); ///< "6.1k molecules/s"; 0 → empty
QString formatBytes(qint64 bytes);                         ///< "1.3 GB"
QString undefinedText();                                   ///< "undefined"
/// "one part · another": joins the parts that are not empty with a middle dot.
QString joinedByDot(const QStringList& parts);

/// Draws text with each digit centred in the widest digit's cell, so that numbers of a column stand under each other in
/// any font. One line, clipped to nothing; alignment as in QPainter::drawText (horizontal part and vertical centre).
void drawNumber(QPainter* painter, const QRectF& rect, const QString& text, Qt::Alignment alignment);
/// Width drawNumber() needs.
qreal numberWidth(const QFont& font, const QString& text);

} // namespace papilio::widgets
