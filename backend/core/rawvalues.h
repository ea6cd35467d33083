// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace papilio
{

/// How numbers lie in a file, little-endian.
enum class RawType : std::uint8_t { Float16, BFloat16, Float32, Float64, Int8, Int16, Int32, Int64, UInt8, Bool };

std::uint64_t rawBytes(RawType type);
std::string_view rawTypeName(RawType type); ///< "float16", …

/// A rectangular part of an array of numbers, as views of tensors are: element (i, j, …) lies at
/// offset + i·strides[0] + j·strides[1] + …
struct StridedView {
    std::uint64_t offset = 0;
    std::vector<std::int64_t> shape;
    std::vector<std::int64_t> strides; ///< as many as 'shape', none negative
};

/// The view's elements, row-major. The caller has checked that all lie within 'bytes'.
std::vector<float> gatherFloats(RawType type, std::string_view bytes, const StridedView& view);

} // namespace papilio
