// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/preview.h"

#include <algorithm>
#include <unordered_map>

#include "core/text.h"
#include "data/parallel.h"
#include "data/plan.h"
#include "data/rows.h"

namespace papilio::data
{

namespace
{
constexpr std::size_t longestCell = 1000;

/// Does the chemistry of all rows on all cores; the rows keep their places.
std::vector<ReadRow> readAll(std::vector<TableRow>& rows, const Plan& plan)
{
    constexpr std::size_t piece = 50;
    std::vector<ReadRow> result(rows.size());
    Control control;
    inParallel(rows.size(), piece, 0, control, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            result[i] = readRow(std::move(rows[i]), plan);
            result[i].molecule.reset(); // its rows are what is asked for
        }
    });
    return result;
}

std::vector<std::string> shownCells(const TableRow& row, bool molBlock)
{
    std::vector<std::string> cells;
    for (const std::string& cell : row.cells) {
        cells.push_back(elided(cell, longestCell));
    }
    if (molBlock && !cells.empty()) {
        cells[0] = elided(row.title, longestCell);
    }
    if (cells.empty()) {
        cells.push_back(elided(row.title, longestCell));
    }
    return cells;
}

void addRow(Preview& preview, const ReadRow& row, std::unordered_map<std::string, std::int64_t>& firstRows,
            Preview::Row* shown)
{
    std::string status = "used";
    std::string reason = row.reason;
    if (row.rejected) {
        status = "rejected";
        ++preview.rejected;
    } else if (const auto [place, isNew] = firstRows.try_emplace(row.smiles, row.row); !isNew) {
        status = "merged";
        ++preview.merged;
        reason = "same molecule as row " + std::to_string(place->second) + (reason.empty() ? "" : "; " + reason);
    } else if (!row.reason.empty()) {
        status = "repaired";
        ++preview.repaired;
    } else {
        ++preview.used;
    }
    if (shown) {
        shown->row = row.row;
        shown->canonicalSmiles = row.smiles;
        shown->status = status;
        shown->reason = reason;
    }
}
/// In tables of very many columns labels have none: nobody chooses rows by them.
void addValues(Preview& preview, const Survey& survey)
{
    constexpr std::size_t manyColumns = 100;
    for (ColumnGuess& guess : preview.columns) {
        const auto column = static_cast<std::size_t>(guess.index);
        if (column < survey.values.size() &&
            (guess.role != ColumnRole::Label || preview.columns.size() <= manyColumns)) {
            guess.values = survey.values[column];
        }
    }
}
} // namespace

Result<Preview> previewFile(const std::string& path, const ColumnChoice& choice, int rowsToLook, int previewRows)
{
    return previewFiles({path}, choice, rowsToLook, previewRows);
}

Result<Preview> previewFiles(const std::vector<std::string>& files, const ColumnChoice& choice, int rowsToLook,
                             int previewRows)
{
    const std::string& path = files.front();
    Control control;
    auto survey = surveyTable(files, choice, std::max(1, rowsToLook), control);
    if (!survey) {
        return tl::unexpected(survey.error());
    }
    if (survey->damaged) {
        survey->damage.message += " The first " + std::to_string(survey->rows) + " rows can be read.";
        return tl::unexpected(survey->damage);
    }
    auto plan = makePlan(*survey, choice, fileName(path));
    if (!plan) {
        return tl::unexpected(plan.error());
    }
    Preview preview;
    preview.file = path;
    preview.format = formatName(survey->format);
    preview.facts = survey->file;
    preview.hadHeader = survey->hadHeader;
    preview.compressed = !survey->file.packing.empty();
    preview.lineEnds = survey->file.crlf ? "CRLF" : "LF";
    preview.byteOrderMark = survey->file.byteOrderMark;
    preview.columns = plan->columns;
    preview.notes = plan->notes;
    preview.advice = plan->advice;
    preview.kinds = plan->kinds;
    addValues(preview, *survey);
    preview.order = plan->order < 0 ? std::string() : survey->columns[static_cast<std::size_t>(plan->order)];
    preview.wholeFile = survey->wholeFile;
    const std::size_t shown = std::min(survey->head.size(), static_cast<std::size_t>(std::max(0, previewRows)));
    preview.rows.resize(shown);
    for (std::size_t i = 0; i < shown; ++i) {
        preview.rows[i].cells = shownCells(survey->head[i], survey->format == Format::Sdf);
    }
    preview.rowsLooked = survey->headRows; // fewer than those of the survey where rows are huge
    preview.leftOut = preview.rowsLooked - static_cast<std::int64_t>(survey->head.size());
    preview.rejected = preview.leftOut;
    preview.wholeFile = preview.wholeFile && preview.rowsLooked == survey->rows;
    const std::vector<ReadRow> rows = readAll(survey->head, *plan);
    std::unordered_map<std::string, std::int64_t> firstRows;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        addRow(preview, rows[i], firstRows, i < shown ? &preview.rows[i] : nullptr);
    }
    if (survey->noneTaken) {
        preview.noneTaken = true;
        preview.rowsLooked = preview.rejected = survey->rows;
        preview.leftOut = survey->leftOut;
    }
    return preview;
}

} // namespace papilio::data
