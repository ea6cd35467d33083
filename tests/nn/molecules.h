// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>
#include <vector>

#include "core/random.h"
#include "tests/nn/fixtures.h"

/// Small made-up molecules and labels.
namespace papilio::nn::test
{

inline MolGraph chain(int atoms)
{
    MolGraph graph;
    for (int i = 0; i < atoms; ++i) {
        AtomCode atom;
        atom.atomicNumber = i % 3 == 2 ? 8 : 6;
        atom.degree = static_cast<std::int8_t>(i == 0 || i == atoms - 1 ? 1 : 2);
        atom.totalValence = 4;
        graph.atoms.push_back(atom);
        if (i > 0) {
            BondCode bond;
            bond.begin = static_cast<std::uint16_t>(i - 1);
            bond.end = static_cast<std::uint16_t>(i);
            bond.type = i % 2 ? BondType::Single : BondType::Double;
            graph.bonds.push_back(bond);
        }
    }
    return graph;
}

inline Encodings encodingsOf(int atoms)
{
    Encodings encodings;
    const auto n = static_cast<std::size_t>(atoms);
    for (std::size_t i = 0; i < n * 8; ++i) {
        encodings.laplacianVectors.push_back(static_cast<float>(i));
        encodings.laplacianValues.push_back(static_cast<float>(i) + 0.5F);
    }
    encodings.walkReturns.assign(n * 16, 0.25F);
    return encodings;
}

inline Batch smallBatch()
{
    static const MolGraph graphs[] = {chain(3), chain(1), chain(4)};
    static const Encodings encodings[] = {encodingsOf(3), encodingsOf(1), encodingsOf(4)};
    std::vector<MoleculeInput> inputs;
    for (std::size_t i = 0; i < 3; ++i) {
        inputs.push_back({&graphs[i], &encodings[i]});
    }
    return collate(inputs);
}

/// All levels and kinds at once.
inline ModelSpec mixedSpec()
{
    ModelSpec spec{*preset("gine-toymix"), {}};
    spec.heads = {head("a", 2, 8), head("b", 1, 8, TaskKind::Binary, Level::Node),
                  head("c", 2, 8, TaskKind::Multiclass, Level::Edge, 3)};
    return spec;
}

inline Batch labelledBatch()
{
    Batch batch = smallBatch();
    Random random(3);
    const float gap = std::numeric_limits<float>::quiet_NaN();
    batch.labels.resize(3);
    for (int i = 0; i < 3 * 2; ++i) {
        batch.labels[0].push_back(i == 2 ? gap : static_cast<float>(2 * random.uniform() - 1));
    }
    for (int i = 0; i < batch.nodes; ++i) {
        batch.labels[1].push_back(i == 5 ? gap : static_cast<float>(random.below(2)));
    }
    for (int i = 0; i < batch.edges * 2; ++i) {
        batch.labels[2].push_back(i == 1 ? gap : static_cast<float>(random.below(3)));
    }
    return batch;
}

} // namespace papilio::nn::test
