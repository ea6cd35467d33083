// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/rowsfile.h"

#include <utility>

#include "engine/csvwriter.h"
#include "store/source.h"

namespace papilio::engine
{

const std::vector<std::string>& rowsHeader()
{
    static const std::vector<std::string> header = {"row", "status", "reason", "structure"};
    return header;
}

std::vector<std::string> rowCells(const store::RowRecord& row)
{
    return {std::to_string(row.row), std::string(store::rowStatusName(row.status)), row.reason, row.text};
}

Result<std::int64_t> writeRows(store::Project& project, const store::DatasetRecord& dataset,
                               const store::RowFilter& filter, const std::string& path, bool source)
{
    const store::SourceRows rows(project);
    std::vector<std::string> header = rowsHeader();
    std::size_t columns = 0;
    if (source) {
        const auto names = rows.columns(dataset.id);
        if (!names)
            return tl::unexpected<Error>(names.error());
        columns = names->size();
        header.insert(header.end(), names->begin(), names->end());
    }
    auto file = OutputFile::create(path);
    if (!file)
        return tl::unexpected<Error>(file.error());
    file->write(csvLine(header));
    std::int64_t count = 0;
    std::optional<Error> error;
    PAPILIO_TRY(store::FilteredRows(project).each(dataset.id, filter, [&](const store::RowRecord& row) {
        std::vector<std::string> cells = rowCells(row);
        if (source) {
            auto read = rows.row(dataset.id, row.row);
            if (!read) {
                error = read.error();
                return false;
            }
            std::vector<std::string> written = *read ? std::move(**read) : std::vector<std::string>();
            written.resize(columns);
            cells.insert(cells.end(), written.begin(), written.end());
        }
        file->write(csvLine(cells));
        ++count;
        return true;
    }));
    if (error)
        return tl::unexpected<Error>(*error);
    PAPILIO_TRY(file->finish());
    return count;
}

} // namespace papilio::engine
