// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace papilio::data
{

/// "SMILES", "isosmiles", "canonical_smiles": short, with the word in it; no SMILES is written so.
bool saysSmiles(std::string_view cell);

/// A cell of letters, digits and few signs that tells of structures: the name of their column, or words about one.
bool namesStructures(std::string_view cell);

/// Such a cell in the form of a name: "smiles" is in its first or last word, and it is no verdict ("invalid SMILES",
/// "no smiles available").
bool isStructureName(std::string_view cell);

} // namespace papilio::data
