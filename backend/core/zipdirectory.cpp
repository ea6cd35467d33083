// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/zipdirectory.h"

#include <algorithm>
#include <set>

namespace papilio
{

std::uint64_t zip::number(std::string_view bytes, std::size_t at, int count)
{
    std::uint64_t value = 0;
    for (int i = count - 1; i >= 0; --i) {
        value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
    }
    return value;
}

Result<std::uint64_t> zip::dataOffset(const RandomAccess& access, const ZipEntry& entry)
{
    const auto header = access.read(entry.headerOffset, localHeaderBytes);
    if (!header) {
        return tl::unexpected<Error>(header.error());
    }
    const std::string name = zipNameForMessage(entry.name);
    const std::uint64_t nameBytes = number(*header, 26, 2), extraBytes = number(*header, 28, 2);
    if (number(*header, 0, 4) != localSignature || number(*header, 8, 2) != entry.method) {
        return damagedZip(access, "the entry " + name + " is not where the directory says");
    }
    const auto localName = access.read(entry.headerOffset + localHeaderBytes, nameBytes);
    if (!localName) {
        return tl::unexpected<Error>(localName.error());
    }
    if (*localName != entry.name) {
        return damagedZip(access, "the directory's entry " + name + " calls itself " + zipNameForMessage(*localName));
    }
    return entry.headerOffset + localHeaderBytes + nameBytes + extraBytes;
}

std::string zipNameForMessage(std::string_view name)
{
    std::string text = "'";
    for (const char c : name.substr(0, 120)) {
        const auto byte = static_cast<unsigned char>(c);
        text += byte < 0x20 || byte >= 0x7f ? '?' : c;
    }
    return text + (name.size() > 120 ? "…'" : "'");
}

tl::unexpected<Error> damagedZip(const RandomAccess& access, const std::string& what)
{
    return fail(ErrorCode::Damaged, access.where() + ": " + what + ".",
                "The file is cut off, altered, or not a ZIP file; get it again.");
}

namespace
{

constexpr std::uint64_t endBytes = 22, end64Bytes = 56, locatorBytes = 20, centralBytes = 46;
constexpr std::uint32_t endSignature = 0x06054b50, end64Signature = 0x06064b50, locatorSignature = 0x07064b50,
                        centralSignature = 0x02014b50;
constexpr std::uint64_t longestComment = 0xffff;
constexpr std::uint64_t largestDirectory = std::uint64_t{64} << 20;
// Deflate packs at most 1,032 bytes into one. What is large and packed more than a hundredfold is no model file.
constexpr std::uint64_t mostDeflated = 1032, suspiciousSize = std::uint64_t{64} << 20, suspiciousRatio = 100;

struct Directory {
    std::uint64_t entries = 0, offset = 0, size = 0, end = 0; ///< 'end': where the records behind the directory start
};

/// Offset of the end record; searched from behind, its comment must fill the file.
Result<std::uint64_t> findEnd(const RandomAccess& access)
{
    const std::uint64_t tail = std::min(access.size(), endBytes + longestComment);
    const std::uint64_t start = access.size() - tail;
    const auto bytes = access.read(start, tail);
    if (!bytes) {
        return tl::unexpected<Error>(bytes.error());
    }
    for (std::uint64_t at = tail >= endBytes ? tail - endBytes + 1 : 0; at-- > 0;) {
        if (zip::number(*bytes, at, 4) == endSignature && at + endBytes + zip::number(*bytes, at + 20, 2) == tail) {
            return start + at;
        }
    }
    return damagedZip(access, "it has no ZIP directory at its end");
}

Result<> readEnd64(const RandomAccess& access, Directory& directory)
{
    const auto locator = access.read(directory.end - locatorBytes, locatorBytes);
    if (!locator) {
        return tl::unexpected<Error>(locator.error());
    }
    const std::uint64_t at = zip::number(*locator, 8, 8);
    if (zip::number(*locator, 4, 4) != 0 || zip::number(*locator, 16, 4) > 1) {
        return fail(ErrorCode::Unsupported, access.where() + ": a ZIP file in several volumes.");
    }
    if (at > directory.end - locatorBytes || directory.end - locatorBytes - at < end64Bytes) {
        return damagedZip(access, "its ZIP64 end record lies outside of the file");
    }
    const auto record = access.read(at, end64Bytes);
    if (!record) {
        return tl::unexpected<Error>(record.error());
    }
    if (zip::number(*record, 0, 4) != end64Signature) {
        return damagedZip(access, "its ZIP64 end record is not where it should be");
    }
    directory = {zip::number(*record, 32, 8), zip::number(*record, 48, 8), zip::number(*record, 40, 8), at};
    return {};
}

Result<Directory> findDirectory(const RandomAccess& access)
{
    const auto end = findEnd(access);
    if (!end) {
        return tl::unexpected<Error>(end.error());
    }
    const auto record = access.read(*end, endBytes);
    if (!record) {
        return tl::unexpected<Error>(record.error());
    }
    if (zip::number(*record, 4, 2) != zip::number(*record, 6, 2)) {
        return fail(ErrorCode::Unsupported, access.where() + ": a ZIP file in several volumes.");
    }
    Directory directory{zip::number(*record, 10, 2), zip::number(*record, 16, 4), zip::number(*record, 12, 4), *end};
    if (*end >= locatorBytes) {
        const auto signature = access.read(*end - locatorBytes, 4);
        if (signature && zip::number(*signature, 0, 4) == locatorSignature) {
            PAPILIO_TRY(readEnd64(access, directory));
        }
    }
    if (directory.offset > directory.end || directory.size > directory.end - directory.offset ||
        directory.size > largestDirectory) {
        return damagedZip(access, "its directory claims " + std::to_string(directory.size) + " bytes at " +
                                      std::to_string(directory.offset) + ", which is outside of the file or too much");
    }
    if (directory.entries > directory.size / centralBytes) {
        return damagedZip(access, "its directory claims more entries than it has room for");
    }
    return directory;
}

/// Sizes of 2³² − 1 stand in the ZIP64 field of 'extra', in a fixed order.
bool readExtra(std::string_view extra, ZipEntry& entry)
{
    constexpr std::uint64_t elsewhere = 0xffffffff;
    const bool wanted = entry.size == elsewhere || entry.packedSize == elsewhere || entry.headerOffset == elsewhere;
    while (wanted && extra.size() >= 4) {
        const std::uint64_t id = zip::number(extra, 0, 2), length = zip::number(extra, 2, 2);
        if (length > extra.size() - 4) {
            return false;
        }
        std::string_view field = extra.substr(4, length);
        extra.remove_prefix(4 + length);
        if (id != 1) {
            continue;
        }
        for (std::uint64_t* value : {&entry.size, &entry.packedSize, &entry.headerOffset}) {
            if (*value == elsewhere) {
                if (field.size() < 8) {
                    return false;
                }
                *value = zip::number(field, 0, 8);
                field.remove_prefix(8);
            }
        }
        return true;
    }
    return !wanted;
}

bool isSafeName(std::string_view name)
{
    if (name.empty() || name.front() == '/' || name.find('\\') != name.npos || name.find('\0') != name.npos ||
        (name.size() > 1 && name[1] == ':')) {
        return false;
    }
    for (std::size_t start = 0; start <= name.size();) {
        const std::size_t end = std::min(name.find('/', start), name.size());
        const std::string_view part = name.substr(start, end - start);
        if (part == ".." || part == "." || (part.empty() && end != name.size())) {
            return false;
        }
        start = end + 1;
    }
    return true;
}

Result<> checkEntry(const RandomAccess& access, const ZipEntry& entry, ZipUse use)
{
    const std::string name = zipNameForMessage(entry.name);
    if (!isSafeName(entry.name)) {
        return fail(ErrorCode::BadInput, access.where() + ": its entry " + name + " would leave the folder.",
                    "No honest file has such a name; do not use it.");
    }
    if (entry.method != zip::stored && entry.method != zip::deflated) {
        return {}; // refused when it is read
    }
    if (entry.method == zip::stored ? entry.size != entry.packedSize : entry.size / mostDeflated > entry.packedSize) {
        return damagedZip(access, "its entry " + name + " claims " + std::to_string(entry.size) + " bytes, which its " +
                                      std::to_string(entry.packedSize) + " cannot hold");
    }
    if (use == ZipUse::Whole && entry.size > suspiciousSize && entry.size / suspiciousRatio > entry.packedSize) {
        return fail(ErrorCode::BadInput,
                    access.where() + ": its entry " + name + " would grow from " + std::to_string(entry.packedSize) +
                        " to " + std::to_string(entry.size) + " bytes.",
                    "Such a file is made to fill memory; do not use it.");
    }
    return {};
}

/// Entries that share bytes are how small files unpack to endless ones.
Result<> checkLayout(const RandomAccess& access, const std::vector<ZipEntry>& entries, std::uint64_t directoryOffset)
{
    std::vector<const ZipEntry*> order;
    std::set<std::string_view> names;
    for (const ZipEntry& entry : entries) {
        if (!names.insert(entry.name).second) {
            return damagedZip(access, "its entry " + zipNameForMessage(entry.name) + " occurs twice");
        }
        order.push_back(&entry);
    }
    std::sort(order.begin(), order.end(),
              [](const ZipEntry* a, const ZipEntry* b) { return a->headerOffset < b->headerOffset; });
    for (std::size_t i = 0; i < order.size(); ++i) {
        const std::uint64_t next = i + 1 < order.size() ? order[i + 1]->headerOffset : directoryOffset;
        const std::uint64_t header = zip::localHeaderBytes + order[i]->name.size();
        if (next < order[i]->headerOffset || next - order[i]->headerOffset < header ||
            next - order[i]->headerOffset - header < order[i]->packedSize) {
            return damagedZip(access, "its entry " + zipNameForMessage(order[i]->name) +
                                          " overlaps another or lies outside of the file");
        }
    }
    return {};
}

} // namespace

Result<std::vector<ZipEntry>> readZipDirectory(const RandomAccess& access, ZipUse use)
{
    const auto directory = findDirectory(access);
    if (!directory) {
        return tl::unexpected<Error>(directory.error());
    }
    const auto bytes = access.read(directory->offset, directory->size);
    if (!bytes) {
        return tl::unexpected<Error>(bytes.error());
    }
    std::vector<ZipEntry> entries;
    std::string_view rest = *bytes;
    while (entries.size() < directory->entries) {
        if (rest.size() < centralBytes || zip::number(rest, 0, 4) != centralSignature) {
            return damagedZip(access, "entry " + std::to_string(entries.size() + 1) + " of its directory is not one");
        }
        const std::uint64_t name = zip::number(rest, 28, 2), extra = zip::number(rest, 30, 2),
                            comment = zip::number(rest, 32, 2);
        if (name + extra + comment > rest.size() - centralBytes) {
            return damagedZip(access, "its directory ends within an entry");
        }
        ZipEntry entry{std::string(rest.substr(centralBytes, name)),
                       zip::number(rest, 24, 4),
                       zip::number(rest, 20, 4),
                       zip::number(rest, 42, 4),
                       static_cast<std::uint32_t>(zip::number(rest, 16, 4)),
                       static_cast<std::uint16_t>(zip::number(rest, 10, 2)),
                       (zip::number(rest, 8, 2) & 1) != 0};
        if (!readExtra(rest.substr(centralBytes + name, extra), entry)) {
            return damagedZip(access, "the sizes of its entry " + zipNameForMessage(entry.name) + " are missing");
        }
        PAPILIO_TRY(checkEntry(access, entry, use));
        rest.remove_prefix(centralBytes + name + extra + comment);
        entries.push_back(std::move(entry));
    }
    PAPILIO_TRY(checkLayout(access, entries, directory->offset));
    return entries;
}

} // namespace papilio
