// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/error.h"

namespace papilio::learn
{

/// Bytes that are added once and read often, as many as there are. Up to a limit they are in memory; beyond it all of
/// them are in a file that has no name any more and is mapped: the system keeps as much of it in memory as there is room
/// for, and it is gone with the object. Any number of threads may read, and once they are finished other processes of
/// the same host, too: the bytes are there once for all of them.
class Bulk
{
public:
    enum class Readers { OwnProcess, SameHost };
    /// 'folder': where such a file may be. One that cannot be made there is no fault: the bytes stay in memory.
    explicit Bulk(std::string folder = {}, std::size_t limit = defaultLimit(), Readers readers = Readers::OwnProcess);
    Bulk(Bulk&& other) noexcept;
    Bulk& operator=(Bulk&& other) noexcept;
    ~Bulk();

    /// The position of the bytes added, a multiple of 4. Not enough room is an error.
    Result<std::uint64_t> add(std::string_view bytes);
    Result<std::uint64_t> addFloats(std::size_t count, float value);
    Result<std::uint64_t> addZeros(std::size_t bytes);
    /// Nothing more is added or changed; room that is not used is given back.
    void finish();

    std::string_view at(std::uint64_t position, std::size_t count) const { return {m_data + position, count}; }
    template <typename T> const T* values(std::uint64_t position) const
    {
        return reinterpret_cast<const T*>(m_data + position);
    }
    template <typename T> T* values(std::uint64_t position) { return reinterpret_cast<T*>(m_data + position); }

    bool inFile() const { return m_place == Place::File; }

    /// Where another process of the host finds finished bytes, while this object is there.
    struct Address {
        std::int64_t process = 0;
        int file = -1;
        std::uint64_t device = 0, node = 0, size = 0; ///< which file that must be
    };
    /// Nothing for those that this process alone can reach.
    std::optional<Address> address() const;
    /// The same bytes, to be read only.
    static Result<Bulk> open(const Address& address);

    /// 1 GB, or what the environment variable PAPILIO_TRAINING_MEMORY says in MB.
    static std::size_t defaultLimit();

private:
    enum class Place { OwnMemory, SharedMemory, File };
    Result<std::uint64_t> room(std::size_t count);
    Result<> grow(std::size_t least);
    bool moveToFile(std::size_t capacity);
    bool takeSharedMemory(std::size_t capacity);
    void* resized(std::size_t capacity); ///< MAP_FAILED and errno if that is impossible
    void release();

    std::string m_folder;
    std::size_t m_limit = 0, m_size = 0, m_capacity = 0;
    char* m_data = nullptr;
    int m_file = -1; ///< of shared memory too
    Place m_place = Place::OwnMemory;
    bool m_noFile = false; ///< it was tried
    Readers m_readers = Readers::OwnProcess;
};

} // namespace papilio::learn
