// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/devices.h"

#include <algorithm>
#include <thread>

#include "nn/torchmodel.h"

namespace papilio::nn
{

namespace
{

std::string whyNot(const std::string& name, const std::vector<std::string>& devices)
{
    std::string text = "This build of LibTorch (" + torchVersion() + ") sees on this machine:";
    for (const std::string& device : devices) {
        text += (device == devices.front() ? " " : ", ") + device;
    }
    if (!name.starts_with("cuda") || devices.size() > 1) {
        return text + ".";
    }
    return text + ". " + whyNoGpu();
}

} // namespace

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
        return fail(ErrorCode::Unsupported, "the device '" + name + "' is not available.", whyNot(name, devices));
    }
    return at::Device(full);
}

Tensor toDevice(const Tensor& host, const at::Device& device)
{
    return device.is_cuda() ? host.pin_memory().to(device, /*non_blocking=*/true) : host.to(device);
}

void sumInSinglePrecision()
{
    at::globalContext().setAllowFP16ReductionCuBLAS(false);
#if TORCH_VERSION_MAJOR >= 2
    at::globalContext().setAllowBF16ReductionCuBLAS(false);
#endif
}

int threadsOn(const at::Device& device, int threads)
{
    if (!device.is_cpu()) {
        return 1;
    }
    return threads > 0 ? threads : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

std::string whyNoGpu()
{
    return at::CUDAHooksRegistry()->Has("CUDAHooks")
               ? "It has CUDA: does nvidia-smi list a GPU, does its driver know the build's release of CUDA, and does "
                 "CUDA_VISIBLE_DEVICES, if it is set, name one?"
               : "It is one for the CPU alone; the page 'GPUs' of the manual tells how to build with CUDA.";
}

std::vector<std::string> availableDevices()
{
    std::vector<std::string> devices = {"cpu"};
    try {
        const int count = at::hasCUDA() ? static_cast<int>(at::detail::getCUDAHooks().getNumGPUs()) : 0;
        for (int i = 0; i < count; ++i) {
            devices.push_back("cuda:" + std::to_string(i));
        }
    } catch (const std::exception&) { // a driver that is too old for the build, say: then there is none
    }
    return devices;
}

} // namespace papilio::nn
