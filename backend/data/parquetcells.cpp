// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/parquetcells.h"

#include <array>
#include <charconv>
#include <cmath>

namespace papilio::data
{

namespace
{
/// Finite numbers in the shortest form that reads back as the same one of their own width; others are missing.
template <typename T> void appendNumber(T value, std::string& out)
{
    if constexpr (std::is_floating_point_v<T>) {
        if (!std::isfinite(value)) {
            out += "nan";
            return;
        }
    }
    std::array<char, 40> text{};
    const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value);
    out.append(text.data(), end);
}

template <typename ArrayType> void appendOf(const arrow::Array& array, std::int64_t place, std::string& out)
{
    appendNumber(static_cast<const ArrayType&>(array).Value(place), out);
}

void appendElements(const arrow::Array& values, std::int64_t from, std::int64_t count, std::string& out)
{
    out += '[';
    for (std::int64_t i = 0; i < count; ++i) {
        out += i == 0 ? "" : ",";
        if (values.IsNull(from + i)) {
            out += "null";
        } else {
            appendCell(values, from + i, out);
        }
    }
    out += ']';
}

template <typename ArrayType> void appendList(const arrow::Array& array, std::int64_t place, std::string& out)
{
    const auto& list = static_cast<const ArrayType&>(array);
    appendElements(*list.values(), list.value_offset(place), list.value_length(place), out);
}

/// What has no rule of its own: dates, decimals, structures.
void appendScalar(const arrow::Array& array, std::int64_t place, std::string& out)
{
    const auto scalar = array.GetScalar(place);
    out += scalar.ok() ? (*scalar)->ToString() : std::string();
}
} // namespace

void appendCell(const arrow::Array& array, std::int64_t place, std::string& out)
{
    if (array.IsNull(place)) {
        return;
    }
    switch (array.type_id()) {
    case arrow::Type::BOOL:
        out += static_cast<const arrow::BooleanArray&>(array).Value(place) ? "true" : "false";
        return;
    case arrow::Type::INT8:
        return appendNumber(static_cast<int>(static_cast<const arrow::Int8Array&>(array).Value(place)), out);
    case arrow::Type::UINT8:
        return appendNumber(static_cast<int>(static_cast<const arrow::UInt8Array&>(array).Value(place)), out);
    case arrow::Type::INT16:
        return appendOf<arrow::Int16Array>(array, place, out);
    case arrow::Type::UINT16:
        return appendOf<arrow::UInt16Array>(array, place, out);
    case arrow::Type::INT32:
        return appendOf<arrow::Int32Array>(array, place, out);
    case arrow::Type::UINT32:
        return appendOf<arrow::UInt32Array>(array, place, out);
    case arrow::Type::INT64:
        return appendOf<arrow::Int64Array>(array, place, out);
    case arrow::Type::UINT64:
        return appendOf<arrow::UInt64Array>(array, place, out);
    case arrow::Type::FLOAT:
        return appendOf<arrow::FloatArray>(array, place, out);
    case arrow::Type::DOUBLE:
        return appendOf<arrow::DoubleArray>(array, place, out);
    case arrow::Type::STRING:
    case arrow::Type::BINARY:
        out += static_cast<const arrow::BinaryArray&>(array).GetView(place);
        return;
    case arrow::Type::LARGE_STRING:
    case arrow::Type::LARGE_BINARY:
        out += static_cast<const arrow::LargeBinaryArray&>(array).GetView(place);
        return;
    case arrow::Type::LIST:
        return appendList<arrow::ListArray>(array, place, out);
    case arrow::Type::LARGE_LIST:
        return appendList<arrow::LargeListArray>(array, place, out);
    case arrow::Type::FIXED_SIZE_LIST:
        return appendList<arrow::FixedSizeListArray>(array, place, out);
    case arrow::Type::DICTIONARY: {
        const auto& coded = static_cast<const arrow::DictionaryArray&>(array);
        return appendCell(*coded.dictionary(), coded.GetValueIndex(place), out);
    }
    default:
        return appendScalar(array, place, out);
    }
}

} // namespace papilio::data
