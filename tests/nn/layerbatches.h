// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/nn/molecules.h"

/// What the networks of layercases.h read.
namespace papilio::nn::test
{

inline std::string pairKey()
{
    return encodingKey({EncodingType::ShortestPath, Level::NodePair, 1});
}

/// Numbers of bonds between atoms, −1 where there is no path, as the encoding of node pairs.
inline void addPairs(Batch& batch)
{
    EncodingRows rows;
    rows.key = pairKey();
    rows.level = Level::NodePair;
    rows.width = 1;
    for (std::int64_t g = 0; g < batch.graphs; ++g) {
        const std::int64_t first = batch.nodeStart[static_cast<std::size_t>(g)];
        const std::int64_t atoms = batch.nodeStart[static_cast<std::size_t>(g + 1)] - first;
        for (std::int64_t from = 0; from < atoms; ++from) {
            std::vector<float> distance(static_cast<std::size_t>(atoms), -1.0F);
            std::vector<std::int64_t> wave = {from};
            distance[static_cast<std::size_t>(from)] = 0;
            for (float steps = 1; !wave.empty(); ++steps) {
                std::vector<std::int64_t> next;
                for (auto e = static_cast<std::size_t>(batch.edgeStart[static_cast<std::size_t>(g)]);
                     e < static_cast<std::size_t>(batch.edgeStart[static_cast<std::size_t>(g + 1)]); ++e) {
                    float& to = distance[static_cast<std::size_t>(batch.receivers[e] - first)];
                    if (to < 0 && std::find(wave.begin(), wave.end(), batch.senders[e] - first) != wave.end()) {
                        to = steps;
                        next.push_back(batch.receivers[e] - first);
                    }
                }
                wave = next;
            }
            rows.values.insert(rows.values.end(), distance.begin(), distance.end());
        }
    }
    for (float& value : rows.values) {
        value *= 0.3F;
    }
    batch.encodings.push_back(std::move(rows));
}

inline bool readsPairs(const ModelSpec& spec)
{
    return spec.architecture.gnn.layer.type == LayerType::Gps && spec.architecture.gnn.layer.gps.bias;
}

/// A batch with what the network reads.
inline Batch batchFor(const ModelSpec& spec, const Molecules& molecules)
{
    Batch batch = molecules.batch();
    if (readsPairs(spec)) {
        addPairs(batch);
    }
    return batch;
}

} // namespace papilio::nn::test
