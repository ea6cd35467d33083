// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace papilio::chem
{

/// What a quick look over a SMILES tells before RDKit parses it.
struct SmilesScan {
    std::size_t heavyAtoms = 0;
    std::size_t hydrogens = 0;               ///< hydrogens written as atoms of their own
    std::size_t ringDigits = 0;              ///< digits of ring bonds
    std::vector<int> mapNumbers;             ///< one an atom as written, −1 = none; empty if no atom has any
    std::optional<std::size_t> badCharacter; ///< 0-based place of the first byte that is not printable ASCII
};
SmilesScan scanSmiles(std::string_view smiles);

/// One sentence that says what is wrong with a SMILES that RDKit refused, and where; empty if nothing is found.
/// Characters are counted from 1.
std::string diagnoseSmiles(std::string_view smiles);

} // namespace papilio::chem
