// SPDX-License-Identifier: GPL-3.0-or-later
// Makes ZIP files, pickles and PyTorch checkpoints for tests, good ones and bad ones.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include <zlib.h>

#include <QtTest>

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

// Pieces of a pickle of protocol 2.
inline std::string text(const std::string& value)
{
    return std::string("X") + number(value.size(), 4) + value;
}
inline std::string global(const std::string& module, const std::string& name)
{
    return "c" + module + "\n" + name + "\n";
}
inline std::string integer(std::int64_t value)
{
    return std::string("\x8a\x08") + number(static_cast<std::uint64_t>(value), 8);
}
inline std::string tuple(const std::vector<std::string>& items)
{
    std::string out = "(";
    for (const std::string& item : items) {
        out += item;
    }
    return out + "t";
}
inline std::string integers(const std::vector<std::int64_t>& values)
{
    std::vector<std::string> items;
    for (const std::int64_t value : values) {
        items.push_back(integer(value));
    }
    return tuple(items);
}
inline std::string pickle(const std::string& value)
{
    return "\x80\x02" + value + ".";
}
inline const std::string orderedDict = global("collections", "OrderedDict") + ")R";

/// Key, value, key, value …
inline std::string dict(const std::vector<std::string>& items, const std::string& empty = "}")
{
    std::string out = empty + "(";
    for (const std::string& item : items) {
        out += item;
    }
    return out + "u";
}

inline std::string storage(const std::string& type, const std::string& key, std::int64_t values)
{
    return tuple({text("storage"), global("torch", type), text(key), text("cpu"), integer(values)}) + "Q";
}
inline std::string tensor(const std::string& ofStorage, std::int64_t offset, const std::vector<std::int64_t>& shape,
                          const std::vector<std::int64_t>& strides)
{
    return global("torch._utils", "_rebuild_tensor_v2") +
           tuple({ofStorage, integer(offset), integers(shape), integers(strides), "\x89", orderedDict}) + "R";
}

template <typename T> std::string raw(const std::vector<T>& values)
{
    std::string bytes(values.size() * sizeof(T), '\0');
    std::memcpy(bytes.data(), values.data(), bytes.size());
    return bytes;
}

/// The ZIP file around a pickle; 'storages' are named from "0".
inline std::string checkpoint(const std::string& pickled, const std::vector<std::string>& storages,
                              std::vector<Member> more = {})
{
    std::vector<Member> members = {{"archive/data.pkl", pickled}};
    for (std::size_t i = 0; i < storages.size(); ++i) {
        members.push_back({"archive/data/" + std::to_string(i), storages[i]});
    }
    members.insert(members.end(), more.begin(), more.end());
    members.push_back({"archive/version", "3\n"});
    return zip(members);
}

/// A good one: 'a' is 2 × 3 floats, 'b' its transpose's middle row, 'h' two halves.
inline std::string smallCheckpoint(const std::string& prefix = "")
{
    const std::string floats = storage("FloatStorage", "0", 6);
    return checkpoint(pickle(dict({text(prefix + "a"), tensor(floats, 0, {2, 3}, {3, 1}), text(prefix + "b"),
                                   tensor(floats, 1, {2}, {3}), text(prefix + "h"),
                                   tensor(storage("HalfStorage", "1", 2), 0, {2}, {1})},
                                  orderedDict)),
                      {raw<float>({1, 2, 3, 4, 5, 6}), raw<std::uint16_t>({0x3c00, 0xc000})});
}

} // namespace foreign

/// Refused with this code, by a message that names the file and says this.
#define VERIFY_REFUSED(result, errorCode, part)                                                                        \
    do {                                                                                                               \
        const auto& refusedResult = (result);                                                                          \
        QVERIFY(!refusedResult);                                                                                       \
        const std::string refusedText = refusedResult.error().text();                                                  \
        QVERIFY2(refusedResult.error().code == (errorCode), refusedText.c_str());                                      \
        QVERIFY2(refusedText.find(part) != std::string::npos, refusedText.c_str());                                    \
        QVERIFY2(refusedText.find("file") == 0, refusedText.c_str());                                                  \
    } while (false)
