// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/error.h"
#include "nn/parity.h"

/// Comparison with the published library's own numbers, beyond the networks (nn/parity.h): what needs chemistry, and the
/// metrics.
namespace papilio::engine
{

using ParityResults = std::vector<nn::ParityResult>;

/// Features, encodings and node pairs of 64 molecules, the largest deviation of all for each tensor
/// (features.json, features.safetensors). Eigenvectors up to sign and where the eigenvalue is simple; all of them by
/// L v = λ v.
Result<ParityResults> checkFeatures(const std::string& folder);

/// Metrics (metrics.json, predictions.csv): ours against scikit-learn and SciPy, the published library's variants
/// against its own values.
Result<ParityResults> checkMetrics(const std::string& folder);

/// The foundation model from SMILES (minimol.json, minimol.safetensors): 1 − cosine of fingerprints, against 0.0005
/// (0.001 for molecules with a repeated eigenvalue, whose vectors depend on processor and BLAS in the original).
Result<ParityResults> checkFromSmiles(const std::string& folder, nn::Model& model);

} // namespace papilio::engine
