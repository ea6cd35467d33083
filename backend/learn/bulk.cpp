// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/bulk.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <utility>

#include "core/text.h"

namespace papilio::learn
{

namespace
{

constexpr std::size_t megabyte = std::size_t{1} << 20U;
constexpr std::size_t leastCapacity = megabyte, largestStep = 1024 * megabyte;

/// A file without a name; −1 = impossible.
int unnamedFile(const std::string& folder)
{
    std::string path = folder + "/.papilio-training-XXXXXX";
    const int file = mkostemp(path.data(), O_CLOEXEC);
    if (file >= 0) {
        unlink(path.c_str());
    }
    return file;
}

} // namespace

std::size_t Bulk::defaultLimit()
{
    constexpr double otherwise = 1024;
    const char* text = std::getenv("PAPILIO_TRAINING_MEMORY");
    const auto wanted = text != nullptr ? parseNumber(text) : std::nullopt;
    const double megabytes = wanted && *wanted >= 0 && *wanted <= 1e9 ? *wanted : otherwise;
    return static_cast<std::size_t>(megabytes * static_cast<double>(megabyte));
}

Bulk::Bulk(std::string folder, std::size_t limit) : m_folder(std::move(folder)), m_limit(limit), m_noFile(m_folder.empty())
{
}

Bulk::Bulk(Bulk&& other) noexcept
{
    *this = std::move(other);
}

Bulk& Bulk::operator=(Bulk&& other) noexcept
{
    if (this != &other) {
        release();
        m_folder = std::move(other.m_folder);
        m_limit = other.m_limit;
        m_noFile = other.m_noFile;
        m_size = std::exchange(other.m_size, 0);
        m_capacity = std::exchange(other.m_capacity, 0);
        m_data = std::exchange(other.m_data, nullptr);
        m_file = std::exchange(other.m_file, -1);
    }
    return *this;
}

Bulk::~Bulk()
{
    release();
}

void Bulk::release()
{
    if (m_data != nullptr) {
        munmap(m_data, m_capacity);
    }
    if (m_file >= 0) {
        close(m_file);
    }
    m_data = nullptr;
    m_file = -1;
}

/// What is there goes to a file of that size; false if there can be none.
bool Bulk::moveToFile(std::size_t capacity)
{
    m_noFile = true;
    const int file = unnamedFile(m_folder);
    if (file < 0) {
        return false;
    }
    // The room is taken now: a disk that is full later would end the program.
    void* mapped = posix_fallocate(file, 0, static_cast<off_t>(capacity)) == 0
                       ? mmap(nullptr, capacity, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0)
                       : MAP_FAILED;
    if (mapped == MAP_FAILED) {
        close(file);
        return false;
    }
    if (m_size > 0) {
        std::memcpy(mapped, m_data, m_size);
    }
    release();
    m_data = static_cast<char*>(mapped);
    m_capacity = capacity;
    m_file = file;
    madvise(m_data, m_capacity, MADV_RANDOM); // molecules are drawn in any order
    return true;
}

Result<> Bulk::grow(std::size_t least)
{
    const std::size_t wanted = std::max({leastCapacity, least, m_capacity + std::min(m_capacity, largestStep)});
    const std::size_t capacity = (wanted + megabyte - 1) / megabyte * megabyte;
    if (!inFile() && !m_noFile && least > m_limit && moveToFile(capacity)) {
        return {};
    }
    const int problem = inFile() ? posix_fallocate(m_file, 0, static_cast<off_t>(capacity)) : 0;
    void* moved = MAP_FAILED;
    if (problem == 0) {
        moved = m_data == nullptr
                    ? mmap(nullptr, capacity, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
                    : mremap(m_data, m_capacity, capacity, MREMAP_MAYMOVE);
    }
    if (moved == MAP_FAILED) {
        return fail(ErrorCode::Io,
                    "There is no room for the data of the training: " +
                        std::string(std::strerror(problem != 0 ? problem : errno)) + '.',
                    inFile() ? "Make room in '" + m_folder + "', or choose fewer datasets."
                             : "Choose fewer datasets, or a machine with more memory.");
    }
    m_data = static_cast<char*>(moved);
    m_capacity = capacity;
    if (inFile()) {
        madvise(m_data, m_capacity, MADV_RANDOM);
    }
    return {};
}

Result<std::uint64_t> Bulk::room(std::size_t count)
{
    constexpr std::size_t step = alignof(float);
    const std::size_t position = m_size;
    const std::size_t end = (position + count + step - 1) / step * step;
    if (end > m_capacity) {
        PAPILIO_TRY(grow(end));
    }
    m_size = end;
    return position;
}

Result<std::uint64_t> Bulk::add(std::string_view bytes)
{
    auto position = room(bytes.size());
    if (position && !bytes.empty()) {
        std::memcpy(m_data + *position, bytes.data(), bytes.size());
    }
    return position;
}

Result<std::uint64_t> Bulk::addFloats(std::size_t count, float value)
{
    auto position = room(count * sizeof(float));
    if (position) {
        std::fill_n(floats(*position), count, value);
    }
    return position;
}

} // namespace papilio::learn
