// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/rowsource.h"

#include "store/source.h"

namespace papilio::data
{

namespace
{
class FileRows : public RowSource
{
public:
    FileRows(std::vector<std::string> files, const ReadOptions& reading) : m_chain(std::move(files), false, reading) {}
    Result<> start() { return m_chain.start(); }
    Result<bool> next(TableRow& row) override { return m_chain.next(row); }

private:
    TableChain m_chain;
};

class StoredRows : public RowSource
{
public:
    StoredRows(store::Project&& project, std::int64_t dataset, std::int64_t firstRow)
        : m_project(std::move(project)), m_rows(m_project), m_dataset(dataset), m_next(firstRow)
    {
    }

    Result<bool> next(TableRow& row) override
    {
        auto record = m_rows.record(m_dataset, m_next);
        if (!record) {
            return tl::unexpected(std::move(record).error());
        }
        if (!*record) {
            return false;
        }
        row.row = m_next++;
        row.cells = std::move((*record)->cells);
        row.title = std::move((*record)->title);
        row.problem = std::move((*record)->problem);
        row.repair = std::move((*record)->repair);
        return true;
    }

private:
    store::Project m_project;
    store::SourceRows m_rows;
    std::int64_t m_dataset;
    std::int64_t m_next;
};
} // namespace

RowSourceMaker rowsOfFiles(std::vector<std::string> files, ReadOptions reading)
{
    return [files = std::move(files), reading]() -> Result<std::unique_ptr<RowSource>> {
        auto source = std::make_unique<FileRows>(files, reading);
        PAPILIO_TRY(source->start());
        return source;
    };
}

RowSourceMaker rowsOfDataset(std::string projectPath, std::int64_t dataset, std::int64_t firstRow)
{
    return [path = std::move(projectPath), dataset, firstRow]() -> Result<std::unique_ptr<RowSource>> {
        auto project = store::Project::open(path, store::Access::ReadOnly);
        if (!project) {
            return tl::unexpected(std::move(project).error());
        }
        return std::make_unique<StoredRows>(std::move(*project), dataset, firstRow);
    };
}

} // namespace papilio::data
