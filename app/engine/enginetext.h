// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>
#include <QStringList>

namespace papilio::app
{

/// What the engine says, in the window's language. The engine speaks English; translations/engine.cpp names its texts with
/// %1, %2 … in place of numbers and of names in quotes, reasontexts.cpp the reasons of rows. A text that is not named there stays
/// as it came.
QString engineText(const QString& text);
/// The same of a list of texts.
QStringList engineTexts(const QJsonValue& list);
/// A text with its %1, %2 … filled in all at once, as an argument may hold a %1 of its own.
QString filledText(const QString& pattern, const QStringList& arguments);

} // namespace papilio::app
