// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/batch.h"

#include <algorithm>
#include <cassert>

#include "core/features.h"

namespace papilio::nn
{

namespace
{

/// Appends a molecule's rows; a wrong length is a fault of the caller and never reads past the end.
void append(std::vector<float>& to, const std::vector<float>& from, std::size_t count)
{
    assert(from.size() == count);
    const auto end = from.begin() + static_cast<std::ptrdiff_t>(std::min(count, from.size()));
    to.insert(to.end(), from.begin(), end);
    to.resize(to.size() + count - std::min(count, from.size()), 0.0F);
}

void appendEdge(Batch& batch, const BondCode& bond, std::int64_t firstAtom)
{
    const std::int64_t begin = firstAtom + bond.begin;
    const std::int64_t end = firstAtom + bond.end;
    batch.senders.insert(batch.senders.end(), {begin, end});
    batch.receivers.insert(batch.receivers.end(), {end, begin});

    const std::size_t at = batch.edgeFeatures.size();
    batch.edgeFeatures.resize(at + 2 * std::size_t{bondFeatureCount});
    float* row = batch.edgeFeatures.data() + at;
    expandBond(bond, std::span<float, bondFeatureCount>(row, bondFeatureCount));
    std::copy_n(row, bondFeatureCount, row + bondFeatureCount);
}

void reserve(Batch& batch, std::span<const MoleculeInput> molecules)
{
    std::size_t atoms = 0;
    std::size_t bonds = 0;
    for (const MoleculeInput& molecule : molecules) {
        atoms += molecule.graph->atoms.size();
        bonds += molecule.graph->bonds.size();
    }
    batch.nodeFeatures.reserve(atoms * atomFeatureCount);
    batch.laplacianVectors.reserve(atoms * Encodings::laplacianCount);
    batch.laplacianValues.reserve(atoms * Encodings::laplacianCount);
    batch.walkReturns.reserve(atoms * Encodings::walkCount);
    batch.graphOf.reserve(atoms);
    batch.edgeFeatures.reserve(2 * bonds * bondFeatureCount);
    batch.senders.reserve(2 * bonds);
    batch.receivers.reserve(2 * bonds);
    batch.nodeStart.reserve(molecules.size() + 1);
    batch.edgeStart.reserve(molecules.size() + 1);
}

} // namespace

Batch collate(std::span<const MoleculeInput> molecules)
{
    Batch batch;
    reserve(batch, molecules);
    batch.nodeStart.push_back(0);
    batch.edgeStart.push_back(0);
    for (const MoleculeInput& molecule : molecules) {
        const MolGraph& graph = *molecule.graph;
        const std::size_t atoms = graph.atoms.size();

        std::size_t at = batch.nodeFeatures.size();
        batch.nodeFeatures.resize(at + atoms * atomFeatureCount);
        for (const AtomCode& atom : graph.atoms) {
            expandAtom(atom, std::span<float, atomFeatureCount>(batch.nodeFeatures.data() + at, atomFeatureCount));
            at += atomFeatureCount;
        }
        append(batch.laplacianVectors, molecule.encodings->laplacianVectors, atoms * Encodings::laplacianCount);
        append(batch.laplacianValues, molecule.encodings->laplacianValues, atoms * Encodings::laplacianCount);
        append(batch.walkReturns, molecule.encodings->walkReturns, atoms * Encodings::walkCount);
        batch.graphOf.insert(batch.graphOf.end(), atoms, batch.graphs);
        for (const BondCode& bond : graph.bonds) {
            appendEdge(batch, bond, batch.nodes);
        }

        batch.graphs += 1;
        batch.nodes += static_cast<std::int64_t>(atoms);
        batch.edges += 2 * static_cast<std::int64_t>(graph.bonds.size());
        batch.nodeStart.push_back(batch.nodes);
        batch.edgeStart.push_back(batch.edges);
    }
    return batch;
}

} // namespace papilio::nn
