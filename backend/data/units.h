// SPDX-License-Identifier: GPL-3.0-or-later
// Units of measurement as tables write them.
#pragma once

#include <string>
#include <string_view>

namespace papilio::data
{

/// Whether a text is a unit of measurement that is known here ("nM", "mg/L", "%"); others may be units all the same.
bool isKnownUnit(std::string_view text);

/// Whether a text can be a unit: a known one, or one that is put together of the usual symbols and their prefixes
/// ("kcal/mol", "ug.mL-1", "cal/(mol K)", "log mol/L"). A word ("BOZ", ">1 implies a complex") is none.
bool isPlausibleUnit(std::string_view text);

/// A unit with one spelling for "µ" and "u", "mL-1" and "/mL": two units are the same if these are.
std::string plainUnit(std::string_view unit);
bool sameUnit(std::string_view a, std::string_view b);

/// A unit that is spelt out ("MICROMOLAR", "PERCENT", "MG-PER-ML") as its symbol; any other text as it is, "none" as
/// nothing.
std::string unitFromWord(std::string_view word);
/// The same for units that may be spelt out: "MICROMOLAR" is "uM", "none" is nothing.
std::string plainUnitOfWord(std::string_view word);

} // namespace papilio::data
