// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/error.h"
#include "core/task.h"
#include "data/choice.h"
#include "data/table.h"
#include "data/transform.h"

namespace papilio::data
{

/// A column of a table and what it was taken for. Columns of the same name are told apart as "x", "x (2)".
struct ColumnGuess {
    int index = 0;
    std::string name;
    ColumnRole role = ColumnRole::Ignored;
    Level level = Level::Graph;
    TaskKind kind = TaskKind::Regression;
    int classes = 0;
    std::string unit;          ///< from the column name, e.g. "mu (D)" or a known published column
    std::string why;           ///< one phrase for people: "name contains 'smiles'", "only 0 and 1 in 1000 rows"
    std::int64_t present = 0;  ///< non-empty cells among the rows looked at
    std::int64_t text = 0;     ///< cells that are no number
    std::string rule;          ///< how its cells are read, where they are no plain numbers: "'<' left out; unit nM taken off"
    std::int64_t below = 0, above = 0, approximate = 0; ///< cells with '<', '>', '~'
    std::int64_t decimalCommas = 0;      ///< cells that would be numbers if commas were decimal
    std::vector<std::string> classNames; ///< texts that stand for classes; of a column that is no label: that could
    /// The most frequent values with their rows, rows that are left out included; of a preview.
    std::vector<std::pair<std::string, std::int64_t>> values = {};
};

/// A column that tells kinds of values apart in a column of numbers, which becomes one task all the same.
struct MixedKinds {
    int types = -1, values = -1;                         ///< columns
    std::vector<std::pair<std::string, std::int64_t>> texts; ///< with their rows, the most frequent first
};

/// What import would make of a file, from its first rows; the file is not read further.
struct Preview {
    std::string file;
    std::string format;        ///< "CSV", "TSV", "SMI", "SDF", "Parquet"
    bool compressed = false;
    std::string lineEnds;      ///< "LF", "CRLF"
    bool byteOrderMark = false;
    FileFacts facts;           ///< packing, encoding, delimiter
    bool hadHeader = false;
    std::string order;         ///< column whose order lists follow; empty = the structure column
    std::vector<std::string> notes; ///< guesses and offers for people
    std::vector<std::string> advice; ///< what options of the command line could do
    std::vector<MixedKinds> kinds;
    std::vector<ColumnGuess> columns;
    std::int64_t rowsLooked = 0;
    bool wholeFile = false;    ///< rowsLooked is all there is
    struct Row {
        std::int64_t row = 0;
        std::vector<std::string> cells;
        std::string canonicalSmiles; ///< empty if rejected
        std::string status;    ///< "used", "merged", "repaired", "rejected"
        std::string reason;
    };
    std::vector<Row> rows;     ///< the first 'previewRows' of those that are taken
    std::int64_t used = 0, merged = 0, repaired = 0, rejected = 0; ///< among rowsLooked
    std::int64_t leftOut = 0;  ///< of the rejected ones: as asked
    /// None of the rows looked at is asked for, though later ones may be: 'rows' are those left out, and they told what the
    /// columns are.
    bool noneTaken = false;
};

Result<Preview> previewFile(const std::string& path, const ColumnChoice& choice = {}, int rowsToLook = 1000,
                            int previewRows = 50);
/// The same for the files of one table.
Result<Preview> previewFiles(const std::vector<std::string>& files, const ColumnChoice& choice = {},
                             int rowsToLook = 1000, int previewRows = 50);

} // namespace papilio::data
