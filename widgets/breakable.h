// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace papilio::widgets
{

/// Paths and names of columns and tasks are one long word: it may break behind their signs. For plain text and for HTML whose
/// signs are escaped already.
QString breakable(const QString& text);

} // namespace papilio::widgets
