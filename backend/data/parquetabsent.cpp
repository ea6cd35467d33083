// SPDX-License-Identifier: GPL-3.0-or-later
// Stands in for parquetreader.cpp and parquetwriter.cpp in builds without Apache Arrow.
#include "data/parquetreader.h"
#include "data/parquetwriter.h"

namespace papilio::data
{

struct ParquetWriter::Data {
};

namespace
{

tl::unexpected<Error> unsupported(const std::string& path)
{
    return fail(ErrorCode::Unsupported, path + ": this build of Papilio cannot write Parquet.",
                "Write CSV or NPY; or install Apache Arrow with its Parquet library (libarrow-dev, libparquet-dev) and "
                "build again.");
}

} // namespace

Result<std::unique_ptr<TableReader>> openParquet(const std::string& path, Sha256*)
{
    return fail(ErrorCode::Unsupported,
                quotedName(path) + " is a Parquet file, which this build of Papilio cannot read.",
                "Install Apache Arrow with its Parquet library (libarrow-dev, libparquet-dev) and build again; or write "
                "the table as CSV, its lists as \"[1, 2, 3]\".");
}

bool parquetAvailable()
{
    return false;
}

Result<ParquetWriter> ParquetWriter::create(const std::string& path, const std::vector<std::string>&,
                                            const std::vector<std::string>&)
{
    return unsupported(path);
}

ParquetWriter::ParquetWriter(std::unique_ptr<Data> data) : m_data(std::move(data)) {}
ParquetWriter::ParquetWriter(ParquetWriter&&) noexcept = default;
ParquetWriter::~ParquetWriter() = default;

Result<> ParquetWriter::add(std::span<const std::string>, std::span<const float>)
{
    return unsupported("rows");
}

Result<> ParquetWriter::finish()
{
    return unsupported("the file");
}

} // namespace papilio::data
