// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/devices.h"

#include <algorithm>

#include "nn/torchmodel.h"

namespace papilio::nn
{

Result<at::Device> deviceOf(const std::string& name, int localRank)
{
    if (name == "cpu") {
        return at::Device(at::kCPU);
    }
    const auto devices = availableDevices();
    const std::size_t gpus = std::max<std::size_t>(1, devices.size() - 1); // all but "cpu"
    const std::string full =
        name == "cuda" ? "cuda:" + std::to_string(static_cast<std::size_t>(localRank) % gpus) : name;
    if (std::find(devices.begin(), devices.end(), full) == devices.end()) {
        std::string known;
        for (const std::string& device : devices) {
            known += (known.empty() ? "" : ", ") + device;
        }
        return fail(ErrorCode::Unsupported, "the device '" + name + "' is not available.",
                    "This build of LibTorch (" + torchVersion() + ") sees on this machine: " + known + ".");
    }
    return at::Device(full);
}

std::string torchVersion()
{
    return TORCH_VERSION;
}

std::vector<std::string> availableDevices()
{
    std::vector<std::string> devices = {"cpu"};
    if (at::hasCUDA()) {
        const auto count = at::detail::getCUDAHooks().getNumGPUs();
        for (int i = 0; i < count; ++i) {
            devices.push_back("cuda:" + std::to_string(i));
        }
    }
    return devices;
}

} // namespace papilio::nn
