// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "chem/molecule.h"
#include "chem/screen.h"

namespace papilio::chem
{

/// A substructure to look for, as SMARTS. An object belongs to one thread; copies are made by parsing again.
class Pattern
{
public:
    static constexpr std::size_t characterLimit = 5000;

    /// A SMILES is a SMARTS too; explicit hydrogens that are bound to an atom are asked of that atom.
    static Result<Pattern> fromSmarts(std::string_view smarts);
    Pattern(Pattern&&) noexcept;
    Pattern& operator=(Pattern&&) noexcept;
    ~Pattern();

    const std::string& smarts() const;
    int atomCount() const;
    /// Bits that every molecule with this substructure has.
    const Screen& screen() const;

    /// Whether a molecule contains it. Its stereo counts where the pattern has any.
    bool matches(const Molecule& molecule) const;
    /// The same from a canonical SMILES of Molecule, without sanitising it again: five times as fast.
    Result<bool> matches(const std::string& canonicalSmiles) const;

private:
    struct Data;
    explicit Pattern(std::unique_ptr<Data> data);
    std::unique_ptr<Data> m_data;
};

} // namespace papilio::chem
