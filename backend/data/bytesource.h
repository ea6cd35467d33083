// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "core/error.h"
#include "core/hash.h"

namespace papilio::data
{

/// The bytes of a file; gzip, bzip2 and zstd (told by their first bytes, several members too) are unpacked on the way, and so
/// is the one table in a ZIP file.
class ByteSource
{
public:
    /// 'hash', if given, sees every raw byte that is read.
    static Result<std::unique_ptr<ByteSource>> open(const std::string& path, Sha256* hash = nullptr);
    ~ByteSource();
    ByteSource(const ByteSource&) = delete;
    ByteSource& operator=(const ByteSource&) = delete;

    /// Up to 'size' bytes; 0 = end of the file. What could be unpacked before a fault is given first, then Damaged.
    Result<std::size_t> read(char* out, std::size_t size);
    /// Reads the raw rest away, so that the hash covers the whole file.
    Result<> drain();

    bool compressed() const;
    const std::string& packing() const; ///< "gzip", "bzip2", "zstd", "zip"; empty = plain
    const std::string& name() const; ///< the path, or the name in the ZIP file: whose ending may tell the format
    std::int64_t rawRead() const; ///< bytes of the file read for what read() has given, the measure of progress
    std::int64_t rawSize() const;

private:
    struct Data;
    explicit ByteSource(std::unique_ptr<Data> data);
    std::unique_ptr<Data> m_data;
};

/// The file's name without its folder, as messages call it.
std::string fileName(const std::string& path);
std::string quotedName(const std::string& path); ///< the same in quotes

} // namespace papilio::data
