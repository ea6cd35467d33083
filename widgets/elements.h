// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace papilio::widgets
{

/// "C" for 6; "*" for 0 and what is not an element.
QString elementSymbol(int atomicNumber);
/// Ball radius in the 3D view, Å (about a quarter of the van der Waals radius).
double elementBallRadius(int atomicNumber);

} // namespace papilio::widgets
