// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/shards.h"

#include <algorithm>

#include "core/random.h"

namespace papilio::nn
{

namespace
{

constexpr std::uint64_t signStream = 0x7369676e;

std::int64_t squaresOf(const Batch& batch, std::int64_t firstGraph, std::int64_t endGraph)
{
    std::int64_t squares = 0;
    for (auto g = static_cast<std::size_t>(firstGraph); g < static_cast<std::size_t>(endGraph); ++g) {
        const std::int64_t atoms = batch.nodeStart[g + 1] - batch.nodeStart[g];
        squares += atoms * atoms;
    }
    return squares;
}

Shard shardOf(const Batch& batch, std::int64_t firstGraph, std::int64_t endGraph, std::int64_t firstSquare)
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
    shard.firstPair = batch.pairStart[begin];
    shard.pairs = batch.pairStart[end] - shard.firstPair;
    shard.firstSquare = firstSquare;
    shard.squares = squaresOf(batch, firstGraph, endGraph);
    shard.nodeStart = batch.nodeStart.data() + begin;
    shard.edgeStart = batch.edgeStart.data() + begin;
    shard.pairStart = batch.pairStart.data() + begin;
    shard.list = {batch.senders.data() + shard.firstEdge, batch.receivers.data() + shard.firstEdge, shard.edges,
                  shard.firstNode};
    return shard;
}

float signOf(std::uint64_t bits, int column)
{
    return (bits >> (column % 64) & 1U) != 0 ? -1.0F : 1.0F;
}

} // namespace

RowCounts& RowCounts::operator+=(const RowCounts& other)
{
    graphs += other.graphs;
    nodes += other.nodes;
    edges += other.edges;
    pairs += other.pairs;
    squares += other.squares;
    return *this;
}

RowCounts rowCounts(const Batch& batch)
{
    return {batch.graphs, batch.nodes, batch.edges, batch.rows(Level::NodePair), squaresOf(batch, 0, batch.graphs)};
}

std::vector<std::int64_t> cutIntoPieces(std::span<const std::int64_t> nodeStart, std::int64_t atomsWanted)
{
    const auto graphs = static_cast<std::int64_t>(nodeStart.size()) - 1;
    const std::int64_t nodes = nodeStart.back() - nodeStart.front();
    const std::int64_t pieces =
        atomsWanted > 0 ? std::max<std::int64_t>(1, (nodes + atomsWanted / 2) / atomsWanted) : 1;
    std::vector<std::int64_t> ends;
    for (std::int64_t piece = 1; piece <= pieces && pieces > 1; ++piece) {
        // The last one is cut in two: a thread that comes late then has less to do while the others wait.
        const std::int64_t halves = piece < pieces ? 2 * piece : 2 * pieces - 1;
        const std::int64_t atoms = nodeStart.front() + nodes * halves / (2 * pieces);
        const auto cut = std::lower_bound(nodeStart.begin(), nodeStart.end(), atoms);
        const std::int64_t end = std::min<std::int64_t>(graphs, cut - nodeStart.begin());
        if (end > (ends.empty() ? 0 : ends.back()) && end < graphs) {
            ends.push_back(end);
        }
    }
    ends.push_back(graphs);
    return ends;
}

std::vector<Shard> cutIntoShards(const Batch& batch, std::int64_t atomsWanted, const RowCounts& before)
{
    const bool share = atomsWanted > 0 && !batch.pieceEnds.empty();
    std::vector<Shard> shards;
    std::int64_t first = 0;
    std::int64_t squares = 0;
    for (const std::int64_t end : share ? batch.pieceEnds : cutIntoPieces(batch.nodeStart, atomsWanted)) {
        shards.push_back(shardOf(batch, first, end, squares));
        shards.back().before = before;
        squares += shards.back().squares;
        first = end;
    }
    return shards;
}

std::vector<float> randomSigns(const Shard& shard, int eigenvectors, std::uint64_t seed, std::uint64_t stream)
{
    std::vector<float> signs;
    signs.reserve(static_cast<std::size_t>(shard.graphs) * static_cast<std::size_t>(eigenvectors));
    for (std::int64_t g = 0; g < shard.graphs; ++g) {
        const auto graph = static_cast<std::uint64_t>(shard.firstRow(Level::Graph) + g);
        std::uint64_t bits = 0;
        for (int k = 0; k < eigenvectors; ++k) {
            if (k % 64 == 0) {
                bits = mixSeed(seed, mixSeed(signStream, stream, static_cast<std::uint64_t>(k)), graph);
            }
            signs.push_back(signOf(bits, k));
        }
    }
    return signs;
}

std::vector<float> randomColumnSigns(int columns, std::uint64_t seed, std::uint64_t stream)
{
    std::vector<float> signs;
    for (int k = 0; k < columns; ++k) {
        const auto block = static_cast<std::uint64_t>(k - k % 64);
        signs.push_back(signOf(mixSeed(seed, mixSeed(signStream, stream, block)), k));
    }
    return signs;
}

} // namespace papilio::nn
