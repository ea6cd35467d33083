// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace papilio::nn
{

/// A dense tensor of 32-bit floats, row-major. Files may hold F16, BF16, F64 and integers; they are converted on
/// reading.
struct HostTensor {
    std::vector<std::int64_t> shape;
    std::vector<float> values;
};
using TensorMap = std::map<std::string, HostTensor>;

/// The safetensors format: 8 bytes little-endian header length, JSON header, raw data. Never executes anything.
struct TensorFile {
    TensorMap tensors;
    std::map<std::string, std::string> metadata; ///< the header's "__metadata__"
};

/// Every length, offset and shape is checked before it is used; Damaged says which tensor and what is wrong.
/// 'where' names the file in messages.
Result<TensorFile> parseSafetensors(std::string_view bytes, const std::string& where);
Result<TensorFile> readSafetensors(const std::string& path);
std::string toSafetensors(const TensorFile& file);
/// Writes beside the target and renames, so that a reader never sees half a file.
Result<> writeSafetensors(const std::string& path, const TensorFile& file);

} // namespace papilio::nn
