// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>
#include <QStringList>

namespace papilio::app
{

/// What the engine says, in the window's language. The engine speaks English; translations/engine.cpp names its texts with
/// %1, %2 … in place of numbers and of names in quotes. A text that is not named there stays as it came.
QString engineText(const QString& text);
/// The same of a list of texts.
QStringList engineTexts(const QJsonValue& list);

} // namespace papilio::app
