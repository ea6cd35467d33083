// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "chem/molecule.h"
#include "core/recipe.h"

namespace papilio::chem
{

/// Molecules with more heavy atoms keep their tautomer: to enumerate those of a large peptide takes minutes.
inline constexpr std::size_t tautomerAtomLimit = 150;

enum class StandardStep : std::uint8_t { StripSalts, Neutralise, Tautomer, DropStereo };

/// A molecule as a recipe makes it.
struct Standardised {
    struct Change {
        StandardStep step = StandardStep::StripSalts;
        std::string text; ///< one phrase for people: "stripped Cl", "charges neutralised"
    };
    Molecule molecule;
    /// For each atom of the former graph(), its index in the new one; −1 = stripped.
    std::vector<std::int32_t> atoms;
    std::vector<Change> changes; ///< in the order they were made; empty = the molecule is as before
    std::string note;            ///< what could not be done; empty as a rule
};

/// Takes the recipe's steps on the structure. Nothing if none of them changes it (and there is nothing to note).
/// The steps are RDKit's: FragmentRemover and LargestFragmentChooser (organic preferred), Reionizer and Uncharger,
/// TautomerEnumerator::Canonicalize, removeStereochemistry.
Result<std::optional<Standardised>> standardise(const Molecule& molecule, const Recipe& recipe);

} // namespace papilio::chem
