// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/zipfile.h"

#include <algorithm>
#include <limits>
#include <utility>

#include <zlib.h>

#include "core/zipdirectory.h"

namespace papilio
{

namespace
{

/// zlib's lengths are unsigned int.
constexpr std::uint64_t mostAtOnce = std::uint64_t{1} << 30;

std::uint32_t crcOf(std::string_view bytes)
{
    uLong crc = ::crc32(0, nullptr, 0);
    while (!bytes.empty()) {
        const std::size_t count = std::min<std::size_t>(bytes.size(), mostAtOnce);
        crc = ::crc32(crc, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(count));
        bytes.remove_prefix(count);
    }
    return static_cast<std::uint32_t>(crc);
}

/// The unpacked bytes if they are exactly 'size', and all of 'packed' was used. Memory grows with what was unpacked.
bool inflateAll(std::string_view packed, std::uint64_t size, std::string& out)
{
    z_stream stream = {};
    if (::inflateInit2(&stream, -MAX_WBITS) != Z_OK) {
        return false;
    }
    int status = Z_OK;
    std::size_t done = 0;
    while (status == Z_OK) {
        if (stream.avail_in == 0) {
            const std::size_t count = std::min<std::size_t>(packed.size(), mostAtOnce);
            stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data())); // zlib does not write to it
            stream.avail_in = static_cast<uInt>(count);
            packed.remove_prefix(count);
        }
        if (done == out.size()) {
            // One byte more than expected is room enough to see that there is more.
            out.resize(std::min<std::uint64_t>(size + 1, std::max<std::uint64_t>(65536, 2 * out.size())));
        }
        const std::size_t room = std::min<std::size_t>(out.size() - done, mostAtOnce);
        stream.next_out = reinterpret_cast<Bytef*>(out.data() + done);
        stream.avail_out = static_cast<uInt>(room);
        status = ::inflate(&stream, Z_NO_FLUSH);
        done += room - stream.avail_out;
        if (done > size) {
            status = Z_DATA_ERROR;
        }
    }
    const bool complete = status == Z_STREAM_END && done == size && stream.avail_in == 0 && packed.empty();
    ::inflateEnd(&stream);
    out.resize(done);
    return complete;
}

} // namespace

ZipFile::ZipFile(RandomAccess access, std::vector<ZipEntry> entries)
    : m_access(std::move(access)), m_entries(std::move(entries))
{
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        m_index.emplace(m_entries[i].name, i);
    }
}

Result<ZipFile> ZipFile::fromAccess(RandomAccess access)
{
    auto entries = readZipDirectory(access);
    if (!entries) {
        return tl::unexpected<Error>(entries.error());
    }
    return ZipFile(std::move(access), std::move(*entries));
}

Result<ZipFile> ZipFile::open(const std::string& path)
{
    auto access = RandomAccess::open(path);
    if (!access) {
        return tl::unexpected<Error>(access.error());
    }
    return fromAccess(std::move(*access));
}

Result<ZipFile> ZipFile::fromBytes(std::string bytes, const std::string& where)
{
    return fromAccess(RandomAccess::fromBytes(std::move(bytes), where));
}

const ZipEntry* ZipFile::find(std::string_view name) const
{
    const auto found = m_index.find(name);
    return found == m_index.end() ? nullptr : &m_entries[found->second];
}

Result<std::string> ZipFile::readPacked(const ZipEntry& entry) const
{
    const auto begin = zip::dataOffset(m_access, entry);
    return begin ? m_access.read(*begin, entry.packedSize) : tl::unexpected<Error>(begin.error());
}

Result<std::string> ZipFile::read(const ZipEntry& entry, std::uint64_t limit) const
{
    const std::string name = zipNameForMessage(entry.name);
    if (entry.encrypted) {
        return fail(ErrorCode::Unsupported, where() + ": its entry " + name + " is encrypted.");
    }
    if (entry.method != zip::stored && entry.method != zip::deflated) {
        return fail(ErrorCode::Unsupported, where() + ": its entry " + name + " is packed by method " +
                                                std::to_string(entry.method) + "; stored and deflated are known.");
    }
    if (entry.size > std::min(limit, largestEntry)) {
        return fail(ErrorCode::BadInput, where() + ": its entry " + name + " has " + std::to_string(entry.size) +
                                             " bytes; at most " + std::to_string(std::min(limit, largestEntry)) +
                                             " are read.");
    }
    auto bytes = readPacked(entry);
    if (!bytes) {
        return bytes;
    }
    if (entry.method == zip::deflated) {
        std::string unpacked;
        if (!inflateAll(*bytes, entry.size, unpacked)) {
            return damagedZip(m_access, "its entry " + name + " cannot be unpacked to the " +
                                            std::to_string(entry.size) + " bytes that it should have");
        }
        *bytes = std::move(unpacked);
    }
    if (crcOf(*bytes) != entry.crc) {
        return damagedZip(m_access, "the checksum of its entry " + name + " is wrong");
    }
    return bytes;
}

bool startsLikeZip(std::string_view bytes)
{
    return bytes.starts_with("PK\x03\x04");
}

} // namespace papilio
