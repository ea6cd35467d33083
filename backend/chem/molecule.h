// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/coordinates.h"
#include "core/encodings.h"
#include "core/error.h"
#include "core/molgraph.h"

namespace papilio::chem
{

/// A sanitised RDKit molecule (hydrogens removed), together with the order in which its atoms were written.
/// Immutable; safe to read from several threads.
class Molecule
{
public:
    static constexpr std::size_t atomLimit = 1000;         ///< heavy atoms; larger molecules are refused with an error
    static constexpr std::size_t characterLimit = 200'000; ///< of a SMILES with its CXSMILES tail

    /// Parses one SMILES (CXSMILES tails are accepted). A failure says what is wrong and where ("atom 2, N: valence 4,
    /// …").
    static Result<Molecule> fromSmiles(std::string_view smiles);
    /// Parses one MDL mol block (V2000 or V3000). Graph and identity are those of its canonical SMILES.
    static Result<Molecule> fromMolBlock(const std::string& block);
    /// Parses one InChI (standard or not); the input's own order is that of its atom numbers.
    static Result<Molecule> fromInchi(const std::string& inchi);

    Molecule(Molecule&&) noexcept;
    Molecule& operator=(Molecule&&) noexcept;
    ~Molecule();

    /// Identity in a project: canonical isomeric SMILES without atom-map numbers.
    const std::string& canonicalSmiles() const;
    /// Heavy-atom graph in canonical order.
    const MolGraph& graph() const;

    /// For the i-th atom of the input's own order, its index in graph(). The input's own order is that in which the
    /// atoms are written, or that of the atom-map numbers where they number all atoms 0 … n−1 or 1 … n.
    const std::vector<std::uint16_t>& toCanonical() const;
    /// Whether that order is the one of atom-map numbers.
    bool numbered() const;
    /// For the k-th directed edge of the input (2b: begin → end, 2b+1: end → begin, bonds in the input's order), its
    /// directed-edge index in graph().
    const std::vector<std::uint32_t>& edgeToCanonical() const;

    /// The coordinates of a mol block or a CXSMILES, unless they are those of a drawing.
    const std::optional<Coordinates>& coordinates() const;

    /// What parsing had to change, empty if nothing ("atom-map numbers removed", "text behind the SMILES ignored").
    const std::string& repairNote() const;

    struct Data; ///< holds the RDKit molecule; defined in chem's private header
    const Data& data() const { return *m_data; }

private:
    explicit Molecule(std::unique_ptr<Data> data);
    std::unique_ptr<Data> m_data;
};

} // namespace papilio::chem
