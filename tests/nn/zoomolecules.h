// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/features.h"
#include "tests/nn/molecules.h"
#include "tests/nn/zooparts.h"

/// Molecules for the networks of zoo.h.
namespace papilio::nn::test
{

/// Molecules with all inputs of one feature set, made up.
struct ZooMolecules {
    FeatureSet set = smallSpec(LayerType::Gcn).architecture.inputs;
    std::vector<MolGraph> graphs;
    std::vector<MoleculeInputs> inputs;

    void add(const MolGraph& graph, Random& random, bool positions = true)
    {
        MoleculeInputs made;
        made.atoms = static_cast<std::int64_t>(graph.atoms.size());
        made.edges = 2 * static_cast<std::int64_t>(graph.bonds.size());
        const Encodings none = encodingsOf(static_cast<int>(made.atoms));
        const MoleculeInput standard = {&graph, &none, nullptr};
        Batch batch = collate(std::span<const MoleculeInput>(&standard, 1));
        made.nodeFeatures = std::move(batch.nodeFeatures);
        made.edgeFeatures = std::move(batch.edgeFeatures);
        for (const EncodingSpec& spec : set.encodings) {
            MoleculeInputs::Block block{encodingKey(spec), spec.level, encodingWidth(spec), {}};
            const std::int64_t rows = spec.level == Level::Node   ? made.atoms
                                      : spec.level == Level::Edge ? made.edges
                                                                  : made.atoms * made.atoms;
            const bool missing = spec.type == EncodingType::Positions && !positions;
            for (std::int64_t i = 0; i < rows * block.width; ++i) {
                block.values.push_back(missing ? std::numeric_limits<float>::quiet_NaN()
                                               : static_cast<float>(2 * random.uniform() - 1));
            }
            made.encodings.push_back(std::move(block));
        }
        graphs.push_back(graph);
        inputs.push_back(std::move(made));
    }

    Batch batch() const
    {
        std::vector<MoleculeInput> all;
        for (std::size_t i = 0; i < graphs.size(); ++i) {
            all.push_back({&graphs[i], nullptr, &inputs[i]});
        }
        return collate(all, set);
    }

    ZooMolecules one(std::size_t i) const { return {set, {graphs[i]}, {inputs[i]}}; }
};

/// Rings and chains of about that many atoms; every fourth has no coordinates.
inline ZooMolecules zooMolecules(int count, int atoms, std::uint64_t seed)
{
    Random random(seed);
    ZooMolecules molecules;
    for (int i = 0; i < count; ++i) {
        const int size = std::max(1, atoms + static_cast<int>(random.below(5)) - 2);
        molecules.add(i % 3 == 0 ? chain(size) : ring(size), random, i % 4 != 3);
    }
    return molecules;
}

} // namespace papilio::nn::test
