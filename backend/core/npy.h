// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstdio>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace papilio
{

/// NumPy's NPY format (1.0, 2.0 and 3.0 for reading), little-endian and row-major: matrices that Python reads with
/// numpy.load. The format has no place for names: those of the rows go into a CSV file beside it, see npyIdsPath().
enum class NpyType : std::uint8_t { Float32, Float16, Int64 };

struct NpyArray {
    NpyType type = NpyType::Float32;
    std::vector<std::int64_t> shape;
    std::vector<float> values;          ///< of Float32 and Float16
    std::vector<std::int64_t> integers; ///< of Int64
};

/// Every length is checked before anything is allocated. 'where' names the file in messages.
Result<NpyArray> parseNpy(std::string_view bytes, const std::string& where);
Result<NpyArray> readNpy(const std::string& path);

/// Where the ids of an NPY file's rows belong: "fp.npy" → "fp.ids.csv", a line per row in the same order, below a line
/// with the column names.
std::string npyIdsPath(const std::string& path);

/// Writes a matrix row by row, in bounded memory; the file has its name only once it is complete.
class NpyWriter
{
public:
    /// 'columns' 0: a list of numbers, one per row.
    static Result<NpyWriter> create(const std::string& path, NpyType type, std::int64_t columns);
    NpyWriter(NpyWriter&& other) noexcept;
    NpyWriter& operator=(NpyWriter&&) = delete;
    ~NpyWriter(); ///< removes what was written, unless finished

    /// One row of a Float32 or Float16 file.
    Result<> add(std::span<const float> row);
    /// One row of an Int64 file.
    Result<> add(std::span<const std::int64_t> row);
    Result<> finish();
    std::int64_t rows() const { return m_rows; }

private:
    NpyWriter(std::string path, std::string temporary, std::FILE* file, NpyType type, std::int64_t columns);
    Result<> write(const void* bytes, std::size_t count, std::size_t columns, bool rightType);
    Result<> failed(int systemError) const;

    std::string m_path, m_temporary;
    std::FILE* m_file;
    NpyType m_type;
    std::int64_t m_columns;
    std::int64_t m_rows = 0;
};

} // namespace papilio
