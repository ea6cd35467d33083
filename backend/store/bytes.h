// SPDX-License-Identifier: GPL-3.0-or-later
// Private to store.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace papilio::store
{

static_assert(std::endian::native == std::endian::little,
              "blobs are little-endian; this machine needs byte swaps here");

/// Appends a whole number in 1–10 bytes, seven bits each, lowest first; the top bit says that more follow.
inline void appendVarint(std::string& bytes, std::uint64_t value)
{
    while (value >= 0x80) {
        bytes += static_cast<char>(value | 0x80);
        value >>= 7;
    }
    bytes += static_cast<char>(value);
}

template <typename Number> void appendNumber(std::string& bytes, Number value)
{
    char raw[sizeof value];
    std::memcpy(raw, &value, sizeof value);
    bytes.append(raw, sizeof value);
}

/// Takes pieces off the front of bytes; never reads past their end.
class ByteReader
{
public:
    explicit ByteReader(std::string_view bytes) : m_rest(bytes) {}

    std::size_t left() const { return m_rest.size(); }
    std::optional<std::string_view> take(std::size_t count)
    {
        if (count > m_rest.size()) {
            return {};
        }
        const std::string_view piece = m_rest.substr(0, count);
        m_rest.remove_prefix(count);
        return piece;
    }
    std::optional<std::uint64_t> varint()
    {
        if (!m_rest.empty() && static_cast<std::uint8_t>(m_rest.front()) < 0x80) { // nearly all of them
            const auto value = static_cast<std::uint8_t>(m_rest.front());
            m_rest.remove_prefix(1);
            return value;
        }
        return longVarint();
    }
    template <typename Number> std::optional<Number> number()
    {
        const auto raw = take(sizeof(Number));
        if (!raw) {
            return {};
        }
        Number value;
        std::memcpy(&value, raw->data(), sizeof value);
        return value;
    }

private:
    std::optional<std::uint64_t> longVarint();

    std::string_view m_rest;
};

/// A row's atom order: empty, or its length and the indices; the very common 0, 1, 2, … takes 2 bytes.
std::string atomOrderToBytes(const std::vector<std::uint16_t>& order);
std::optional<std::vector<std::uint16_t>> atomOrderFromBytes(std::string_view bytes);

/// Ascending ids, as differences.
std::string idsToBytes(const std::vector<std::int64_t>& ids);
std::optional<std::vector<std::int64_t>> idsFromBytes(std::string_view bytes);

std::string floatsToBytes(const std::vector<float>& values);
std::optional<std::vector<float>> floatsFromBytes(std::string_view bytes);

} // namespace papilio::store
