// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/replies.h"

namespace papilio::app
{

/// A label or prediction in words: a number, a state, a probability, a range over atoms.
QString valueText(const TaskValues& values, bool predicted);
/// Unit of what valueText() says: "kcal/mol", "probability".
QString unitText(const TaskValues& values, bool predicted);

} // namespace papilio::app
