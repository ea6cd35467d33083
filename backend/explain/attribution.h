// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "nn/model.h"

namespace papilio::explain
{

enum class Method : std::uint8_t {
    GradientInput,       ///< Σ over features of input × gradient, one backward pass
    IntegratedGradients, ///< the gradient averaged over 32 steps from the all-zero input (Sundararajan 2017)
};
std::string_view methodName(Method method); ///< "gradient-input", "integrated-gradients"
std::optional<Method> methodFromName(std::string_view name);

/// What each atom and bond adds to the model's output for one task (normalised value or logit).
struct Attribution {
    std::vector<double> atoms; ///< one a heavy atom, order of the graph
    std::vector<double> bonds; ///< one an undirected bond (both directions summed); zeros if bonds are not looked at
    double output = 0;         ///< the output explained
    double baseline = 0;       ///< output for the all-zero input (integrated gradients), else 0
    /// |Σ scores − (output − baseline)|: how far the parts are from the whole. Meaningful for integrated gradients.
    double sumGap = 0;
};

/// molecule: one graph with its encodings, or with the inputs of the model's feature set.
Result<Attribution> attribute(nn::Model& model, const nn::MoleculeInput& molecule, const nn::GradientTarget& target,
                              Method method);

} // namespace papilio::explain
