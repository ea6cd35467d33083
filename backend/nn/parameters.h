// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "nn/architecture.h"
#include "nn/safetensors.h"

namespace papilio::nn
{

/// One tensor of a network under the published library's name.
struct Parameter {
    enum class Role : std::uint8_t {
        Weight,       ///< Xavier uniform
        Bias,         ///< zeros
        NormWeight,   ///< ones
        NormBias,     ///< zeros
        Width,        ///< means and widths of the Gaussian kernels: uniform in [0, 3)
        Frequency,    ///< of the Bessel basis: n · π
        RunningMean,  ///< of a batch norm; not trained, not counted
        RunningVar,   ///< likewise, starts with ones
        BatchCount,   ///< likewise: batches seen, a single number
        Constant,     ///< weights of the random residual, columns an ensemble's member sees: drawn once, never trained
        LogVariance,  ///< learnt loss weights: trained, not counted
    };
    std::string name;
    std::vector<std::int64_t> shape;
    Role role = Role::Weight;
    double rate = 1; ///< muP: factor of Adam's learning rate (1 / ratio of input widths for matrices between widths)

    std::int64_t count() const;
    bool trained() const { return role < Role::RunningMean || role == Role::LogVariance; }
    bool counted() const { return role < Role::RunningMean; }
};

/// All tensors of a network, in the published library's order. It has some that nothing uses (quirk M8: e.g.
/// rw_pos.first_normalization; the copy in its MLP is the one at work): kept, because files and counts have them.
std::vector<Parameter> listParameters(const ModelSpec& spec);

/// Buffers of the published library's files that have one value for ever and are no tensors here: ε of GIN and GINE, 0.
std::vector<std::string> fixedZeros(const ModelSpec& spec);

/// muP: what the input of a read-out layer of this name is divided by; 1 for all others. ("….node_projection", last
/// layers of heads.)
double readoutDivisor(const ModelSpec& spec, const std::string& linearLayer);

/// Initial values by role; the same on every machine.
TensorMap initialWeights(const ModelSpec& spec, std::uint64_t seed);

} // namespace papilio::nn
