// SPDX-License-Identifier: GPL-3.0-or-later
// Private to store.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace papilio::store
{

/// Bytes behind their length (32 bits), compressed with zlib at its fastest.
std::string packBytes(std::string_view bytes);
/// Nothing if they contradict their length, or that is over 'most'.
std::optional<std::string> unpackBytes(std::string_view packed, std::size_t most = std::size_t{1} << 30);

} // namespace papilio::store
