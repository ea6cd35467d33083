// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "nn/model.h"
#include "nn/processes.h"
#include "nn/products.h"

namespace papilio::nn
{

/// What the file papilio-torch.so gives: nn's half with LibTorch, which takes a quarter of a second and 100 MB to load.
/// torchloader.cpp loads it when something of it is first asked for, so that whoever imports, searches or looks at a project
/// does without. Both are of one build: C++ objects go between them.
struct TorchModule {
    const char* papilioVersion;
    Result<std::unique_ptr<Model>> (*createModel)(const ModelSpec&, const ModelOptions&);
    std::vector<std::string> (*availableDevices)();
    std::string (*whyNoGpu)();
    Result<std::unique_ptr<Processes>> (*joinProcesses)(const ProcessPlace&);
    Result<std::vector<MatrixProduct>> (*productsOfStep)(const ModelSpec&, const Batch&, const ModelOptions&);
    Result<ProductTime> (*timeProducts)(std::span<const MatrixProduct>, const ModelOptions&, double);
};

} // namespace papilio::nn

/// The one name that papilio-torch.so is asked for.
extern "C" const papilio::nn::TorchModule* papilioTorchModule();
