// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace papilio::app
{

/// 12 000 as people read it: groups of three by narrow spaces, minus as U+2212.
QString countText(qint64 count);
/// Up to 'digits' significant digits; "undefined" for NaN.
QString numberText(double value, int digits = 4);
/// The same with a sign in front.
QString signedText(double value, int digits = 2);
/// "83 %"; "< 1 %" where rounding would hide that there are some; "–" if there is no base.
QString percentText(double part, double whole);
/// "4 min 48 s", "12 s", "2 h 05 min".
QString durationText(double seconds);
/// "6.1k", "812", "0.42".
QString rateText(double rate);
/// "1 task", "35 tasks".
QString countedText(qint64 count, const QString& singular, const QString& plural);
/// A label value for people: binary as "● active" / "○ inactive", else the number.
QString labelText(double value, const QString& kind);
/// The home folder as "~".
QString pathText(const QString& path);

} // namespace papilio::app
