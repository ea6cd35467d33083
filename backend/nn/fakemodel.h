// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "nn/model.h"

namespace papilio::nn
{

/// A Model without LibTorch, for tests of what stands on top. It is linear, so its gradients and attributions are
/// exact: node-level output of atom i:       b + W xᵢ + Σ over bonds into it V e edge-level output of bond (s, r):  b +
/// W (xₛ + xᵣ) + V e graph-level output:                b + Σ over atoms W xᵢ + Σ over directed bonds V e Training
/// drops whole feature columns at random, from StepSettings::seed alone; Adam as documented in model.h. It looks at
/// bonds if the architecture does (GINE). Parameters: "heads.NAME.atoms" (outputs × 85), "heads.NAME.bonds" (outputs ×
/// 13), "heads.NAME.bias".
Result<std::unique_ptr<Model>> createFakeModel(const ModelSpec& spec, const ModelOptions& options);

} // namespace papilio::nn
