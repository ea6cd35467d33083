// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/parquetwriter.h"

#include <cmath>
#include <cstdio>
#include <unistd.h>
#include <utility>

#include <arrow/api.h>
#include <arrow/io/file.h>
#include <parquet/arrow/writer.h>

namespace papilio::data
{

struct ParquetWriter::Data {
    std::string path, temporary;
    std::shared_ptr<arrow::Schema> schema;
    std::vector<std::unique_ptr<arrow::StringBuilder>> texts;
    std::vector<std::unique_ptr<arrow::FloatBuilder>> numbers;
    std::shared_ptr<arrow::io::FileOutputStream> stream;
    std::unique_ptr<parquet::arrow::FileWriter> writer;
    std::int64_t rows = 0; ///< not written yet
    bool finished = false;

    arrow::Status open(const std::vector<std::string>& textColumns, const std::vector<std::string>& numberColumns);
    arrow::Status append(std::span<const std::string> rowTexts, std::span<const float> rowNumbers);
    arrow::Status flush();
    arrow::Status close();
};

namespace
{

constexpr std::int64_t rowsAtOnce = 8192; ///< a row group

Result<> toResult(const arrow::Status& status, const std::string& path)
{
    if (status.ok()) {
        return {};
    }
    return fail(ErrorCode::Io, path + ": cannot be written: " + status.message() + ".");
}

/// Arrow promises no exceptions, its Parquet library below it throws.
template <typename Work> Result<> guarded(const std::string& path, Work work)
{
    try {
        return toResult(work(), path);
    } catch (const std::exception& exception) {
        return fail(ErrorCode::Io, path + ": cannot be written: " + exception.what() + ".");
    }
}

} // namespace

arrow::Status ParquetWriter::Data::open(const std::vector<std::string>& textColumns,
                                        const std::vector<std::string>& numberColumns)
{
    arrow::FieldVector fields;
    for (const std::string& name : textColumns) {
        fields.push_back(arrow::field(name, arrow::utf8()));
        texts.push_back(std::make_unique<arrow::StringBuilder>());
    }
    for (const std::string& name : numberColumns) {
        fields.push_back(arrow::field(name, arrow::float32()));
        numbers.push_back(std::make_unique<arrow::FloatBuilder>());
    }
    schema = arrow::schema(std::move(fields));
    ARROW_ASSIGN_OR_RAISE(stream, arrow::io::FileOutputStream::Open(temporary));
    const auto properties = parquet::WriterProperties::Builder().created_by("Papilio " PAPILIO_VERSION)->build();
    ARROW_ASSIGN_OR_RAISE(writer,
                          parquet::arrow::FileWriter::Open(*schema, arrow::default_memory_pool(), stream, properties));
    return arrow::Status::OK();
}

arrow::Status ParquetWriter::Data::append(std::span<const std::string> rowTexts, std::span<const float> rowNumbers)
{
    for (std::size_t i = 0; i < texts.size(); ++i) {
        ARROW_RETURN_NOT_OK(texts[i]->Append(rowTexts[i]));
    }
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        ARROW_RETURN_NOT_OK(std::isnan(rowNumbers[i]) ? numbers[i]->AppendNull() : numbers[i]->Append(rowNumbers[i]));
    }
    return ++rows < rowsAtOnce ? arrow::Status::OK() : flush();
}

arrow::Status ParquetWriter::Data::flush()
{
    arrow::ArrayVector columns(texts.size() + numbers.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
        ARROW_RETURN_NOT_OK(texts[i]->Finish(&columns[i]));
    }
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        ARROW_RETURN_NOT_OK(numbers[i]->Finish(&columns[texts.size() + i]));
    }
    const auto table = arrow::Table::Make(schema, std::move(columns), std::exchange(rows, 0));
    return writer->WriteTable(*table, rowsAtOnce);
}

arrow::Status ParquetWriter::Data::close()
{
    if (rows > 0) {
        ARROW_RETURN_NOT_OK(flush());
    }
    ARROW_RETURN_NOT_OK(writer->Close());
    ARROW_RETURN_NOT_OK(stream->Close());
    if (std::rename(temporary.c_str(), path.c_str()) != 0) {
        return arrow::Status::IOError("it cannot be given its name");
    }
    finished = true;
    return arrow::Status::OK();
}

bool parquetAvailable()
{
    return true;
}

ParquetWriter::ParquetWriter(std::unique_ptr<Data> data) : m_data(std::move(data)) {}
ParquetWriter::ParquetWriter(ParquetWriter&&) noexcept = default;

ParquetWriter::~ParquetWriter()
{
    if (m_data && !m_data->finished) {
        const std::string temporary = m_data->temporary;
        m_data.reset();
        ::unlink(temporary.c_str());
    }
}

Result<ParquetWriter> ParquetWriter::create(const std::string& path, const std::vector<std::string>& textColumns,
                                            const std::vector<std::string>& numberColumns)
{
    ParquetWriter writer(std::make_unique<Data>());
    Data& data = *writer.m_data;
    data.path = path;
    data.temporary = path + ".part-" + std::to_string(::getpid());
    PAPILIO_TRY(guarded(path, [&] { return data.open(textColumns, numberColumns); }));
    return writer;
}

Result<> ParquetWriter::add(std::span<const std::string> texts, std::span<const float> numbers)
{
    if (texts.size() != m_data->texts.size() || numbers.size() != m_data->numbers.size()) {
        return fail(ErrorCode::Internal, m_data->path + ": a row does not have the columns of the file.");
    }
    return guarded(m_data->path, [&] { return m_data->append(texts, numbers); });
}

Result<> ParquetWriter::finish()
{
    return guarded(m_data->path, [&] { return m_data->close(); });
}

} // namespace papilio::data
