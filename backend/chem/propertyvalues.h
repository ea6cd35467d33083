// SPDX-License-Identifier: GPL-3.0-or-later
// Private to chem.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "chem/conformer.h"
#include "chem/molecule.h"
#include "core/features.h"
#include "core/properties.h"

namespace RDKit
{
class RWMol;
}

namespace papilio::chem
{

/// The conformer of a molecule, embedded when it is first asked for.
class LazyConformer
{
public:
    explicit LazyConformer(const Molecule& molecule) : m_molecule(molecule) {}
    const Conformer* get(); ///< null if there is none

private:
    const Molecule& m_molecule;
    std::unique_ptr<Result<Conformer>> m_conformer;
};

/// The properties of a feature set, by name, as numbers.
class PropertyValues
{
public:
    PropertyValues(const Molecule& molecule, const FeatureSet& set, LazyConformer& conformer); ///< may throw
    ~PropertyValues();

    std::vector<float> atoms() const; ///< rows of floats, then one-hots
    std::vector<float> edges() const; ///< rows of directed edges
private:
    double floatOf(AtomFloat property, std::size_t atom) const;
    double bondsOf(AtomFloat property, std::size_t atom) const;
    double ringsOf(AtomFloat property, std::size_t atom) const;
    int slotOf(AtomOneHot property, std::size_t atom) const;
    void setChirality(float* slots, std::size_t atom) const;
    void setBond(BondProperty property, float* slots, std::size_t bond) const;

    const MolGraph& m_graph;
    LazyConformer& m_conformer;
    std::vector<AtomFloat> m_floats;
    std::vector<AtomOneHot> m_oneHots;
    std::vector<BondProperty> m_bonds;
    std::unique_ptr<RDKit::RWMol> m_mol;            ///< atoms as in the graph; null where the graph says everything
    std::vector<std::array<int, 5>> m_bondsOfTypes; ///< of each atom, by BondType
};

} // namespace papilio::chem
