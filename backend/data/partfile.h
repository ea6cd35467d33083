// SPDX-License-Identifier: GPL-3.0-or-later
// Private to data.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "core/control.h"
#include "core/error.h"
#include "data/download.h"

namespace papilio::data
{

/// The file that a download grows in, with what must be the same for it to go on ("PATH.part", "PATH.part.json"). One
/// program at a time.
class PartFile
{
public:
    explicit PartFile(const DownloadRequest& request);
    ~PartFile();
    PartFile(const PartFile&) = delete;
    PartFile& operator=(const PartFile&) = delete;

    /// Busy if another program downloads the same; what an earlier call left is kept if it is of the same address.
    Result<> open();
    std::int64_t size() const { return m_size; }
    const std::string& validator() const { return m_validator; } ///< ETag or date; empty = cannot go on
    std::int64_t total() const { return m_total; }               ///< as the server said; 0 = not known

    /// Begins anew with what the server says of the file now.
    Result<> restart(const std::string& validator, std::int64_t total);
    /// Room for 'count' bytes more, and what is to stay free.
    Result<> checkRoom(std::int64_t count) const;
    Result<> append(std::string_view bytes);
    /// Compares length and checksums, and gives it its name; wrong bytes are thrown away. Returns the SHA-256.
    Result<std::string> finish(Control& control);

private:
    Result<> ioError(const std::string& what, int number) const;
    Result<> writeState() const;
    void readState();
    void discard();

    const DownloadRequest& m_request;
    std::string m_path, m_statePath;
    int m_file = -1;
    std::int64_t m_size = 0, m_total = 0, m_sinceRoomCheck = 0;
    std::string m_validator;
};

/// Reads a file and compares it with the checksums that are given; Damaged if they differ. Returns its SHA-256.
Result<std::string> checkedFile(const std::string& path, const DownloadRequest& request, Control& control);

/// "12.3 MB": for messages.
std::string byteText(std::int64_t bytes);

} // namespace papilio::data
