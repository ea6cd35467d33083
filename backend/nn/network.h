// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "nn/architecture.h"
#include "nn/functions.h"
#include "nn/weights.h"

namespace papilio::nn
{

/// Input tensors of one shard, as they stand in the batch (random signs are the encoders' business).
struct NetworkInput {
    Tensor nodeFeatures;                     ///< atoms × F
    Tensor edgeFeatures;                     ///< directed edges × G
    std::map<std::string, Tensor> encodings; ///< by key; rows × width, rows as in EncodingRows
};

/// A network as a function of its weights (in the order of listParameters). Holds no tensors itself, so any number of
/// threads may run it.
class Network
{
public:
    explicit Network(const ModelSpec& spec);
    ~Network();

    /// One output a head, after what its lastActivation says.
    std::vector<Tensor> forward(const Weights& weights, const NetworkInput& input, Pass& pass) const;

    /// What a pass with a recorder can give, in the order of computation.
    std::vector<std::string> intermediateNames() const;

    /// True if training needs the whole batch in one piece (batch norm).
    bool needsWholeBatch() const;

private:
    struct Parts;
    std::unique_ptr<const Parts> m_parts;
};

} // namespace papilio::nn
