// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/bulk.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
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

std::size_t wholeMegabytes(std::size_t bytes)
{
    return (bytes + megabyte - 1) / megabyte * megabyte;
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

Bulk::Bulk(std::string folder, std::size_t limit, Readers readers)
    : m_folder(std::move(folder)), m_limit(limit), m_noFile(m_folder.empty()), m_readers(readers)
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
        m_readers = other.m_readers;
        m_size = std::exchange(other.m_size, 0);
        m_capacity = std::exchange(other.m_capacity, 0);
        m_data = std::exchange(other.m_data, nullptr);
        m_file = std::exchange(other.m_file, -1);
        m_place = std::exchange(other.m_place, Place::OwnMemory);
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
    m_place = Place::OwnMemory;
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
    m_place = Place::File;
    madvise(m_data, m_capacity, MADV_RANDOM); // molecules are drawn in any order
    return true;
}

/// The first room, where other processes can come to it; false if the system has no such memory.
bool Bulk::takeSharedMemory(std::size_t capacity)
{
    const int file = memfd_create("papilio-training", MFD_CLOEXEC);
    if (file < 0) {
        return false;
    }
    void* mapped = ftruncate(file, static_cast<off_t>(capacity)) == 0
                       ? mmap(nullptr, capacity, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0)
                       : MAP_FAILED;
    if (mapped == MAP_FAILED) {
        close(file);
        return false;
    }
    m_data = static_cast<char*>(mapped);
    m_capacity = capacity;
    m_file = file;
    m_place = Place::SharedMemory;
    return true;
}

void* Bulk::resized(std::size_t capacity)
{
    int problem = 0;
    if (m_place == Place::File && capacity > m_capacity) {
        problem = posix_fallocate(m_file, 0, static_cast<off_t>(capacity));
    } else if (m_file >= 0 && capacity > m_capacity) {
        problem = ftruncate(m_file, static_cast<off_t>(capacity)) == 0 ? 0 : errno;
    }
    if (problem != 0) {
        errno = problem;
        return MAP_FAILED;
    }
    return m_data == nullptr ? mmap(nullptr, capacity, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
                             : mremap(m_data, m_capacity, capacity, MREMAP_MAYMOVE);
}

Result<> Bulk::grow(std::size_t least)
{
    const std::size_t capacity =
        wholeMegabytes(std::max({leastCapacity, least, m_capacity + std::min(m_capacity, largestStep)}));
    if (!inFile() && !m_noFile && least > m_limit && moveToFile(capacity)) {
        return {};
    }
    if (m_data == nullptr && m_readers == Readers::SameHost && takeSharedMemory(capacity)) {
        return {};
    }
    void* moved = resized(capacity);
    if (moved == MAP_FAILED) {
        return fail(ErrorCode::Io,
                    "There is no room for the data of the training: " + std::string(std::strerror(errno)) + '.',
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

void Bulk::finish()
{
    const std::size_t capacity = wholeMegabytes(m_size);
    if (m_data == nullptr || capacity == 0) {
        return;
    }
    if (capacity < m_capacity) {
        void* moved = resized(capacity);
        if (moved != MAP_FAILED) {
            m_data = static_cast<char*>(moved);
            m_capacity = capacity;
            // A file that keeps its length is no fault.
            [[maybe_unused]] const int cut = m_file >= 0 ? ftruncate(m_file, static_cast<off_t>(capacity)) : 0;
        }
    }
    mprotect(m_data, m_capacity, PROT_READ);
}

std::optional<Bulk::Address> Bulk::address() const
{
    struct stat found{};
    if (m_file < 0 || fstat(m_file, &found) != 0) {
        return std::nullopt;
    }
    return Address{getpid(), m_file, found.st_dev, found.st_ino, static_cast<std::uint64_t>(found.st_size)};
}

Result<Bulk> Bulk::open(const Address& address)
{
    const std::string path = "/proc/" + std::to_string(address.process) + "/fd/" + std::to_string(address.file);
    const auto problem = [&](const std::string& reason) {
        return fail(ErrorCode::Io, "The training data of process " + std::to_string(address.process) +
                                       " cannot be read: " + reason + '.');
    };
    // Whatever else may have that name must not block, nor become a terminal of this process.
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (file < 0) {
        return problem(std::strerror(errno));
    }
    Bulk bulk;
    bulk.m_file = file; // closed with it
    struct stat found{};
    if (fstat(file, &found) != 0 || found.st_dev != address.device || found.st_ino != address.node ||
        static_cast<std::uint64_t>(found.st_size) != address.size) {
        return problem("it is another file");
    }
    void* mapped = mmap(nullptr, address.size, PROT_READ, MAP_SHARED, file, 0);
    if (mapped == MAP_FAILED) {
        return problem(std::strerror(errno));
    }
    bulk.m_data = static_cast<char*>(mapped);
    bulk.m_size = bulk.m_capacity = address.size;
    bulk.m_place = Place::SharedMemory;
    madvise(mapped, address.size, MADV_RANDOM);
    return bulk;
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
        std::fill_n(values<float>(*position), count, value);
    }
    return position;
}

Result<std::uint64_t> Bulk::addZeros(std::size_t bytes)
{
    return room(bytes); // which is fresh from the system
}

} // namespace papilio::learn
