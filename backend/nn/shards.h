// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "nn/batch.h"
#include "nn/kernels.h"

namespace papilio::nn
{

/// A run of rows that is computed in one piece: whole molecules of a batch, one after the other.
struct Shard {
    std::int64_t graphs = 0, nodes = 0, edges = 0;
    std::int64_t firstGraph = 0, firstNode = 0, firstEdge = 0; ///< in the batch
    const std::int64_t* nodeStart = nullptr;                   ///< graphs + 1, counted in the batch
    kernels::Edges list;

    std::int64_t firstRow(Level level) const
    {
        return level == Level::Graph ? firstGraph : level == Level::Node ? firstNode : firstEdge;
    }
};

/// Cuts a batch into runs of whole molecules with about as many atoms each. It depends on the batch alone, so that sums
/// over shards are the same on any number of threads. atomsWanted = 0: one shard.
std::vector<Shard> cutIntoShards(const Batch& batch, std::int64_t atomsWanted);

/// +1 or −1 for each atom and eigenvector, equal within a molecule: an eigenvector's sign means nothing, and a network
/// that sees both learns so. (The published system flips the eigenvalues instead, for the whole batch at once.)
std::vector<float> randomSigns(const Batch& batch, std::uint64_t seed);

} // namespace papilio::nn
