// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/format.h"

#include <cmath>

#include <QCoreApplication>
#include <QDir>

namespace papilio::app
{

using namespace Qt::StringLiterals;

namespace
{

constexpr QChar narrowSpace(0x202F);
constexpr QChar minusSign(0x2212);

QString withRealMinus(QString text)
{
    return text.replace(u'-', minusSign);
}

} // namespace

QString countText(qint64 count)
{
    QString digits = QString::number(count < 0 ? -count : count);
    if (digits.size() > 4) { // 2050 reads well without a gap; 12 000 does not
        for (qsizetype i = digits.size() - 3; i > 0; i -= 3) {
            digits.insert(i, narrowSpace);
        }
    }
    return count < 0 ? minusSign + digits : digits;
}

QString numberText(double value, int digits)
{
    if (std::isnan(value)) {
        return QCoreApplication::translate("format", "undefined");
    }
    if (std::isinf(value)) {
        return value > 0 ? u"∞"_s : u"−∞"_s;
    }
    if (value == std::floor(value) && std::abs(value) < 1e6) {
        return countText(static_cast<qint64>(value));
    }
    return withRealMinus(QString::number(value, 'g', digits));
}

QString signedText(double value, int digits)
{
    if (std::isnan(value)) {
        return numberText(value);
    }
    const QString text = withRealMinus(QString::number(value, 'f', digits));
    return value > 0 ? u'+' + text : text;
}

QString percentText(double part, double whole)
{
    if (!(whole > 0)) {
        return u"–"_s;
    }
    const double percent = 100 * part / whole;
    if (part > 0 && percent < 1) {
        return u"< 1\u202F%"_s;
    }
    if (part < whole && percent > 99.5) {
        return u"> 99\u202F%"_s;
    }
    return u"%1\u202F%"_s.arg(qRound(percent));
}

QString durationText(double seconds)
{
    const auto whole = static_cast<qint64>(std::llround(std::max(0.0, seconds)));
    if (whole < 60) {
        return u"%1 s"_s.arg(whole);
    }
    if (whole < 3600) {
        return u"%1 min %2 s"_s.arg(whole / 60).arg(whole % 60, 2, 10, QLatin1Char('0'));
    }
    return u"%1 h %2 min"_s.arg(whole / 3600).arg(whole % 3600 / 60, 2, 10, QLatin1Char('0'));
}

QString rateText(double rate)
{
    if (rate >= 1000) {
        return u"%1k"_s.arg(rate / 1000, 0, 'f', rate < 100'000 ? 1 : 0);
    }
    return rate >= 10 ? QString::number(std::llround(rate)) : QString::number(rate, 'g', 2);
}

QString countedText(qint64 count, const QString& singular, const QString& plural)
{
    return u"%1 %2"_s.arg(countText(count), count == 1 ? singular : plural);
}

QString labelText(double value, const QString& kind)
{
    if (kind == "binary"_L1 && value == 1) {
        return u"● "_s + QCoreApplication::translate("format", "active");
    }
    if (kind == "binary"_L1 && value == 0) {
        return u"○ "_s + QCoreApplication::translate("format", "inactive");
    }
    return numberText(value);
}

QString pathText(const QString& path)
{
    const QString home = QDir::homePath();
    return path.startsWith(home + u'/') ? u"~"_s + path.mid(home.size()) : path;
}

} // namespace papilio::app
