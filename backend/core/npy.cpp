// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/npy.h"

#include <bit>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <limits>
#include <optional>
#include <sstream>
#include <unistd.h>
#include <utility>

#include "core/encodings.h"

namespace papilio
{

namespace
{

static_assert(std::endian::native == std::endian::little, "the numbers are little-endian");

constexpr std::string_view magic("\x93NUMPY", 6);
constexpr std::size_t headerBytes = 128; ///< of what is written; a multiple of 64, as the format asks

std::string_view descriptor(NpyType type)
{
    switch (type) {
    case NpyType::Float32:
        return "<f4";
    case NpyType::Float16:
        return "<f2";
    case NpyType::Int64:
        return "<i8";
    }
    return "<f4";
}

std::size_t bytesOf(NpyType type)
{
    return type == NpyType::Int64 ? 8 : type == NpyType::Float32 ? 4 : 2;
}

std::string headerOf(NpyType type, std::int64_t rows, std::int64_t columns)
{
    std::string text = "{'descr': '";
    text += descriptor(type);
    text += "', 'fortran_order': False, 'shape': (";
    text += std::to_string(rows);
    text += ", ";
    text += columns > 0 ? std::to_string(columns) : std::string();
    text += "), }";
    text.resize(headerBytes - magic.size() - 4 - 1, ' ');
    text += '\n';
    std::string header(magic);
    header += {'\x01', '\x00', static_cast<char>(text.size()), '\x00'};
    return header + text;
}

tl::unexpected<Error> damaged(const std::string& where, const std::string& what)
{
    return fail(ErrorCode::Damaged, where + ": " + what + ".", "The file is cut off, altered, or no NPY file.");
}

/// Reads the header, which is a Python dictionary of three keys.
class HeaderReader
{
public:
    explicit HeaderReader(std::string_view text) : m_text(text) {}

    std::string type;
    bool columnMajor = false;
    std::vector<std::int64_t> shape;

    bool read()
    {
        int keys = 0;
        bool good = take('{');
        while (good && !take('}')) {
            const auto key = quoted();
            good = key && take(':') && value(*key);
            ++keys;
            good = good && (take(',') || peek('}'));
        }
        skip();
        return good && keys == 3 && !type.empty() && m_text.empty();
    }

private:
    void skip()
    {
        while (!m_text.empty() && (m_text.front() == ' ' || m_text.front() == '\n')) {
            m_text.remove_prefix(1);
        }
    }
    bool peek(char c)
    {
        skip();
        return !m_text.empty() && m_text.front() == c;
    }
    bool take(char c)
    {
        const bool there = peek(c);
        m_text.remove_prefix(there ? 1 : 0);
        return there;
    }
    std::optional<std::string> quoted()
    {
        skip();
        const std::size_t end = m_text.empty() || m_text.front() != '\'' ? m_text.npos : m_text.find('\'', 1);
        if (end == m_text.npos) {
            return std::nullopt;
        }
        std::string text(m_text.substr(1, end - 1));
        m_text.remove_prefix(end + 1);
        return text;
    }
    bool value(const std::string& key)
    {
        if (key == "descr") {
            type = quoted().value_or("");
            return !type.empty();
        }
        if (key == "fortran_order") {
            skip();
            columnMajor = m_text.starts_with("True");
            const bool known = columnMajor || m_text.starts_with("False");
            m_text.remove_prefix(known ? (columnMajor ? 4 : 5) : 0);
            return known;
        }
        return key == "shape" && sizes();
    }
    bool sizes()
    {
        bool good = take('(');
        while (good && !take(')')) {
            skip();
            std::int64_t size = -1;
            const auto [last, error] = std::from_chars(m_text.data(), m_text.data() + m_text.size(), size);
            m_text.remove_prefix(static_cast<std::size_t>(last - m_text.data()));
            shape.push_back(size);
            good = error == std::errc() && size >= 0 && shape.size() <= 32 && (take(',') || peek(')'));
        }
        return good;
    }

