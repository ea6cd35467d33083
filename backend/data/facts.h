// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/control.h"
#include "core/error.h"
#include "data/cells.h"
#include "data/companions.h"
#include "data/preview.h"
#include "data/rowfilter.h"
#include "data/table.h"

namespace papilio::data
{

/// A cell to show people, with its row.
struct CellPlace {
    std::int64_t row = -1; ///< 0-based; -1 = none
    std::string cell;
};

/// What the cells of one column are, over all rows looked at; its size does not grow with the file.
struct ColumnFacts {
    std::int64_t present = 0; ///< non-missing cells
    std::int64_t numbers = 0;
    std::int64_t quantities = 0;  ///< numbers with a sign or a unit
    std::int64_t below = 0;       ///< quantities with '<'
    std::int64_t above = 0;       ///< with '>'
    std::int64_t approximate = 0; ///< with '~'
    std::int64_t withUnit = 0;    ///< with a unit
    std::int64_t words = 0; ///< true, false
    std::int64_t lists = 0;
    std::int64_t text = 0;
    std::int64_t decimalCommas = 0; ///< among 'text'
    std::int64_t values = 0;        ///< numbers, and elements of lists
    CellPlace firstText;
    CellPlace firstUnit;  ///< first cell with a unit
    CellPlace firstBound; ///< first cell with '<' or '>'
    std::map<std::string, std::int64_t> units; ///< of quantities, with their number of cells; the first few
    std::map<std::string, std::int64_t> texts; ///< texts, with their number of cells, while they are few
    bool manyTexts = false;
    CellPlace firstNotBinary; ///< first cell with a value other than 0 and 1
    CellPlace firstNotClass;  ///< first cell with a value other than 0, 1, 2 … 999
    double maximum = 0;       ///< of the values that are class numbers
    bool onlyWhole = true;    ///< all numbers are whole
    bool grows = true;        ///< each number is above the one before
    bool steps = true;        ///< each number is 1 above the one before
    double last = 0;
    std::string unitSaid; ///< by a row that describes the columns
    /// The first lists, each with the structure of its row, to find out what they belong to.
    std::vector<std::pair<std::string, std::size_t>> listSamples;

    void add(const Cell& cell, std::string_view text, std::int64_t row);

private:
    void addValue(double value, std::string_view text, std::int64_t row);
    void addQuantity(const Cell& cell, std::string_view text, std::int64_t row);
    void addText(std::string_view text);
};

/// A table as seen in one pass.
struct Survey {
    Format format = Format::Csv;
    FileFacts file;
    bool hadHeader = false;
    std::vector<std::string> columns;
    std::vector<ColumnFacts> facts;
    int structure = -1; ///< column of the structures
    std::string structureWhy;
    int order = -1; ///< column of the structures whose order the lists follow; −1 = that of the structure itself
    std::string orderWhy;
    std::vector<Beside> besides; ///< columns that may tell signs and units of others
    int describing = -1; ///< column that says which rows describe the columns (see isDescription()); −1 = none does
    RowFilter only;             ///< facts and head are of the rows that it takes
    std::vector<TableRow> head; ///< the first rows
    std::int64_t headRows = 0;  ///< rows of the file up to the last one in it
    std::int64_t rows = 0;      ///< of the file
    std::int64_t leftOut = 0;   ///< of them, as asked
    std::int64_t taken() const { return rows - leftOut; }
    std::vector<std::vector<ValueCounts::Count>> values; ///< by column, the most frequent; where not all rows are looked at
    std::int64_t broken = 0; ///< rows with a problem
    bool wholeFile = false;
    /// None of the rows looked at is asked for, though others may be: facts and head are of the rows as if all were. Rows,
    /// leftOut and values are of the search all the same.
    bool noneTaken = false;
    bool damaged = false; ///< the file is cut off; what stands before the fault is in here
    Error damage;
    std::string hash; ///< only after a whole pass
    std::vector<std::string> notes;
};

/// PubChem writes rows below the header that describe the columns; in its column of row numbers they hold "RESULT_TYPE",
/// "RESULT_DESCR", "RESULT_UNIT" and others.
bool isDescription(std::string_view cell);

inline constexpr std::size_t listSampleCount = 50;
inline constexpr std::size_t mostTexts = 64; ///< more different texts are no classes

/// Reads 'files' as one table and gathers the facts. rowsToLook 0 = all rows, with the hash of the bytes. Of rows that a
/// condition leaves out up to 100 times as many are looked at besides.
Result<Survey> surveyTable(const std::vector<std::string>& files, const ColumnChoice& choice, std::int64_t rowsToLook,
                           Control& control);

} // namespace papilio::data
