// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/error.h"
#include "nn/model.h"

/// Comparison with reference numbers of the published library: networks, training steps and its foundation model. The
/// files: NAME.json (configuration) beside NAME.safetensors (weights under "state/", inputs, expected tensors).
namespace papilio::nn
{

/// One tensor, or one number, that was compared.
struct ParityResult {
    std::string fixture;   ///< "gine_toymix"
    std::string tensor;    ///< "out/qm9"
    double deviation = 0;  ///< largest difference; infinite where shapes differ or a value is not finite
    double tolerance = 0;
    bool relative = true;  ///< to the largest entry of the expected tensor
    std::string note;      ///< what was special, or why it could not be computed

    bool passed() const { return deviation <= tolerance; }
};

/// Names of the fixtures in a folder: every NAME.json that has an "architecture".
Result<std::vector<std::string>> parityFixtures(const std::string& folder);

/// A network: number of parameters, outputs, all intermediate tensors, and what else the file holds: outputs under muP,
/// of later passes, and with gradients enabled (the quirks that these are about are switched accordingly).
Result<std::vector<ParityResult>> checkModelFixture(const std::string& folder, const std::string& name,
                                                    const ModelFactory& factory, const ModelOptions& options = {});

/// A training: predictions, losses, first gradients, and the weights after each of 20 steps, for both of its runs.
Result<std::vector<ParityResult>> checkTrainingFixture(const std::string& folder, const std::string& name,
                                                       const ModelFactory& factory, const ModelOptions& options = {});

/// The losses (folder with losses.json), with gaps and without, and their gradients.
Result<std::vector<ParityResult>> checkLosses(const std::string& folder);

/// The foundation model on stored inputs: fingerprints (absolute 1e-4) and heads (absolute 1e-3), the largest deviation
/// of all molecules for each. The model has its weights already.
Result<std::vector<ParityResult>> checkFoundationModel(const std::string& file, Model& model);

/// Inputs of one batch ("feat", "edge_feat", "edge_index", "batch", "num_nodes", "num_edges", encodings by key) as the
/// feature set asks for them. Without "batch": a single molecule.
Result<Batch> batchFromTensors(const TensorMap& tensors, const FeatureSet& set);

/// Largest difference, divided by the largest expected entry if 'relative'.
double deviation(const std::vector<float>& values, const std::vector<float>& expected, bool relative);

} // namespace papilio::nn