    std::string_view m_text;
};

/// Values of a shape if they take exactly 'bytes'.
bool fits(const std::vector<std::int64_t>& shape, std::size_t size, std::size_t bytes)
{
    std::uint64_t count = 1;
    for (const std::int64_t length : shape) {
        const auto factor = static_cast<std::uint64_t>(length);
        if (factor != 0 && count > std::numeric_limits<std::uint64_t>::max() / 8 / factor) {
            return false;
        }
        count *= factor;
    }
    return count * size == bytes;
}

} // namespace

Result<NpyArray> parseNpy(std::string_view bytes, const std::string& where)
{
    const auto byte = [&](std::size_t at) { return static_cast<std::size_t>(static_cast<unsigned char>(bytes[at])); };
    if (!bytes.starts_with(magic) || bytes.size() < 12 || byte(6) < 1 || byte(6) > 3) {
        return damaged(where, "it does not start as an NPY file of version 1, 2 or 3");
    }
    const std::size_t start = byte(6) == 1 ? 10 : 12;
    std::size_t length = byte(8) | byte(9) << 8;
    length |= byte(6) == 1 ? 0 : byte(10) << 16 | byte(11) << 24;
    if (length > bytes.size() - start) {
        return damaged(where, "its header claims " + std::to_string(length) + " bytes, which the file does not have");
    }
    HeaderReader header(bytes.substr(start, length));
    if (!header.read()) {
        return damaged(where, "its header is not one");
    }
    NpyArray array;
    bool known = false;
    for (const NpyType type : {NpyType::Float32, NpyType::Float16, NpyType::Int64}) {
        array.type = !known ? type : array.type;
        known = known || header.type == descriptor(type);
    }
    if (!known || header.columnMajor) {
        return fail(ErrorCode::Unsupported,
                    where + (known ? ": column-major order." : ": values of type '" + header.type.substr(0, 40) + "'."),
                    "Read are float32, float16 and int64, little-endian and row-major.");
    }
    const std::string_view data = bytes.substr(start + length);
    if (!fits(header.shape, bytesOf(array.type), data.size())) {
        return damaged(where,
                       "it has " + std::to_string(data.size()) + " bytes of numbers, which its shape does not fit");
    }
    array.shape = header.shape;
    const std::size_t count = data.size() / bytesOf(array.type);
    if (array.type == NpyType::Int64) {
        array.integers.resize(count);
    } else {
        array.values.resize(count);
    }
    for (std::size_t i = 0; array.type == NpyType::Float16 && i < count; ++i) {
        std::uint16_t half = 0;
        std::memcpy(&half, data.data() + 2 * i, 2);
        array.values[i] = fromHalf(half);
    }
    if (count > 0 && array.type != NpyType::Float16) {
        void* target = array.type == NpyType::Int64 ? static_cast<void*>(array.integers.data()) : array.values.data();
        std::memcpy(target, data.data(), data.size());
    }
    return array;
}

Result<NpyArray> readNpy(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    if (!file || !(bytes << file.rdbuf())) {
        return fail(ErrorCode::NotFound, path + ": cannot be read.", "Check the name of the file and of its folder.");
    }
    return parseNpy(std::move(bytes).str(), path);
}

std::string npyIdsPath(const std::string& path)
{
    return (path.ends_with(".npy") ? path.substr(0, path.size() - 4) : path) + ".ids.csv";
}

NpyWriter::NpyWriter(std::string path, std::string temporary, std::FILE* file, NpyType type, std::int64_t columns)
    : m_path(std::move(path)), m_temporary(std::move(temporary)), m_file(file), m_type(type), m_columns(columns)
{
}

NpyWriter::NpyWriter(NpyWriter&& other) noexcept
    : m_path(std::move(other.m_path)), m_temporary(std::move(other.m_temporary)),
      m_file(std::exchange(other.m_file, nullptr)), m_type(other.m_type), m_columns(other.m_columns),
      m_rows(other.m_rows)
{
}

NpyWriter::~NpyWriter()
{
    if (m_file != nullptr) {
        std::fclose(m_file);
        ::unlink(m_temporary.c_str());
    }
}

Result<> NpyWriter::failed(int systemError) const
{
    const bool readOnly = systemError == EACCES || systemError == EROFS || systemError == EPERM;
    return fail(readOnly                ? ErrorCode::ReadOnly
                : systemError == ENOENT ? ErrorCode::NotFound
                                        : ErrorCode::Io,
                m_path + ": cannot be written: " + std::strerror(systemError) + ".");
}

Result<NpyWriter> NpyWriter::create(const std::string& path, NpyType type, std::int64_t columns)
{
    const std::string temporary = path + ".part-" + std::to_string(::getpid());
    NpyWriter writer(path, temporary, std::fopen(temporary.c_str(), "wbe"), type, columns);
    if (writer.m_file == nullptr) {
        return tl::unexpected<Error>(writer.failed(errno).error());
    }
    const std::string header = headerOf(type, 0, columns); // its number of rows is written at the end
    if (std::fwrite(header.data(), 1, header.size(), writer.m_file) != header.size()) {
        return tl::unexpected<Error>(writer.failed(errno).error());
    }
    return writer;
}

Result<> NpyWriter::write(const void* bytes, std::size_t count, std::size_t columns, bool rightType)
{
    if (!rightType || columns != static_cast<std::size_t>(m_columns > 0 ? m_columns : 1)) {
        return fail(ErrorCode::Internal, m_path + ": row " + std::to_string(m_rows) + " has " +
                                             std::to_string(columns) + " values, or of another type than the file.");
    }
    if (std::fwrite(bytes, 1, count, m_file) != count) {
        return failed(errno);
    }
    ++m_rows;
    return {};
}

Result<> NpyWriter::add(std::span<const float> row)
{
    if (m_type != NpyType::Float16) {
        return write(row.data(), row.size_bytes(), row.size(), m_type == NpyType::Float32);
    }
    std::vector<std::uint16_t> halves;
    halves.reserve(row.size());
    for (const float value : row) {
        halves.push_back(toHalf(value));
    }
    return write(halves.data(), halves.size() * 2, row.size(), true);
}

Result<> NpyWriter::add(std::span<const std::int64_t> row)
{
    return write(row.data(), row.size_bytes(), row.size(), m_type == NpyType::Int64);
}

Result<> NpyWriter::finish()
{
    const std::string header = headerOf(m_type, m_rows, m_columns);
    bool good = std::fseek(m_file, 0, SEEK_SET) == 0 &&
                std::fwrite(header.data(), 1, header.size(), m_file) == header.size() && std::fflush(m_file) == 0 &&
                ::fsync(::fileno(m_file)) == 0;
    int systemError = good ? 0 : errno;
    if (std::fclose(std::exchange(m_file, nullptr)) != 0 && good) {
        good = false;
        systemError = errno;
    }
    if (good && std::rename(m_temporary.c_str(), m_path.c_str()) == 0) {
        return {};
    }
    systemError = good ? errno : systemError;
    ::unlink(m_temporary.c_str());
    return failed(systemError);
}

} // namespace papilio
