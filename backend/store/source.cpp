// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/source.h"

#include <nlohmann/json.hpp>

#include "store/connection.h"
#include "store/sourcepack.h"

namespace papilio::store
{

SourceRows::SourceRows(Project& project) : m_project(project) {}

std::string SourceRows::pack(std::span<const SourceRow> rows)
{
    return packSourceRows(rows);
}

Result<bool> SourceRows::has(std::int64_t dataset) const
{
    return reading(m_project, [&](Connection& connection) -> Result<bool> {
        if (!connection.hasSchema(4)) {
            return false;
        }
        return Lease(connection, "SELECT 1 FROM sources WHERE dataset = ?1").bind(dataset).step();
    });
}

namespace
{
tl::unexpected<Error> notKept(const Project& project, std::int64_t dataset)
{
    std::string name = std::to_string(dataset);
    (void)reading(project, [&](Connection& connection) -> Result<> {
        Lease query(connection, "SELECT name FROM datasets WHERE id = ?1");
        if (query.bind(dataset).step()) {
            name.assign(1, '\'').append(query.text(0)).append(1, '\'');
        }
        return {};
    });
    return fail(ErrorCode::Unsupported,
                "The project '" + project.path() + "' does not have the rows of dataset " + name +
                    " as they were read: it was imported by an older Papilio.",
                "Import its file again with --replace.");
}

Result<std::string> sourceText(const Project& project, std::int64_t dataset, bool plan)
{
    return reading(project, [&](Connection& connection) -> Result<std::string> {
        if (!connection.hasSchema(4)) {
            return notKept(project, dataset);
        }
        Lease query(connection, "SELECT columns, plan FROM sources WHERE dataset = ?1");
        if (!query.bind(dataset).step()) {
            return notKept(project, dataset);
        }
        return query.text(plan ? 1 : 0);
    });
}

std::string whereOf(std::int64_t dataset, std::int64_t row)
{
    return "the rows of dataset " + std::to_string(dataset) + " from row " + std::to_string(row) + " on";
}
} // namespace

Result<std::vector<std::string>> SourceRows::columns(std::int64_t dataset) const
{
    const auto text = sourceText(m_project, dataset, false);
    if (!text) {
        return tl::unexpected<Error>(text.error());
    }
    const auto json = nlohmann::json::parse(*text, nullptr, false);
    std::vector<std::string> names;
    for (const auto& name : json) {
        if (!json.is_array() || !name.is_string()) {
            return damagedRecord(m_project.path(), whereOf(dataset, 0), "the names of the columns cannot be read");
        }
        names.push_back(name.get<std::string>());
    }
    return names;
}

Result<std::string> SourceRows::plan(std::int64_t dataset) const
{
    return sourceText(m_project, dataset, true);
}

Result<std::optional<SourceRows::Chunk>> SourceRows::chunkWith(std::int64_t dataset, std::int64_t row) const
{
    return reading(m_project, [&](Connection& connection) -> Result<std::optional<Chunk>> {
        if (!connection.hasSchema(4)) {
            return std::nullopt;
        }
        Lease query(connection, "SELECT first_row, rows, packed FROM source_chunks WHERE dataset = ?1 AND "
                                "first_row <= ?2 ORDER BY first_row DESC LIMIT 1");
        if (!query.bind(dataset, row).step() || row >= query.integer(0) + query.integer(1)) {
            return std::nullopt;
        }
        if (!unpackable(query.blob(2))) {
            return fail(ErrorCode::Unsupported,
                        "The rows as read in '" + m_project.path() + "' are packed with zstd, which this build of Papilio lacks.",
                        "Use one that was built with zstd.");
        }
        auto rows = unpackSourceRows(query.blob(2));
        if (!rows || static_cast<std::int64_t>(rows->size()) != query.integer(1)) {
            return damagedRecord(m_project.path(), whereOf(dataset, query.integer(0)), "they cannot be unpacked");
        }
        return Chunk{dataset, query.integer(0), std::move(*rows)};
    });
}

Result<std::optional<SourceRow>> SourceRows::record(std::int64_t dataset, std::int64_t row) const
{
    const auto inLast = [&] {
        return m_last.dataset == dataset && row >= m_last.first &&
               row < m_last.first + static_cast<std::int64_t>(m_last.rows.size());
    };
    if (!inLast()) {
        auto chunk = chunkWith(dataset, row);
        if (!chunk) {
            return tl::unexpected<Error>(chunk.error());
        }
        if (!*chunk) {
            return std::nullopt;
        }
        m_last = std::move(**chunk);
    }
    return inLast() ? std::optional(m_last.rows[static_cast<std::size_t>(row - m_last.first)]) : std::nullopt;
}

Result<std::optional<std::vector<std::string>>> SourceRows::row(std::int64_t dataset, std::int64_t row) const
{
    auto found = record(dataset, row);
    if (!found) {
        return tl::unexpected<Error>(found.error());
    }
    return *found ? std::optional(std::move((*found)->cells)) : std::nullopt;
}

Result<> SourceRows::eachRecord(std::int64_t dataset, std::int64_t firstRow,
                                const std::function<bool(std::int64_t, SourceRow&)>& callback) const
{
    std::int64_t next = firstRow;
    while (true) {
        // One statement a chunk, ended before the callback: it may write, which an open read would keep from committing
        // its log.
        auto chunk = chunkWith(dataset, next);
        if (!chunk) {
            return tl::unexpected<Error>(chunk.error());
        }
        if (!*chunk) {
            return {};
        }
        for (auto i = static_cast<std::size_t>(next - (*chunk)->first); i < (*chunk)->rows.size(); ++i) {
            if (!callback(next++, (*chunk)->rows[i])) {
                return {};
            }
        }
    }
}

Result<> SourceRows::each(std::int64_t dataset,
                          const std::function<bool(std::int64_t, const std::vector<std::string>&)>& callback) const
{
    return eachRecord(dataset, 0,
                      [&](std::int64_t row, SourceRow& record) { return callback(row, record.cells); });
}

Result<> SourceRows::setColumns(std::int64_t dataset, const std::vector<std::string>& columns, const std::string& plan)
{
    return writing(m_project, [&](Connection& connection) -> Result<> {
        const std::string names =
            nlohmann::json(columns).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        Lease(connection, "INSERT OR REPLACE INTO sources (dataset, columns, plan) VALUES (?1, ?2, ?3)")
            .bind(dataset, names, plan)
            .run();
        return {};
    });
}

Result<> SourceRows::add(std::int64_t dataset, std::int64_t firstRow,
                         const std::vector<std::vector<std::string>>& rows)
{
    std::vector<SourceRow> records(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        records[i].cells = rows[i];
    }
    return addPacked(dataset, firstRow, static_cast<std::int64_t>(rows.size()), pack(records));
}

Result<> SourceRows::addPacked(std::int64_t dataset, std::int64_t firstRow, std::int64_t rows,
                               const std::string& packed)
{
    if (rows == 0) {
        return {};
    }
    return writing(m_project, [&](Connection& connection) -> Result<> {
        Lease(connection, "INSERT INTO source_chunks (dataset, first_row, rows, packed) VALUES (?1, ?2, ?3, ?4)")
            .bind(dataset, firstRow, rows, Blob{packed})
            .run();
        return {};
    });
}

} // namespace papilio::store
