// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/control.h"

class QDateTime;

namespace papilio::app
{

struct EngineProgress;

/// "1 task", "35 tasks".
QString countedText(qint64 count, const QString& singular, const QString& plural);
/// A label for people: binary as "● active" or "○ inactive", else the number; "undefined" for NaN.
QString labelText(double value, const QString& kind);
/// Words for the engine's "regression", "graph", "train", "cut off"; an unknown one as it is.
QString kindWord(const QString& kind);
QString levelWord(const QString& level);
QString partWord(const QString& part);
QString stateWord(const QString& state);
/// What the unit "standard score" means.
QString standardScoreText();
/// The home folder as "~".
QString pathText(const QString& path);
/// "today 15:34", "yesterday", "20 Nov", "3 Feb 2025".
QString dayText(const QDateTime& when);

/// An engine's progress for the progress widgets.
Progress toProgress(const EngineProgress& progress);

} // namespace papilio::app
