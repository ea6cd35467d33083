// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rawvalues.h"

#include <bit>
#include <cstring>

#include "core/encodings.h"

namespace papilio
{

namespace
{

static_assert(std::endian::native == std::endian::little, "the raw data is little-endian");

bool isContiguous(const StridedView& view)
{
    std::int64_t expected = 1;
    for (std::size_t i = view.shape.size(); i-- > 0;) {
        if (view.shape[i] != 1 && view.strides[i] != expected) {
            return false;
        }
        expected *= view.shape[i];
    }
    return true;
}

template <typename T, typename Convert>
std::vector<float> gather(std::string_view bytes, const StridedView& view, Convert convert)
{
    std::uint64_t count = 1;
    for (const std::int64_t size : view.shape) {
        count *= static_cast<std::uint64_t>(size);
    }
    std::vector<float> values(count);
    if (count == 0) {
        return values; // its other sizes may be anything
    }
    const auto at = [&](std::uint64_t index) {
        T value;
        std::memcpy(&value, bytes.data() + index * sizeof(T), sizeof(T));
        return convert(value);
    };
    if (isContiguous(view)) {
        for (std::uint64_t i = 0; i < count; ++i) {
            values[i] = at(view.offset + i);
        }
        return values;
    }
    std::vector<std::int64_t> place(view.shape.size(), 0);
    std::uint64_t index = view.offset;
    for (float& value : values) {
        value = at(index);
        for (std::size_t axis = place.size(); axis-- > 0;) {
            index += static_cast<std::uint64_t>(view.strides[axis]);
            if (++place[axis] < view.shape[axis]) {
                break;
            }
            index -= static_cast<std::uint64_t>(view.strides[axis]) * static_cast<std::uint64_t>(view.shape[axis]);
            place[axis] = 0;
        }
    }
    return values;
}

template <typename T> std::vector<float> gatherNumbers(std::string_view bytes, const StridedView& view)
{
    return gather<T>(bytes, view, [](T value) { return static_cast<float>(value); });
}

} // namespace

std::uint64_t rawBytes(RawType type)
{
    switch (type) {
    case RawType::Float64:
    case RawType::Int64:
        return 8;
    case RawType::Float32:
    case RawType::Int32:
        return 4;
    case RawType::Float16:
    case RawType::BFloat16:
    case RawType::Int16:
        return 2;
    case RawType::Int8:
    case RawType::UInt8:
    case RawType::Bool:
        return 1;
    }
    return 1;
}

std::string_view rawTypeName(RawType type)
{
    switch (type) {
    case RawType::Float16:
        return "float16";
    case RawType::BFloat16:
        return "bfloat16";
    case RawType::Float32:
        return "float32";
    case RawType::Float64:
        return "float64";
    case RawType::Int8:
        return "int8";
    case RawType::Int16:
        return "int16";
    case RawType::Int32:
        return "int32";
    case RawType::Int64:
        return "int64";
    case RawType::UInt8:
        return "uint8";
    case RawType::Bool:
        return "bool";
    }
    return "float32";
}

std::vector<float> gatherFloats(RawType type, std::string_view bytes, const StridedView& view)
{
    switch (type) {
    case RawType::Float16:
        return gather<std::uint16_t>(bytes, view, [](std::uint16_t half) { return fromHalf(half); });
    case RawType::BFloat16:
        return gather<std::uint16_t>(bytes, view,
                                     [](std::uint16_t top) { return std::bit_cast<float>(std::uint32_t{top} << 16); });
    case RawType::Float32:
        return gatherNumbers<float>(bytes, view);
    case RawType::Float64:
        return gatherNumbers<double>(bytes, view);
    case RawType::Int8:
        return gatherNumbers<std::int8_t>(bytes, view);
    case RawType::Int16:
        return gatherNumbers<std::int16_t>(bytes, view);
    case RawType::Int32:
        return gatherNumbers<std::int32_t>(bytes, view);
    case RawType::Int64:
        return gatherNumbers<std::int64_t>(bytes, view);
    case RawType::UInt8:
        return gatherNumbers<std::uint8_t>(bytes, view);
    case RawType::Bool:
        return gather<std::uint8_t>(bytes, view, [](std::uint8_t value) { return value != 0 ? 1.0F : 0.0F; });
    }
    return {};
}

} // namespace papilio
