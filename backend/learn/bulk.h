// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/error.h"

namespace papilio::learn
{

/// Bytes that are added once and read often, as many as there are. Up to a limit they are in memory; beyond it all of
/// them are in a file that has no name any more and is mapped: the system keeps as much of it in memory as there is room
/// for, and it is gone with the object. Any number of threads may read.
class Bulk
{
public:
    /// 'folder': where such a file may be. One that cannot be made there is no fault: the bytes stay in memory.
    explicit Bulk(std::string folder = {}, std::size_t limit = defaultLimit());
    Bulk(Bulk&& other) noexcept;
    Bulk& operator=(Bulk&& other) noexcept;
    ~Bulk();

    /// The position of the bytes added, a multiple of 4. Not enough room is an error.
    Result<std::uint64_t> add(std::string_view bytes);
    Result<std::uint64_t> addFloats(std::size_t count, float value);

    std::string_view at(std::uint64_t position, std::size_t count) const { return {m_data + position, count}; }
    const float* floats(std::uint64_t position) const { return reinterpret_cast<const float*>(m_data + position); }
    float* floats(std::uint64_t position) { return reinterpret_cast<float*>(m_data + position); }

    bool inFile() const { return m_file >= 0; }

    /// 1 GB, or what the environment variable PAPILIO_TRAINING_MEMORY says in MB.
    static std::size_t defaultLimit();

private:
    Result<std::uint64_t> room(std::size_t count);
    Result<> grow(std::size_t least);
    bool moveToFile(std::size_t capacity);
    void release();

    std::string m_folder;
    std::size_t m_limit = 0, m_size = 0, m_capacity = 0;
    char* m_data = nullptr;
    int m_file = -1;
    bool m_noFile = false; ///< it was tried
};

} // namespace papilio::learn
