// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/error.h"

namespace papilio
{

/// Bytes that are read at any place: of a regular file, or of memory. Copies share the file.
class RandomAccess
{
public:
    static Result<RandomAccess> open(const std::string& path);
    static RandomAccess fromBytes(std::string bytes, std::string where);

    const std::string& where() const { return m_where; } ///< the file's name in messages
    std::uint64_t size() const { return m_size; }
    /// Exactly 'count' bytes from 'offset'; Damaged where the file is shorter. Nothing is allocated beyond its size.
    Result<std::string> read(std::uint64_t offset, std::uint64_t count) const;

private:
    struct Source;
    RandomAccess(std::shared_ptr<const Source> source, std::string where, std::uint64_t size);
    std::shared_ptr<const Source> m_source;
    std::string m_where;
    std::uint64_t m_size;
};

} // namespace papilio
