// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace papilio::engine
{

/// An error unless 'path' is free or an ordinary file that may be overwritten: never a folder, a device, a database
/// (such as a project) or one of the files 'read' for the result.
Result<> checkOutput(const std::string& path, const std::vector<std::string>& read = {});

/// A file that appears under its name only when it is complete: written beside it, then renamed.
class OutputFile
{
public:
    static Result<OutputFile> create(const std::string& path);
    OutputFile(OutputFile&& other) noexcept;
    OutputFile& operator=(OutputFile&&) = delete;
    ~OutputFile(); ///< removes what was written, unless finished

    void write(std::string_view text);
    /// Everything on disk under its name, or an error that names the file.
    Result<> finish();

private:
    OutputFile(std::string path, std::string temporary, std::FILE* file);
    std::string m_path, m_temporary;
    std::FILE* m_file;
};

/// One CSV line with its end (LF). Cells are quoted where they must be, and text that a spreadsheet would run as a
/// formula gets an apostrophe in front; numbers stay as they are.
std::string csvLine(const std::vector<std::string>& cells);

/// Writes a whole text file.
Result<> writeTextFile(const std::string& path, std::string_view text);

} // namespace papilio::engine
