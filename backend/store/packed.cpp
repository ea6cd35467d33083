// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/packed.h"

#include <zlib.h>

#include "store/bytes.h"

namespace papilio::store
{

std::string packBytes(std::string_view bytes)
{
    std::string packed;
    appendNumber(packed, static_cast<std::uint32_t>(bytes.size()));
    const std::size_t head = packed.size();
    uLongf length = compressBound(static_cast<uLong>(bytes.size()));
    packed.resize(head + length);
    compress2(reinterpret_cast<Bytef*>(packed.data() + head), &length, reinterpret_cast<const Bytef*>(bytes.data()),
              static_cast<uLong>(bytes.size()), 1); // cannot fail: the room is enough
    packed.resize(head + length);
    return packed;
}

std::optional<std::string> unpackBytes(std::string_view packed, std::size_t most)
{
    ByteReader reader(packed);
    const auto size = reader.number<std::uint32_t>();
    if (!size || *size > most) {
        return {};
    }
    std::string bytes(*size, '\0');
    uLongf length = *size;
    const std::string_view rest = *reader.take(reader.left());
    if (uncompress(reinterpret_cast<Bytef*>(bytes.data()), &length, reinterpret_cast<const Bytef*>(rest.data()),
                   static_cast<uLong>(rest.size())) != Z_OK ||
        length != *size) {
        return {};
    }
    return bytes;
}

} // namespace papilio::store
