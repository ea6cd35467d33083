// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/csvwriter.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "core/text.h"

namespace papilio::engine
{

namespace
{

std::string csvCell(const std::string& cell)
{
    const bool formula = !cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos;
    std::string text(formula && !parseNumber(cell) ? 1 : 0, '\'');
    text += cell;
    if (text.find_first_of(",\"\n\r") == std::string::npos)
        return text;
    std::string quoted(1, '"');
    for (const char c : text)
        quoted.append(c == '"' ? 2 : 1, c);
    quoted += '"';
    return quoted;
}

ErrorCode codeOf(int systemError)
{
    return systemError == EACCES || systemError == EROFS || systemError == EPERM ? ErrorCode::ReadOnly
           : systemError == ENOENT                                               ? ErrorCode::NotFound
                                                                                 : ErrorCode::Io;
}

} // namespace

Result<> checkOutput(const std::string& path, const std::vector<std::string>& read)
{
    struct stat status = {};
    if (stat(path.c_str(), &status) != 0)
        return {};
    if (S_ISDIR(status.st_mode))
        return fail(ErrorCode::Usage, "'" + path + "' is a folder, not a file to write.");
    if (!S_ISREG(status.st_mode)) // a rename would put a file in the place of the device
        return fail(ErrorCode::Usage, "'" + path + "' is no ordinary file.", "Name a file to write.");
    for (const std::string& input : read) {
        struct stat other = {};
        if (stat(input.c_str(), &other) == 0 && other.st_dev == status.st_dev && other.st_ino == status.st_ino)
            return fail(ErrorCode::Usage, "'" + path + "' is read for the result and is not overwritten.",
                        "Name another file to write.");
    }
    constexpr std::string_view magic = "SQLite format 3";
    std::string start(magic.size(), '\0');
    if (std::FILE* file = std::fopen(path.c_str(), "rbe")) {
        start.resize(std::fread(start.data(), 1, start.size(), file));
        std::fclose(file);
    }
    if (start == magic)
        return fail(ErrorCode::Usage, "'" + path + "' is a project or another database and is not overwritten.",
                    "Name another file to write.");
    return {};
}

OutputFile::OutputFile(std::string path, std::string temporary, std::FILE* file)
    : m_path(std::move(path)), m_temporary(std::move(temporary)), m_file(file)
{
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : m_path(std::move(other.m_path)), m_temporary(std::move(other.m_temporary)),
      m_file(std::exchange(other.m_file, nullptr))
{
}

OutputFile::~OutputFile()
{
    if (m_file != nullptr) {
        std::fclose(m_file);
        unlink(m_temporary.c_str());
    }
}

Result<OutputFile> OutputFile::create(const std::string& path)
{
    PAPILIO_TRY(checkOutput(path));
    std::string temporary = path + ".part-" + std::to_string(getpid());
    std::FILE* file = std::fopen(temporary.c_str(), "wbe");
    if (file == nullptr)
        return fail(codeOf(errno), "'" + path + "' cannot be written: " + std::strerror(errno) + ".");
    return OutputFile(path, std::move(temporary), file);
}

void OutputFile::write(std::string_view text)
{
    std::fwrite(text.data(), 1, text.size(), m_file);
}

Result<> OutputFile::finish()
{
    bool good = std::fflush(m_file) == 0 && std::ferror(m_file) == 0 && fsync(fileno(m_file)) == 0;
    good = std::fclose(std::exchange(m_file, nullptr)) == 0 && good;
    if (good && std::rename(m_temporary.c_str(), m_path.c_str()) == 0)
        return {};
    const int systemError = errno;
    unlink(m_temporary.c_str());
    return fail(codeOf(systemError), "'" + m_path + "' cannot be written: " + std::strerror(systemError) + ".");
}

std::string csvLine(const std::vector<std::string>& cells)
{
    std::string line;
    for (const std::string& cell : cells) {
        line += csvCell(cell);
        line += ',';
    }
    if (line.empty())
        return "\n";
    line.back() = '\n';
    return line;
}

Result<> writeTextFile(const std::string& path, std::string_view text)
{
    auto file = OutputFile::create(path);
    if (!file)
        return tl::unexpected<Error>(file.error());
    file->write(text);
    return file->finish();
}

} // namespace papilio::engine
