// SPDX-License-Identifier: GPL-3.0-or-later
// Makes ZIP files for tests, good ones and bad ones.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <zlib.h>

namespace foreign
{

inline std::string number(std::uint64_t value, int bytes)
{
    std::string text;
    for (; bytes > 0; --bytes, value >>= 8) {
        text += static_cast<char>(value & 0xff);
    }
    return text;
}

struct Member {
    std::string name;
    std::string bytes;
    bool deflated = false;
    // What is wrong with it, for tests of damage.
    std::uint32_t crcChange = 0;
    std::int64_t sizeChange = 0;
    std::string localName = {};
    std::uint16_t method = 0xffff; ///< instead of the right one
    std::uint16_t flags = 0;
};

inline std::string deflated(const std::string& bytes)
{
    z_stream stream = {};
    deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

/// A ZIP file; with 'zip64' all sizes and offsets stand in the 64-bit fields.
inline std::string zip(const std::vector<Member>& members, bool zip64 = false)
{
    std::string out, directory;
    for (const Member& member : members) {
        const std::string packed = member.deflated ? deflated(member.bytes) : member.bytes;
        const std::uint16_t method =
            member.method != 0xffff ? member.method : static_cast<std::uint16_t>(member.deflated ? 8 : 0);
        const auto crc = static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(member.bytes.data()),
                                                          static_cast<uInt>(member.bytes.size()))) ^
                         member.crcChange;
        const std::uint64_t size = member.bytes.size() + static_cast<std::uint64_t>(member.sizeChange);
        const std::uint64_t offset = out.size();
        const std::string& local = member.localName.empty() ? member.name : member.localName;
        const std::string common = number(20, 2) + number(member.flags, 2) + number(method, 2) + number(0, 4) +
                                   number(crc, 4) + number(zip64 ? 0xffffffff : packed.size(), 4) +
                                   number(zip64 ? 0xffffffff : size, 4);
        out += "PK\x03\x04" + common + number(local.size(), 2) + number(0, 2) + local + packed;
        const std::string extra =
            !zip64 ? std::string()
                   : number(1, 2) + number(24, 2) + number(size, 8) + number(packed.size(), 8) + number(offset, 8);
        directory += std::string("PK\x01\x02") + number(20, 2) + common + number(member.name.size(), 2) +
                     number(extra.size(), 2) + number(0, 12 - 2) + number(zip64 ? 0xffffffff : offset, 4) +
                     member.name + extra;
    }
    const std::uint64_t start = out.size();
    out += directory;
    if (zip64) {
        const std::uint64_t end = out.size();
        out += std::string("PK\x06\x06") + number(44, 8) + number(45, 2) + number(45, 2) + number(0, 8) +
               number(members.size(), 8) + number(members.size(), 8) + number(directory.size(), 8) + number(start, 8);
        out += std::string("PK\x06\x07") + number(0, 4) + number(end, 8) + number(1, 4);
    }
    return out + "PK\x05\x06" + number(0, 4) + number(zip64 ? 0xffff : members.size(), 2) +
           number(zip64 ? 0xffff : members.size(), 2) + number(zip64 ? 0xffffffff : directory.size(), 4) +
           number(zip64 ? 0xffffffff : start, 4) + number(0, 2);
}

} // namespace foreign
