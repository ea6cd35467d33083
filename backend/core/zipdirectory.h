// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/zipfile.h"

namespace papilio
{

/// The directory at the end of a ZIP file, checked as zipfile.h says.
Result<std::vector<ZipEntry>> readZipDirectory(const RandomAccess& access);

/// A name of a ZIP entry for a message: short, without control characters.
std::string zipNameForMessage(std::string_view name);

tl::unexpected<Error> damagedZip(const RandomAccess& access, const std::string& what);

namespace zip
{
inline constexpr std::uint64_t localHeaderBytes = 30;
inline constexpr std::uint32_t localSignature = 0x04034b50;
inline constexpr std::uint16_t stored = 0, deflated = 8;

std::uint64_t number(std::string_view bytes, std::size_t at, int count); ///< little-endian; the caller checks the range
} // namespace zip

} // namespace papilio
