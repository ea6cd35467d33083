// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/error.h"

namespace papilio::nn
{

/// A regular file that is read from front to back in pieces.
class InputFile
{
public:
    static Result<InputFile> open(const std::string& path);
    ~InputFile();
    InputFile(InputFile&& other) noexcept;
    InputFile& operator=(InputFile&&) = delete;

    std::uint64_t size() const { return m_size; }
    /// Exactly that many bytes; Damaged if the file ends before.
    Result<std::string> read(std::uint64_t bytes);

private:
    InputFile(std::string path, int descriptor, std::uint64_t size);
    std::string m_path;
    int m_descriptor;
    std::uint64_t m_size;
};

/// Writes a file beside the target, flushes it to the disk and renames it: a reader sees the old file or the new one.
Result<> writeFileAtomically(const std::string& path, std::string_view bytes);

} // namespace papilio::nn
