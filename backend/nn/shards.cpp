// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/shards.h"

#include <algorithm>

#include "core/random.h"

namespace papilio::nn
{

namespace
{

constexpr std::uint64_t signStream = 0x7369676e;

Shard shardOf(const Batch& batch, std::int64_t firstGraph, std::int64_t endGraph)
{
    const auto begin = static_cast<std::size_t>(firstGraph);
    const auto end = static_cast<std::size_t>(endGraph);
    Shard shard;
    shard.firstGraph = firstGraph;
    shard.graphs = endGraph - firstGraph;
    shard.firstNode = batch.nodeStart[begin];
    shard.nodes = batch.nodeStart[end] - shard.firstNode;
    shard.firstEdge = batch.edgeStart[begin];
    shard.edges = batch.edgeStart[end] - shard.firstEdge;
    shard.nodeStart = batch.nodeStart.data() + begin;
    shard.list = {batch.senders.data() + shard.firstEdge, batch.receivers.data() + shard.firstEdge, shard.edges,
                  shard.firstNode};
    return shard;
}

} // namespace

std::vector<Shard> cutIntoShards(const Batch& batch, std::int64_t atomsWanted)
{
    const std::int64_t pieces =
        atomsWanted > 0 ? std::max<std::int64_t>(1, (batch.nodes + atomsWanted / 2) / atomsWanted) : 1;
    std::vector<Shard> shards;
    std::int64_t first = 0;
    for (std::int64_t piece = 1; piece <= pieces; ++piece) {
        std::int64_t end = batch.graphs;
        if (piece < pieces) {
            const std::int64_t atoms = batch.nodes * piece / pieces;
            const auto cut = std::lower_bound(batch.nodeStart.begin(), batch.nodeStart.end(), atoms);
            end = std::max(first, static_cast<std::int64_t>(cut - batch.nodeStart.begin()));
        }
        if (end > first || piece == pieces) {
            shards.push_back(shardOf(batch, first, end));
        }
        first = end;
    }
    return shards;
}

std::vector<float> randomSigns(const Batch& batch, std::uint64_t seed)
{
    constexpr auto columns = static_cast<std::size_t>(Encodings::laplacianCount);
    std::vector<float> signs(static_cast<std::size_t>(batch.nodes) * columns);
    for (std::size_t atom = 0; atom < static_cast<std::size_t>(batch.nodes); ++atom) {
        const std::uint64_t bits = mixSeed(seed, signStream, static_cast<std::uint64_t>(batch.graphOf[atom]));
        for (std::size_t k = 0; k < columns; ++k) {
            signs[atom * columns + k] = (bits >> k & 1U) != 0 ? -1.0F : 1.0F;
        }
    }
    return signs;
}

} // namespace papilio::nn
