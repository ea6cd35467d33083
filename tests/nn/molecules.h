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

/// Molecules with their encodings, kept alive for a batch of them.
struct Molecules {
    std::vector<MolGraph> graphs;
    std::vector<Encodings> encodings;

    void add(MolGraph graph, Random& random)
    {
        Encodings made = encodingsOf(static_cast<int>(graph.atoms.size()));
        for (auto* values : {&made.laplacianVectors, &made.laplacianValues, &made.walkReturns}) {
            for (float& value : *values) {
                value = roundToHalf(static_cast<float>(2 * random.uniform() - 1));
            }
        }
        graphs.push_back(std::move(graph));
        encodings.push_back(std::move(made));
    }

    Batch batch() const
    {
        std::vector<MoleculeInput> inputs;
        for (std::size_t i = 0; i < graphs.size(); ++i) {
            inputs.push_back({&graphs[i], &encodings[i]});
        }
        return collate(inputs);
    }
};

/// A chain closed to a ring, with a bond more than a chain: about what small organic molecules have.
inline MolGraph ring(int atoms)
{
    MolGraph graph = chain(atoms);
    if (atoms > 2) {
        BondCode bond;
        bond.end = static_cast<std::uint16_t>(atoms - 1);
        bond.type = BondType::Aromatic;
        bond.inRing = true;
        graph.bonds.push_back(bond);
    }
    return graph;
}

/// Rings and chains of about that many atoms.
inline Molecules randomMolecules(int count, int atoms, std::uint64_t seed)
{
    Random random(seed);
    Molecules molecules;
    for (int i = 0; i < count; ++i) {
        const int size = std::max(1, atoms + static_cast<int>(random.below(5)) - 2);
        molecules.add(i % 3 == 0 ? chain(size) : ring(size), random);
    }
    return molecules;
}

/// Labels of all heads, one in ten missing.
inline void addLabels(Batch& batch, const ModelSpec& spec, std::uint64_t seed)
{
    Random random(seed);
    batch.labels.clear();
    for (const HeadSpec& head : spec.heads) {
        std::vector<float> labels;
        const auto count = batch.rows(head.level) * static_cast<std::int64_t>(head.columns.size());
        for (std::int64_t i = 0; i < count; ++i) {
            const auto classes = static_cast<std::uint64_t>(head.kind == TaskKind::Multiclass ? head.classes : 2);
            const double value = head.kind == TaskKind::Regression ? 2 * random.uniform() - 1
                                                                   : static_cast<double>(random.below(classes));
            labels.push_back(random.below(10) == 0 ? std::numeric_limits<float>::quiet_NaN()
                                                   : static_cast<float>(value));
        }
        batch.labels.push_back(std::move(labels));
    }
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
