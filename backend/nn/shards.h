// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "nn/batch.h"
#include "nn/functions.h"

namespace papilio::nn
{

/// Cuts a batch into runs of whole molecules with about as many atoms each. It depends on the batch alone, so that sums
/// over shards are the same on any number of threads. atomsWanted = 0: one shard.
std::vector<Shard> cutIntoShards(const Batch& batch, std::int64_t atomsWanted);

/// +1 or −1 for each atom and eigenvector, equal within a molecule: an eigenvector's sign means nothing, and a network
/// that sees both learns so. (The published system flips the eigenvalues instead, for the whole batch at once.)
std::vector<float> randomSigns(const Batch& batch, std::uint64_t seed);

} // namespace papilio::nn
