// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace papilio::data
{

/// The separator that the first lines use: the character that divides most of them into as many cells as the first one
/// (more than one), quotes respected. Comma, tab, semicolon and pipe are tried first, then rarer ones; 0 = none does.
char sniffSeparator(std::string_view start, char preferred);

} // namespace papilio::data
