// SPDX-License-Identifier: GPL-3.0-or-later
// Makes pickles and PyTorch checkpoints for tests, good ones and bad ones.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include <QtTest>

#include "tests/support/zipfiles.h"

namespace foreign
{

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
