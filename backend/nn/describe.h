// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/architecture.h"
#include "nn/optiontable.h"

/// The option tables: every key, range and meaning of a network's settings stands here once.
namespace papilio::nn::options
{

Fields describe(Architecture& architecture);
Fields describe(FeatureSet& set);
Fields describe(EncodingSpec& spec);
Fields describe(EncoderSpec& spec);
Fields describe(GnnSpec& gnn);
Fields describe(MlpSpec& mlp);
Fields describe(OutputSpec& output, bool graph);
Fields describe(LossSpec& loss);
Fields describe(HeadSpec& head);
/// Everything of an MLP but its output width.
Fields describeHidden(MlpSpec& mlp);
/// What an override of a head may hold: describeHidden and "loss".
Fields describeHead(MlpSpec& mlp, LossSpec& loss);

inline constexpr double widest = 16384; ///< of any layer; beyond it a mistyped width would only eat the memory
inline constexpr double deepest = 100;
inline constexpr double mostDropout = 0.99;

} // namespace papilio::nn::options
