// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/randomaccess.h"

namespace papilio
{

/// One file inside a ZIP file, as its directory says.
struct ZipEntry {
    std::string name;       ///< relative, with '/', without '..'
    std::uint64_t size = 0; ///< unpacked
    std::uint64_t packedSize = 0;
    std::uint64_t headerOffset = 0;
    std::uint32_t crc = 0;
    std::uint16_t method = 0; ///< 0 stored, 8 deflated
    bool encrypted = false;
};

/// A ZIP file, for reading: Python wheels and PyTorch's checkpoints. Stored and deflated entries, ZIP64. Opening reads
/// the directory alone and refuses it whole where names leave the folder or occur twice, entries overlap or lie outside
/// of the file, or sizes are those of a zip bomb. Reading an entry compares it with its local header, its length and
/// its checksum.
class ZipFile
{
public:
    static Result<ZipFile> open(const std::string& path);
    static Result<ZipFile> fromBytes(std::string bytes, const std::string& where);

    const std::string& where() const { return m_access.where(); }
    const std::vector<ZipEntry>& entries() const { return m_entries; }
    const ZipEntry* find(std::string_view name) const; ///< null if there is none
    /// The unpacked bytes; an error, before anything is allocated, if they are more than 'limit'.
    Result<std::string> read(const ZipEntry& entry, std::uint64_t limit = largestEntry) const;

    static constexpr std::uint64_t largestEntry = std::uint64_t{1} << 34; ///< 16 GiB

private:
    ZipFile(RandomAccess access, std::vector<ZipEntry> entries);
    static Result<ZipFile> fromAccess(RandomAccess access);
    Result<std::string> readPacked(const ZipEntry& entry) const;

    RandomAccess m_access;
    std::vector<ZipEntry> m_entries;
    std::map<std::string, std::size_t, std::less<>> m_index;
};

/// True if the first bytes are those of a ZIP file.
bool startsLikeZip(std::string_view bytes);

} // namespace papilio
