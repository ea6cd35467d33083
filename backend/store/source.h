// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "store/project.h"

namespace papilio::store
{

/// A row of the input exactly as it was read.
struct SourceRow {
    std::vector<std::string> cells; ///< one a column; shorter rows lack their last ones; empty if it could not be read
    std::string title;              ///< SDF: first line of the record; an unreadable row: its text
    std::string problem;            ///< why it could not be read
    std::string repair;             ///< what reading had to change
};

/// The rows of datasets as they were read, all cells, compressed, so that another recipe can be chosen, a row be shown
/// and its columns be used without the file. Datasets that were imported by a Papilio of schema 1 to 3 have none
/// (has()); whatever needs them says so with the error of columns().
class SourceRows
{
public:
    explicit SourceRows(Project& project);

    Result<bool> has(std::int64_t dataset) const;
    Result<std::vector<std::string>> columns(std::int64_t dataset) const;
    /// JSON of what the importer made of the columns (data/planjson.h).
    Result<std::string> plan(std::int64_t dataset) const;
    /// The cells of one row; nothing if there is no such row. Rows near the last one asked for are at hand.
    Result<std::optional<std::vector<std::string>>> row(std::int64_t dataset, std::int64_t row) const;
    Result<std::optional<SourceRow>> record(std::int64_t dataset, std::int64_t row) const;
    /// Streams the cells of all rows; the callback returns false to stop. It may read and write the project.
    Result<> each(std::int64_t dataset,
                  const std::function<bool(std::int64_t row, const std::vector<std::string>& cells)>& callback) const;
    /// The same with all that is known of them, from a row on; the callback may take the row's contents.
    Result<> eachRecord(std::int64_t dataset, std::int64_t firstRow,
                        const std::function<bool(std::int64_t row, SourceRow& record)>& callback) const;

    // --- writing ---
    Result<> setColumns(std::int64_t dataset, const std::vector<std::string>& columns, const std::string& plan);
    Result<> add(std::int64_t dataset, std::int64_t firstRow, const std::vector<std::vector<std::string>>& rows);
    /// A chunk that pack() made, perhaps on another thread.
    Result<> addPacked(std::int64_t dataset, std::int64_t firstRow, std::int64_t rows, const std::string& packed);
    static std::string pack(std::span<const SourceRow> rows);

private:
    struct Chunk {
        std::int64_t dataset = 0;
        std::int64_t first = 0;
        std::vector<SourceRow> rows;
    };
    Result<std::optional<Chunk>> chunkWith(std::int64_t dataset, std::int64_t row) const;

    Project& m_project;
    mutable Chunk m_last; ///< chunks never change, and ids of datasets are never given twice
};

} // namespace papilio::store
