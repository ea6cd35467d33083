// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "nn/architecture.h"
#include "nn/safetensors.h"

namespace papilio::nn
{

/// One trainable tensor under the published library's name.
struct Parameter {
    enum class Role { Weight, Bias, NormWeight, NormBias };
    std::string name;
    std::vector<std::int64_t> shape;
    Role role = Role::Weight;

    std::int64_t count() const;
};

/// All trainable tensors of a network, in the published library's order. It has one LayerNorm that nothing uses
/// (rw_pos.first_normalization; the copy in its MLP is the one at work): kept, because files and counts have it.
std::vector<Parameter> listParameters(const ModelSpec& spec);

/// Xavier-uniform weights, zero biases, unit norms; the same on every machine.
TensorMap initialWeights(const ModelSpec& spec, std::uint64_t seed);

} // namespace papilio::nn
