// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

namespace papilio::nn
{

/// 1 of "cuda:1"; nothing if that is no such name.
std::optional<int> gpuNumber(const std::string& device);

/// What tells the GPU behind the name of a device ("cuda:1") from all others, however a process numbers those that its
/// launcher shows it: two processes of a host may each have another "cuda:0". Empty if the driver does not tell.
std::string gpuIdentity(const std::string& device);

} // namespace papilio::nn
