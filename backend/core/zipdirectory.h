// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/zipfile.h"

namespace papilio
{

/// What entries are read for: whole, into memory or onto the disk, or as a stream, which cannot fill either.
enum class ZipUse { Whole, Stream };

/// The directory at the end of a ZIP file, checked as zipfile.h says; for streams the sizes of bombs are no fault.
Result<std::vector<ZipEntry>> readZipDirectory(const RandomAccess& access, ZipUse use = ZipUse::Whole);

/// A name of a ZIP entry for a message: short, without control characters.
std::string zipNameForMessage(std::string_view name);

tl::unexpected<Error> damagedZip(const RandomAccess& access, const std::string& what);

namespace zip
{
inline constexpr std::uint64_t localHeaderBytes = 30;
inline constexpr std::uint32_t localSignature = 0x04034b50;
inline constexpr std::uint16_t stored = 0, deflated = 8;

std::uint64_t number(std::string_view bytes, std::size_t at, int count); ///< little-endian; the caller checks the range

/// Where the packed bytes of an entry begin; Damaged if its local header is not there, or is another's.
Result<std::uint64_t> dataOffset(const RandomAccess& access, const ZipEntry& entry);
} // namespace zip

} // namespace papilio
