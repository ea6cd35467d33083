// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "nn/torchheaders.h"

namespace papilio::nn
{

/// The tensors of a network in the order of listParameters(). Modules hold places in it, no tensors: any number of
/// threads may run one network.
using Weights = std::vector<Tensor>;

/// Place of each tensor by name; −1 = the network has none of that name.
class Places
{
public:
    explicit Places(const std::vector<std::string>& names);
    int of(const std::string& name) const;

private:
    std::unordered_map<std::string, int> m_places;
};

inline Tensor pick(const Weights& weights, int place)
{
    return place < 0 ? Tensor() : weights[static_cast<std::size_t>(place)];
}

} // namespace papilio::nn
