// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/format.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QStringList>
#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace papilio::widgets
{

namespace
{

constexpr QChar narrowSpace(0x202F);
constexpr QChar minusSign(0x2212);

QString tr(const char* text)
{
    return QCoreApplication::translate("papilio::widgets", text);
}

/// Puts narrow spaces between the thousands of the whole part. The same in every language, so that no number can be misread.
QString grouped(QString digits)
{
    qsizetype end = digits.indexOf(u'.');
    if (end < 0) {
        end = digits.size();
    }
    const qsizetype start = !digits.isEmpty() && !digits[0].isDigit() ? 1 : 0;
    for (qsizetype at = end - 3; at > start; at -= 3) {
        digits.insert(at, narrowSpace);
    }
    return digits;
}

QString withMinus(QString text)
{
    return text.replace(u'-', minusSign);
}

/// "-0.00" is printed without its sign.
bool roundsToZero(double value, int decimals)
{
    return std::abs(value) * std::pow(10.0, decimals) < 0.5;
}

} // namespace

QString undefinedText()
{
    return tr("undefined");
}

QString formatCount(qint64 count)
{
    return withMinus(grouped(QString::number(count)));
}

QString formatFixed(double value, int decimals)
{
    if (!std::isfinite(value)) {
        return undefinedText();
    }
    return withMinus(grouped(QString::number(roundsToZero(value, decimals) ? 0.0 : value, 'f', std::max(decimals, 0))));
}

QString formatValue(double value, int digits)
{
    if (!std::isfinite(value)) {
        return undefinedText();
    }
    const double size = std::abs(value);
    if (size == 0) {
        return u"0"_s;
    }
    if (size < 1e-3 || size >= 1e7) {
        QString text = QString::number(value, 'e', std::max(digits - 2, 0));
        const qsizetype at = text.indexOf(u'e');
        const int exponent = QStringView(text).mid(at + 1).toInt();
        return withMinus(text.left(at) + u'e' + QString::number(exponent));
    }
    const int wholeDigits = static_cast<int>(std::floor(std::log10(size))) + 1; // negative below 0.1
    return formatFixed(value, std::max(digits - wholeDigits, 0));
}

QString formatSigned(double value, int decimals)
{
    const QString text = formatFixed(value, decimals);
    return std::isfinite(value) && value > 0 && !roundsToZero(value, decimals) ? u'+' + text : text;
}

QString formatPercent(double fraction, int decimals)
{
    if (!std::isfinite(fraction)) {
        return undefinedText();
    }
    const double percent = fraction * 100;
    const QString unit = narrowSpace + u"%"_s;
    const double step = std::pow(10.0, -decimals);
    if (percent > 0 && percent < step / 2) {
        return u"< "_s + formatFixed(step, decimals) + unit;
    }
    // 100 % is only said when nothing is missing.
    if (fraction < 1 && percent >= 100 - step / 2) {
        return u"> "_s + formatFixed(100 - step, decimals) + unit;
    }
    return formatFixed(percent, decimals) + unit;
}

QString formatDuration(double seconds)
{
    if (!std::isfinite(seconds)) {
        return undefinedText();
    }
    const auto whole = static_cast<qint64>(std::llround(std::max(seconds, 0.0)));
    const qint64 hours = whole / 3600;
    const qint64 minutes = whole / 60 % 60;
    if (hours > 0) {
        return tr("%1 h %2 min").arg(formatCount(hours)).arg(minutes, 2, 10, QChar(u'0'));
    }
    if (minutes > 0) {
        return tr("%1 min %2 s").arg(minutes).arg(whole % 60, 2, 10, QChar(u'0'));
    }
    return tr("%1 s").arg(whole);
}

QString formatTimeLeft(double seconds)
{
    return seconds < 0 || !std::isfinite(seconds) ? QString() : tr("%1 left").arg(formatDuration(seconds));
}

QString formatRate(double perSecond, const QString& unit)
{
    if (!(perSecond > 0) || !std::isfinite(perSecond)) {
        return {};
    }
    QString number;
    if (perSecond >= 1e6) {
        number = QString::number(perSecond / 1e6, 'f', 1) + u'M';
    } else if (perSecond >= 1000) {
        number = QString::number(perSecond / 1000, 'f', perSecond < 99950 ? 1 : 0) + u'k';
    } else {
        number = formatFixed(perSecond, perSecond < 10 ? 1 : 0);
    }
    return tr("%1 %2/s").arg(number, unit);
}

QString formatBytes(qint64 bytes)
{
    static const QStringList units{u"B"_s, u"KB"_s, u"MB"_s, u"GB"_s, u"TB"_s};
    double size = static_cast<double>(bytes);
    qsizetype unit = 0;
    while (size >= 999.5 && unit + 1 < units.size()) {
        size /= 1000;
        ++unit;
    }
    return (unit == 0 ? formatCount(bytes) : formatFixed(size, size < 9.95 ? 1 : 0)) + u' ' + units[unit];
}

QString joinedByDot(const QStringList& parts)
{
    QStringList present;
    std::copy_if(parts.begin(), parts.end(), std::back_inserter(present), [](const QString& p) { return !p.isEmpty(); });
    return present.join(u" · "_s);
}

namespace
{

double digitCell(const QFontMetricsF& metrics)
{
    double widest = 0;
    for (char16_t digit = u'0'; digit <= u'9'; ++digit) {
        widest = std::max(widest, metrics.horizontalAdvance(QChar(digit)));
    }
    return widest;
}

} // namespace

qreal numberWidth(const QFont& font, const QString& text)
{
    const QFontMetricsF metrics(font);
    const double cell = digitCell(metrics);
    double width = 0;
    for (const QChar c : text) {
        width += c.isDigit() ? cell : metrics.horizontalAdvance(c);
    }
    return width;
}

void drawNumber(QPainter* painter, const QRectF& rect, const QString& text, Qt::Alignment alignment)
{
    const QFontMetricsF metrics(painter->font());
    const double cell = digitCell(metrics);
    const double width = numberWidth(painter->font(), text);
    double x = rect.left();
    if (alignment & Qt::AlignRight) {
        x = rect.right() - width;
    } else if (alignment & Qt::AlignHCenter) {
        x = rect.center().x() - width / 2;
    }
    const double baseline = rect.center().y() + (metrics.ascent() - metrics.descent()) / 2;
    qsizetype run = 0; // text between digits is drawn in one go, for kerning and shaping
    const auto flush = [&](qsizetype end) {
        const QString part = text.mid(run, end - run);
        painter->drawText(QPointF(x, baseline), part);
        for (const QChar c : part) {
            x += metrics.horizontalAdvance(c);
        }
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (!text[i].isDigit()) {
            continue;
        }
        if (i > run) {
            flush(i);
        }
        painter->drawText(QPointF(x + (cell - metrics.horizontalAdvance(text[i])) / 2, baseline), text.mid(i, 1));
        x += cell;
        run = i + 1;
    }
    if (run < text.size()) {
        flush(text.size());
    }
}

} // namespace papilio::widgets
