// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/bytes.h"

#include <algorithm>
#include <limits>

namespace papilio::store
{
namespace
{

enum OrderForm : char { Identity = 1, Narrow = 2, Wide = 3 };

} // namespace

std::optional<std::uint64_t> ByteReader::longVarint()
{
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
        const auto piece = take(1);
        if (!piece) {
            return {};
        }
        const auto byte = static_cast<std::uint8_t>(piece->front());
        if (shift == 63 && byte > 1) {
            return {}; // more than 64 bits
        }
        value |= std::uint64_t{byte & 0x7fU} << shift;
        if (byte < 0x80) {
            return value;
        }
    }
    return {};
}

std::string atomOrderToBytes(const std::vector<std::uint16_t>& order)
{
    std::string bytes;
    if (order.empty()) {
        return bytes;
    }
    std::uint16_t expected = 0;
    const bool identity = std::all_of(order.begin(), order.end(), [&expected](auto i) { return i == expected++; });
    const bool narrow = std::all_of(order.begin(), order.end(), [](auto i) { return i <= 0xff; });
    bytes += static_cast<char>(identity ? Identity : narrow ? Narrow : Wide);
    appendVarint(bytes, order.size());
    if (identity) {
        return bytes;
    }
    for (const std::uint16_t index : order) {
        if (narrow) {
            bytes += static_cast<char>(index);
        } else {
            appendNumber(bytes, index);
        }
    }
    return bytes;
}

std::optional<std::vector<std::uint16_t>> atomOrderFromBytes(std::string_view bytes)
{
    std::vector<std::uint16_t> order;
    if (bytes.empty()) {
        return order;
    }
    ByteReader reader(bytes.substr(1));
    const auto count = reader.varint();
    const char form = bytes.front();
    const std::size_t width = form == Identity ? 0 : form == Narrow ? 1 : 2;
    if (!count || *count > 0x10000 || form < Identity || form > Wide || reader.left() != *count * width) {
        return {};
    }
    order.reserve(*count);
    for (std::uint64_t i = 0; i < *count; ++i) {
        if (form == Identity) {
            order.push_back(static_cast<std::uint16_t>(i));
        } else {
            order.push_back(form == Narrow ? *reader.number<std::uint8_t>() : *reader.number<std::uint16_t>());
        }
    }
    return order;
}

std::string idsToBytes(const std::vector<std::int64_t>& ids)
{
    std::string bytes;
    appendVarint(bytes, ids.size());
    std::int64_t previous = 0;
    for (const std::int64_t id : ids) {
        appendVarint(bytes, static_cast<std::uint64_t>(id) - static_cast<std::uint64_t>(previous));
        previous = id;
    }
    return bytes;
}

std::optional<std::vector<std::int64_t>> idsFromBytes(std::string_view bytes)
{
    ByteReader reader(bytes);
    const auto count = reader.varint();
    if (!count || *count > reader.left()) { // at least a byte each
        return {};
    }
    std::vector<std::int64_t> ids;
    ids.reserve(*count);
    std::uint64_t id = 0;
    for (std::uint64_t i = 0; i < *count; ++i) {
        const auto difference = reader.varint();
        if (!difference) {
            return {};
        }
        id += *difference;
        ids.push_back(static_cast<std::int64_t>(id));
    }
    return reader.left() == 0 ? std::optional(std::move(ids)) : std::nullopt;
}

std::string floatsToBytes(const std::vector<float>& values)
{
    return std::string(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float));
}

std::optional<std::vector<float>> floatsFromBytes(std::string_view bytes)
{
    if (bytes.size() % sizeof(float) != 0) {
        return {};
    }
    std::vector<float> values(bytes.size() / sizeof(float));
    if (!values.empty()) {
        std::memcpy(values.data(), bytes.data(), bytes.size());
    }
    return values;
}

} // namespace papilio::store
