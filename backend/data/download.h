// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "core/control.h"
#include "core/error.h"

namespace papilio::data
{

/// A file to fetch by http or https.
struct DownloadRequest {
    std::string url;
    std::string path;        ///< where it is kept in the end; until then at path + ".part"
    std::int64_t bytes = 0;  ///< 0 = not known
    std::string md5, sha256; ///< lower-case digits; empty = not known

    int stallSeconds = 30;   ///< nothing comes for so long: tried again
    int attempts = 5;        ///< in a row without a new byte
    int waitMs = 1000;       ///< before the second attempt; doubles
    std::int64_t reserve = std::int64_t{64} << 20; ///< bytes that stay free on the disk
    std::function<std::int64_t()> freeBytes;       ///< of the disk; empty = asked of the system
};

struct DownloadReport {
    std::int64_t bytes = 0;
    bool wasThere = false; ///< nothing had to be fetched
    bool resumed = false;  ///< what an earlier call had fetched was used
    std::string sha256;
};

/// Fetches a file. What is cut off is taken up again where it ended, by this call (a few times) or by a later one, if
/// the server confirms that the file is the same (ETag or Last-Modified); else it starts over. Redirects go to http and
/// https alone, never from https to http. The path appears only when the file is whole: its length is what the server
/// (and the caller) said, and its checksum what the caller said.
/// Stopped: what was fetched stays in the .part file. Damaged: wrong bytes, which are thrown away.
Result<DownloadReport> downloadFile(const DownloadRequest& request, Control& control);

} // namespace papilio::data
