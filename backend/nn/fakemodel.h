// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "nn/model.h"

namespace papilio::nn
{

/// A Model without LibTorch, for tests of what stands on top. It is linear, so its gradients and attributions are
/// exact:
///   output of atom i:           b + W xᵢ + Σ over bonds into it V e
///   output of bond (s, r):      b + W (xₛ + xᵣ) + V e
///   output of the pair (i, j):  b + W (xᵢ + xⱼ)
///   output of a molecule:       b + Σ over atoms W xᵢ + Σ over directed bonds V e
/// (also for BCE losses: no sigmoid follows.) Training drops whole feature columns at random, from StepSettings::seed
/// alone; Adam as documented in model.h, without muP. It looks at bonds if the architecture does. Parameters:
/// "heads.NAME.atoms" (outputs × atom columns), "heads.NAME.bonds" (outputs × bond columns), "heads.NAME.bias".
/// Intermediates: "gnn.0.out" (the atoms' features), "pool" (their sums), "head.NAME.0" (its outputs).
Result<std::unique_ptr<Model>> createFakeModel(const ModelSpec& spec, const ModelOptions& options);

} // namespace papilio::nn
