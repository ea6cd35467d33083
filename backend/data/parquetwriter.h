// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/error.h"

namespace papilio::data
{

/// Whether this build can write Parquet: it can where Apache Arrow was found when it was configured.
bool parquetAvailable();

/// A Parquet file of text columns followed by columns of 32-bit floats, written row by row in bounded memory. NaN
/// becomes null. The file has its name only once it is complete.
class ParquetWriter
{
public:
    /// Unsupported, with what to install, in a build without Arrow.
    static Result<ParquetWriter> create(const std::string& path, const std::vector<std::string>& textColumns,
                                        const std::vector<std::string>& numberColumns);
    ParquetWriter(ParquetWriter&&) noexcept;
    ParquetWriter& operator=(ParquetWriter&&) = delete;
    ~ParquetWriter(); ///< removes what was written, unless finished

    /// One row; UTF-8.
    Result<> add(std::span<const std::string> texts, std::span<const float> numbers);
    Result<> finish();

private:
    struct Data;
    explicit ParquetWriter(std::unique_ptr<Data> data);
    std::unique_ptr<Data> m_data;
};

} // namespace papilio::data
