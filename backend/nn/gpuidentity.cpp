// SPDX-License-Identifier: GPL-3.0-or-later
// Asks NVIDIA's driver, if there is one, by its own interface: that is the same for every build of LibTorch.
#include "nn/gpuidentity.h"

#include <array>
#include <charconv>
#include <dlfcn.h>
#include <string_view>

namespace papilio::nn
{

namespace
{

using Uuid = std::array<unsigned char, 16>;

class Driver
{
public:
    Driver() : m_library(dlopen("libcuda.so.1", RTLD_NOW | RTLD_LOCAL)) {}
    // The library stays: LibTorch may use it by now.

    bool uuidOf(int number, Uuid& uuid) const
    {
        int device = 0;
        const auto initialise = function<int(unsigned)>("cuInit");
        const auto get = function<int(int*, int)>("cuDeviceGet");
        auto tell = function<int(Uuid*, int)>("cuDeviceGetUuid_v2"); // which knows parts of a GPU, too
        if (tell == nullptr) {
            tell = function<int(Uuid*, int)>("cuDeviceGetUuid");
        }
        return initialise != nullptr && get != nullptr && tell != nullptr && initialise(0) == 0 &&
               get(&device, number) == 0 && tell(&uuid, device) == 0;
    }

private:
    template <typename Signature> Signature* function(const char* name) const
    {
        return m_library == nullptr ? nullptr : reinterpret_cast<Signature*>(dlsym(m_library, name));
    }

    void* m_library;
};

} // namespace

std::optional<int> gpuNumber(const std::string& device)
{
    constexpr std::string_view prefix = "cuda:";
    if (!device.starts_with(prefix)) {
        return std::nullopt;
    }
    int number = 0;
    const char* end = device.data() + device.size();
    const auto [stop, problem] = std::from_chars(device.data() + prefix.size(), end, number);
    return problem == std::errc() && stop == end && number >= 0 ? std::optional(number) : std::nullopt;
}

std::string gpuIdentity(const std::string& device)
{
    const std::optional<int> number = gpuNumber(device);
    Uuid uuid{};
    if (!number || !Driver().uuidOf(*number, uuid)) {
        return {};
    }
    std::string text;
    for (const unsigned char byte : uuid) {
        constexpr const char* digits = "0123456789abcdef";
        text += {digits[byte / 16], digits[byte % 16]};
    }
    return text;
}

} // namespace papilio::nn
