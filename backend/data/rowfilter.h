// SPDX-License-Identifier: GPL-3.0-or-later
// Which rows of a table are wanted: columns and the values that they may have there ("Standard Type" is "IC50").
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/error.h"
#include "data/choice.h"
#include "data/table.h"

namespace papilio::data
{

/// The conditions on the rows of a table whose columns are known by their places.
struct RowFilter {
    struct Part {
        int column = -1; ///< −1 = not there (yet): empty in all rows
        std::string name;
        std::vector<std::string> values; ///< one of them must stand there, blanks around it apart; "" = nothing
    };
    std::vector<Part> parts;

    bool empty() const { return parts.empty(); }
    /// The condition that a row does not fulfil; nothing = it is taken.
    const Part* hindrance(const std::vector<std::string>& cells) const;
    std::string whyLeftOut(const std::vector<std::string>& cells) const; ///< for people; empty = it is taken
    bool fixes(int column) const; ///< all rows have the same in it
    std::string text() const;     ///< for people: "'Standard Type' is 'IC50' or 'Ki' and 'Assay Type' is 'B'"
};

/// Whether a row was rejected because nobody asked for it, by its reason.
bool isLeftOut(std::string_view reason);

/// How often which values stand in a column; its size is bounded, what comes late is not counted.
class ValueCounts
{
public:
    using Count = std::pair<std::string, std::int64_t>;
    /// Whether it was a new one. 'grow': new ones are taken.
    bool add(std::string_view value, bool grow = true);
    std::vector<Count> mostFrequent(std::size_t most) const; ///< most frequent first, then by the alphabet
    std::size_t size() const { return m_counts.size(); }
    bool repeats() const { return m_repeats; } ///< some value was there more than once
    std::string text(std::size_t most) const; ///< "'IC50' 1456, 'Ki' 533 and 2 more"

private:
    std::unordered_map<std::string, std::int64_t> m_counts;
    bool m_repeats = false;
};

/// Tells the rows that are asked for, in the order of the table, and counts what stands in the columns.
class RowSelector
{
public:
    /// 'all': values of all columns are counted, not only those of the conditions.
    RowSelector(const ColumnChoice& choice, bool all);

    void setColumns(const std::vector<std::string>& columns); ///< SD files: they become more
    /// Usage where a column of the conditions is not there.
    Result<> checkColumns(const std::string& file) const;
    /// 'always': whatever stands in it, as in rows that could not be read.
    bool takes(const TableRow& row, bool always);
    /// After the last row of the whole file: BadInput where no row has a value that was asked for, or all of them together.
    Result<> check(const std::string& file) const;
    std::string noneNote(const std::string& file) const; ///< for people: none was taken, others may come

    bool isActive() const { return !m_filter.empty(); }
    const RowFilter& filter() const { return m_filter; }
    std::int64_t leftOut() const { return m_leftOut; }
    bool tookNone() const { return m_taken == 0; }
    std::vector<std::string> notes() const; ///< for people
    /// What stands in a column, in the rows left out as well; of other columns only if all are counted.
    const ValueCounts& values(std::size_t column) const;

private:
    void countValues(const TableRow& row);
    tl::unexpected<Error> noSuchValue(std::size_t part, const std::string& value, const std::string& file) const;

    const ColumnChoice& m_choice;
    bool m_all;
    RowFilter m_filter;
    std::vector<std::string> m_columns;
    std::vector<ValueCounts> m_counts;                          ///< by part
    std::vector<std::map<std::string, std::int64_t>> m_wanted; ///< by part: rows with each of its values
    std::vector<ValueCounts> m_values;
    std::size_t m_distinct = 0; ///< in m_values
    std::int64_t m_rows = 0, m_leftOut = 0;
    std::int64_t m_taken = 0; ///< for what stands in them
};

} // namespace papilio::data
