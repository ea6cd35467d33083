// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "nn/batch.h"
#include "nn/kernels.h"

namespace papilio::nn
{

/// Rows of each level. Pairs are unordered ones (i < j); squares: the N² rows that encodings of node pairs have.
struct RowCounts {
    std::int64_t graphs = 0, nodes = 0, edges = 0, pairs = 0, squares = 0;

    std::int64_t of(Level level) const
    {
        return level == Level::Graph ? graphs : level == Level::Node ? nodes : level == Level::Edge ? edges : pairs;
    }
    RowCounts& operator+=(const RowCounts& other);
};
RowCounts rowCounts(const Batch& batch);

/// A run of rows that is computed in one piece: whole molecules of a batch, one after the other.
struct Shard {
    std::int64_t graphs = 0, nodes = 0, edges = 0, pairs = 0, squares = 0;
    std::int64_t firstGraph = 0, firstNode = 0, firstEdge = 0, firstPair = 0, firstSquare = 0; ///< in the batch
    const std::int64_t* nodeStart = nullptr; ///< graphs + 1, counted in the batch
    const std::int64_t* edgeStart = nullptr; ///< likewise
    const std::int64_t* pairStart = nullptr; ///< likewise
    kernels::Edges list;
    RowCounts before; ///< rows of the parts of a step that come before this batch

    std::int64_t rows(Level level) const
    {
        return level == Level::Graph ? graphs : level == Level::Node ? nodes : level == Level::Edge ? edges : pairs;
    }
    /// Number of the first row in the batch.
    std::int64_t firstInBatch(Level level) const
    {
        return level == Level::Graph  ? firstGraph
               : level == Level::Node ? firstNode
               : level == Level::Edge ? firstEdge
                                      : firstPair;
    }
    /// The same counted through all parts of a step: what random numbers depend on, so that a batch and its parts draw
    /// the same.
    std::int64_t firstRow(Level level) const { return before.of(level) + firstInBatch(level); }
};

/// Atoms of a piece on the CPU: it fits a core's cache, and is still enough for quick matrix products.
inline constexpr std::int64_t atomsOfPiece = 512;

/// Where batches with these first atoms of their molecules (one more than molecules) are cut: the molecule behind each
/// piece, at least one. Of several, the last is cut once more.
std::vector<std::int64_t> cutIntoPieces(std::span<const std::int64_t> nodeStart, std::int64_t atomsWanted);

/// Cuts a batch into runs of whole molecules with about as many atoms each. It depends on the batch alone, so that sums
/// over shards are the same on any number of threads. atomsWanted = 0: one shard. The shards point into the batch.
std::vector<Shard> cutIntoShards(const Batch& batch, std::int64_t atomsWanted, const RowCounts& before = {});

/// +1 or −1 for each molecule of a shard and each eigenvector: an eigenvector's sign means nothing, and a network that
/// sees both learns so. 'stream' tells several encoders apart.
std::vector<float> randomSigns(const Shard& shard, int eigenvectors, std::uint64_t seed, std::uint64_t stream = 0);

/// The published system's: one sign a column for the whole batch.
std::vector<float> randomColumnSigns(int columns, std::uint64_t seed, std::uint64_t stream = 0);

} // namespace papilio::nn
