// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace papilio
{

/// A value of a pickle; refers to others by their index, so that cycles and depth cost nothing.
using PickleId = std::uint32_t;

struct PickleNode {
    enum class Kind : std::uint8_t {
        None,
        Bool,       ///< 'integer'
        Integer,    ///< 'integer'
        BigInteger, ///< beyond 64 bits; no value kept
        Float,      ///< 'number'
        Text,       ///< 'text', valid UTF-8
        Bytes,      ///< 'text'
        Tuple,      ///< 'items'
        List,       ///< 'items'; or 'integers' alone, where they were packed
        Set,        ///< 'items'
        Dict,       ///< 'items': key, value, key, value …; collections.OrderedDict as well
        Global,     ///< 'text': "module name"; a name, nothing behind it
        Persistent, ///< 'items': what the file's owner is asked for (PyTorch: a storage)
        Call,       ///< 'items': what would be called, its arguments, and its state if it gets one; nothing is called
    };
    Kind kind = Kind::None;
    std::int64_t integer = 0;
    double number = 0;
    std::string text;
    std::vector<PickleId> items;
    std::vector<std::int64_t> integers;
};

struct PickleLimits {
    std::size_t mostValues = 2'000'000;
    std::uint64_t mostBytes = std::uint64_t{64} << 20; ///< of a pickle inside another file
    /// Lists of nothing but integers become 'integers', eight bytes each, which do not count as values: split files
    /// hold millions.
    bool packIntegers = false;
};

struct PickleDocument {
    std::deque<PickleNode> nodes;
    PickleId root = 0;

    const PickleNode& operator[](PickleId id) const { return nodes[id]; }
};

/// Reads a pickle of protocol 0 to 5 as data. Nothing is ever imported, constructed or called: a global is a name, a
/// call is a record of what was to be called. Names that belong to no weights file (os.system, builtins.eval, and
/// whatever else is not listed in pickleglobals.h) make the whole file refused, by BadInput that names them. Memory is
/// bounded by the length of the file and by a number of values; nesting costs none.
Result<PickleDocument> parsePickle(std::string_view bytes, const std::string& where, const PickleLimits& limits = {});

} // namespace papilio
