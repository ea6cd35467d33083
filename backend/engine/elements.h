// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace papilio::engine
{

/// Symbol of an element; "*" for a dummy atom (0).
std::string elementSymbol(int atomicNumber);

} // namespace papilio::engine
