// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/error.h"
#include "nn/safetensors.h"

namespace papilio::learn
{

/// What a published model consists of, collected from a wheel, a folder, or a file of weights with its neighbours.
struct ForeignFiles {
    nn::TensorFile weights;
    std::string config;      ///< YAML or JSON; empty if there is none
    std::string baseShapes;  ///< YAML; empty if there is none
    std::string tasks;       ///< tasks.json: what the outputs mean; empty if there is none
    std::string licenceText;
    std::string package;     ///< "minimol-1.3.5": a wheel's name and version, else the name of the folder or file
    std::string homepage;
    std::string source;      ///< "minimol-1.3.5-py3-none-any.whl, SHA-256 …"
};

/// 'path': *.whl, a folder, or a file of weights (*.safetensors, *.pth, *.pt, *.ckpt). Beside a wheel or a file of
/// weights, config.yaml (or NAME.yaml), base_shape.yaml and tasks.json are looked for; inside a wheel too.
Result<ForeignFiles> collectForeignFiles(const std::string& path);

} // namespace papilio::learn
