// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "nn/architecture.h"
#include "nn/kernels.h"
#include "nn/shards.h"
#include "nn/torchheaders.h"

namespace papilio::nn
{

class TensorProcesses;

/// Takes the tensors inside the network that somebody asked for, by name.
struct Recorder {
    struct Item {
        Level level = Level::Node;
        Tensor tensor;
    };
    std::set<std::string> wanted;
    std::map<std::string, Item> items;

    bool complete() const { return items.size() == wanted.size(); }
};

/// What a batch norm has seen in a training pass. It becomes part of the running statistics once the step has
/// succeeded: running ← 0.9 · running + 0.1 · batch, count ← count + 1. Places are those in the list of weights.
struct BatchStatistics {
    int meanPlace = -1, variancePlace = -1, countPlace = -1;
    Tensor mean, variance; ///< variance: divided by rows − 1
};

/// How operations are carried out in one pass: with the CPU kernels, or with LibTorch's own operations ("plain": on
/// other devices, and to check the kernels against). Both give the same numbers up to rounding, dropout included.
struct Pass {
    const Shard* shard = nullptr;
    TensorProcesses* processes = nullptr; ///< in training, those that share the step; null = none
    bool plain = false;
    bool training = false;
    std::uint64_t seed = 0;
    std::uint64_t layer = 0;                 ///< counts the layers with dropout
    std::uint64_t earlierPasses = 0;         ///< that the model has made (quirk residualCounter)
    Tensor senders, receivers, graphOf;      ///< indices counted from the shard's first row
    std::vector<std::pair<Tensor, Tensor>> attention; ///< slots and padding of each group of attention, once made
    Recorder* recorder = nullptr;            ///< null = nobody asks
    std::vector<BatchStatistics> statistics; ///< filled in training, in the order of computation

    /// Dropout of the next layer, whose rows belong to the shard's first row times 'times'.
    kernels::Dropout nextDropout(double share, Level level, std::int64_t times = 1);

    /// True if somebody asks for tensors and has them all: the rest need not be computed.
    bool recorded() const { return recorder != nullptr && recorder->complete(); }
    void record(const std::string& name, Level level, const Tensor& tensor)
    {
        if (recorder != nullptr && recorder->wanted.contains(name)) {
            recorder->items[name] = {level, tensor};
        }
    }
};

/// A linear map and what follows it; undefined bias = none, undefined gamma = no norm.
struct LinearWeights {
    Tensor weight, bias, gamma, beta;
};
/// linear → layer norm → activation → dropout.
Tensor dense(const Tensor& x, const LinearWeights& weights, kernels::Activation activation,
             const kernels::Dropout& dropout, bool plain);
/// The same of [x ‖ fixed], where nobody asks for gradients by 'fixed' and most of it may be 0, as features are. x may be
/// undefined. By kernels alone.
Tensor denseBeside(const Tensor& x, const Tensor& fixed, const LinearWeights& weights, kernels::Activation activation,
                   const kernels::Dropout& dropout);
/// The same without the linear map.
Tensor finish(const Tensor& x, const Tensor& gamma, const Tensor& beta, kernels::Activation activation,
              const kernels::Dropout& dropout, bool plain);

/// y = [x +] Σ over in-edges x(sender).
Tensor sumNeighbours(const Tensor& x, bool withSelf, const Pass& pass);
/// y = x + Σ over in-edges relu(x(sender) + bond).
Tensor sumMessages(const Tensor& x, const Tensor& bonds, const Pass& pass);
/// [x(u) + x(v) ‖ |x(u) − x(v)|] for each edge.
Tensor pairFeatures(const Tensor& x, const Pass& pass);
/// See kernels::pairLayer; values and vectors: atoms × eigenvectors.
Tensor pairLayer(const Tensor& values, const Tensor& vectors, const Tensor& weight, const Tensor& bias,
                 const kernels::Dropout& dropout);
/// Sum, Mean or Max alone, by kernel, of atoms or directed bonds; all of them: pooling.h.
Tensor poolByKernel(const Tensor& x, kernels::Reduce reduce, const Pass& pass, Level level = Level::Node);

} // namespace papilio::nn
