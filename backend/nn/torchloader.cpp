// SPDX-License-Identifier: GPL-3.0-or-later
// The functions of torchmodel.h, processes.h and products.h for a program that is not linked with LibTorch: each loads
// papilio-torch.so first, once.
#include <filesystem>
#include <string_view>
#include <system_error>

#include <dlfcn.h>

#include "nn/torchmodel.h"
#include "nn/torchmodule.h"

namespace papilio::nn
{

namespace
{
namespace fs = std::filesystem;

constexpr std::string_view fileName = "papilio-torch.so";

/// Beside the program, where it was built, or where it is installed.
std::string placeOfModule()
{
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    const fs::path beside = program.parent_path() / fileName;
    const fs::path installed = program.parent_path() / PAPILIO_MODULE_FOLDER / fileName;
    return (fs::exists(installed, error) && !fs::exists(beside, error) ? installed : beside).lexically_normal().string();
}

Result<const TorchModule*> load()
{
    constexpr auto hint = "Install Papilio again, whole: papilio-torch.so and LibTorch belong to it.";
    const auto reason = [] {
        const char* text = ::dlerror();
        return std::string(text ? text : "no reason is given");
    };
    const std::string path = placeOfModule();
    void* const library = ::dlopen(path.c_str(), RTLD_LAZY | RTLD_LOCAL | RTLD_NODELETE);
    if (library == nullptr) {
        return fail(ErrorCode::Unsupported, "LibTorch cannot be loaded: " + reason() + ".", hint);
    }
    const auto module = reinterpret_cast<decltype(&papilioTorchModule)>(::dlsym(library, "papilioTorchModule"));
    if (module == nullptr) {
        return fail(ErrorCode::Unsupported, "'" + path + "' is not what Papilio computes with: " + reason() + ".", hint);
    }
    if (std::string_view(module()->papilioVersion) != PAPILIO_VERSION) {
        return fail(ErrorCode::Unsupported,
                    "'" + path + "' is of Papilio " + module()->papilioVersion + ", and this is " PAPILIO_VERSION ".", hint);
    }
    return module();
}

const Result<const TorchModule*>& torch()
{
    static const Result<const TorchModule*> module = load();
    return module;
}
} // namespace

Result<std::unique_ptr<Model>> createTorchModel(const ModelSpec& spec, const ModelOptions& options)
{
    return torch() ? (*torch())->createModel(spec, options) : tl::unexpected<Error>(torch().error());
}

/// A build for the CPU alone has nothing to look for.
std::vector<std::string> availableDevices()
{
#if PAPILIO_TORCH_GPU
    if (torch()) {
        return (*torch())->availableDevices();
    }
#endif
    return {"cpu"};
}

std::string whyNoGpu()
{
    return torch() ? (*torch())->whyNoGpu() : torch().error().text();
}

Result<std::unique_ptr<Processes>> joinProcesses(const ProcessPlace& place)
{
    return torch() ? (*torch())->joinProcesses(place) : tl::unexpected<Error>(torch().error());
}

Result<std::vector<MatrixProduct>> productsOfStep(const ModelSpec& spec, const Batch& batch, const ModelOptions& options)
{
    return torch() ? (*torch())->productsOfStep(spec, batch, options) : tl::unexpected<Error>(torch().error());
}

Result<ProductTime> timeProducts(std::span<const MatrixProduct> products, const ModelOptions& options, double seconds)
{
    return torch() ? (*torch())->timeProducts(products, options, seconds) : tl::unexpected<Error>(torch().error());
}

} // namespace papilio::nn
