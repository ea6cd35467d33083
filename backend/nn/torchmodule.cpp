// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/torchmodule.h"

#include "nn/torchmodel.h"

const papilio::nn::TorchModule* papilioTorchModule()
{
    using namespace papilio::nn;
    static const TorchModule module{PAPILIO_VERSION, createTorchModel, availableDevices, whyNoGpu,
                                    joinProcesses,   productsOfStep,   timeProducts};
    return &module;
}
