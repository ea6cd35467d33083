// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/parquetreader.h"

#include <array>
#include <cmath>
#include <fstream>

#include <arrow/api.h>
#include <arrow/io/file.h>
#include <parquet/arrow/reader.h>

#include "core/text.h"
#include "data/parquetcells.h"

namespace papilio::data
{

namespace
{
constexpr std::int64_t batchRows = 1024;

tl::unexpected<Error> fault(const std::string& path, const std::string& why)
{
    return fail(ErrorCode::Damaged, quotedName(path) + " cannot be read as Parquet: " + why + ".",
                "Fetch or write the file again.");
}

/// Arrow gives its readers of batches in two ways, by version.
template <typename Reader> arrow::Status openBatches(Reader& reader, std::shared_ptr<arrow::RecordBatchReader>& out)
{
    if constexpr (requires { reader.GetRecordBatchReader().ok(); }) {
        ARROW_ASSIGN_OR_RAISE(auto batches, reader.GetRecordBatchReader());
        out = std::move(batches);
    } else {
        std::unique_ptr<arrow::RecordBatchReader> batches;
        ARROW_RETURN_NOT_OK(reader.GetRecordBatchReader(&batches));
        out = std::move(batches);
    }
    return arrow::Status::OK();
}

class ParquetReader : public TableReader
{
public:
    ParquetReader(std::string path, Sha256* hash) : TableReader(Format::Parquet), m_path(std::move(path)), m_hash(hash) {}

    Result<> open()
    {
        try {
            const arrow::Status status = openFile();
            if (!status.ok()) {
                return fault(m_path, status.message());
            }
        } catch (const std::exception& exception) {
            return fault(m_path, exception.what());
        }
        std::vector<std::string> names;
        for (const auto& field : m_batches->schema()->fields()) {
            names.emplace_back(trimmed(toUtf8(field->name())));
        }
        m_columns = distinctNames(names, m_notes);
        m_hadHeader = true;
        return {};
    }

    Result<bool> next(TableRow& row) override
    {
        row = TableRow{};
        while (!m_batch || m_place == m_batch->num_rows()) {
            auto more = nextBatch();
            if (!more || !*more) {
                return more;
            }
        }
        row.row = m_row++;
        row.cells.resize(m_columns.size());
        std::size_t size = 0;
        for (int i = 0; i < m_batch->num_columns(); ++i) {
            std::string& cell = row.cells[static_cast<std::size_t>(i)];
            appendCell(*m_batch->column(i), m_place, cell);
            cell = toUtf8(cell);
            size += cell.size();
        }
        ++m_place;
        if (size > recordLimit) {
            row.problem = "the row is longer than 16 MiB";
            row.cells.clear();
        }
        return true;
    }

    FileFacts facts() const override { return {}; }
    std::int64_t rawSize() const override { return m_size; }
    std::int64_t rawRead() const override
    {
        return m_rows == 0 ? m_size
                           : static_cast<std::int64_t>(static_cast<double>(m_size) * static_cast<double>(m_row) /
                                                       static_cast<double>(m_rows));
    }

    Result<> drain() override
    {
        if (!m_hash) {
            return {};
        }
        std::ifstream file(m_path, std::ios::binary);
        std::array<char, 65536> block{};
        while (file.read(block.data(), block.size()) || file.gcount() > 0) {
            m_hash->add(std::string_view(block.data(), static_cast<std::size_t>(file.gcount())));
        }
        if (file.bad()) {
            return fail(ErrorCode::Io, "Cannot read '" + m_path + "'.");
        }
        return {};
    }

private:
    arrow::Status openFile()
    {
        ARROW_ASSIGN_OR_RAISE(auto file, arrow::io::ReadableFile::Open(m_path));
        ARROW_ASSIGN_OR_RAISE(m_size, file->GetSize());
        parquet::arrow::FileReaderBuilder builder;
        ARROW_RETURN_NOT_OK(builder.Open(file));
        parquet::ArrowReaderProperties properties(false);
        properties.set_batch_size(batchRows);
        builder.properties(properties);
        ARROW_RETURN_NOT_OK(builder.Build(&m_reader));
        m_rows = m_reader->parquet_reader()->metadata()->num_rows();
        return openBatches(*m_reader, m_batches);
    }

    Result<bool> nextBatch()
    {
        m_place = 0;
        m_batch.reset();
        try {
            const arrow::Status status = m_batches->ReadNext(&m_batch);
            if (!status.ok()) {
                return fault(m_path, status.message());
            }
        } catch (const std::exception& exception) {
            return fault(m_path, exception.what());
        }
        return m_batch != nullptr;
    }

    std::string m_path;
    Sha256* m_hash;
    std::unique_ptr<parquet::arrow::FileReader> m_reader;
    std::shared_ptr<arrow::RecordBatchReader> m_batches;
    std::shared_ptr<arrow::RecordBatch> m_batch;
    std::int64_t m_place = 0; ///< of the next row in the batch
    std::int64_t m_rows = 0;
    std::int64_t m_size = 0;
};
} // namespace

Result<std::unique_ptr<TableReader>> openParquet(const std::string& path, Sha256* hash)
{
    auto reader = std::make_unique<ParquetReader>(path, hash);
    PAPILIO_TRY(reader->open());
    return std::unique_ptr<TableReader>(std::move(reader));
}

} // namespace papilio::data
