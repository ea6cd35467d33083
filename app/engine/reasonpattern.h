// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace papilio::app
{

/// A reason of a row (one of those that stand between "; "), or a sentence that ends with one, in the window's
/// language; null if the engine is not known to say it, or if that language has no text for it.
QString reasonInWindow(const QString& text);

/// What was typed as the window shows reasons, for stored ones, which are English: texts that are in all reasons that
/// show it and in no others. One if there is such a one, none in an English window. On any thread; takes its time.
QStringList englishReasons(const QString& typed);

} // namespace papilio::app
