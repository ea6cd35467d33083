// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/rowfilter.h"

#include <algorithm>
#include <iterator>

#include "core/text.h"
#include "data/cells.h"
#include "data/structures.h"

namespace papilio::data
{

namespace
{
constexpr std::string_view leftOutMark = "left out as asked: ";
constexpr std::size_t shownText = 60;       ///< of a value, for people
constexpr std::size_t longestValue = 200;   ///< that is counted
constexpr std::size_t mostDifferent = 5000; ///< values of one column that are counted
constexpr std::size_t mostInAll = 100'000;  ///< of all columns, where nobody asked for them
constexpr std::int64_t rowsForAll = 2000;   ///< that all columns are counted in
constexpr std::size_t shownValues = 6;

std::string_view cellOf(const std::vector<std::string>& cells, int column)
{
    const auto place = static_cast<std::size_t>(column);
    return column >= 0 && place < cells.size() ? trimmedCell(cells[place]) : std::string_view();
}

std::string quoted(const std::string& value)
{
    if (value.empty()) {
        return "empty";
    }
    std::string text = "'";
    return text.append(elided(value, shownText)).append("'");
}

/// The column of a name; a name in another case, or with other blanks around it, counts where it is the only one.
int columnOf(const std::vector<std::string>& columns, const std::string& name)
{
    const auto exact = std::find(columns.begin(), columns.end(), name);
    if (exact != columns.end()) {
        return static_cast<int>(exact - columns.begin());
    }
    const auto same = [&](const std::string& other) {
        return equalsIgnoringCase(trimmedCell(other), trimmedCell(name));
    };
    const auto found = std::find_if(columns.begin(), columns.end(), same);
    return std::count_if(columns.begin(), columns.end(), same) == 1 ? static_cast<int>(found - columns.begin()) : -1;
}

/// Name and value of a text with several '=': the longest name of a column counts, exactly as it is written or else in
/// another case. Where there is none, the name ends where that of a column with a '=' might, or else with the first one.
std::pair<std::string, std::string> splitCondition(const std::string& text, const std::vector<std::string>& columns)
{
    const auto nameUpTo = [&](std::size_t equals) { return std::string(trimmed(std::string_view(text).substr(0, equals))); };
    const auto cutAt = [&](std::size_t equals) {
        return std::pair(nameUpTo(equals), std::string(trimmedCell(std::string_view(text).substr(equals + 1))));
    };
    std::size_t alike = std::string::npos;
    const std::size_t first = text.find('='), last = text.rfind('=');
    for (std::size_t at = last; at != std::string::npos && at > 0; at = text.rfind('=', at - 1)) {
        const std::string name = nameUpTo(at);
        if (std::find(columns.begin(), columns.end(), name) != columns.end()) {
            return cutAt(at);
        }
        alike = alike == std::string::npos && columnOf(columns, name) >= 0 ? at : alike;
    }
    if (alike != std::string::npos) {
        return cutAt(alike);
    }
    const std::string start = text.substr(0, first + 1);
    const bool within = std::any_of(columns.begin(), columns.end(), [&](const std::string& column) {
        return equalsIgnoringCase(std::string_view(column).substr(0, start.size()), start);
    });
    return cutAt(within || nameUpTo(first).empty() ? last : first);
}

std::string rowsText(std::int64_t count)
{
    return std::to_string(count) + (count == 1 ? " row" : " rows");
}
} // namespace

bool isLeftOut(std::string_view reason)
{
    return reason.starts_with(leftOutMark);
}

const RowFilter::Part* RowFilter::hindrance(const std::vector<std::string>& cells) const
{
    for (const Part& part : parts) {
        const std::string_view text = cellOf(cells, part.column);
        if (std::find(part.values.begin(), part.values.end(), text) == part.values.end()) {
            return &part;
        }
    }
    return nullptr;
}

std::string RowFilter::whyLeftOut(const std::vector<std::string>& cells) const
{
    const Part* part = hindrance(cells);
    return part == nullptr ? std::string()
                           : std::string(leftOutMark) + "'" + part->name + "' is " +
                                 quoted(std::string(cellOf(cells, part->column)));
}

bool RowFilter::fixes(int column) const
{
    return std::any_of(parts.begin(), parts.end(),
                       [column](const Part& part) { return part.column == column && part.values.size() == 1; });
}

std::string RowFilter::text() const
{
    std::string text;
    for (const Part& part : parts) {
        text += (text.empty() ? "'" : " and '") + part.name + "' is ";
        for (std::size_t i = 0; i < part.values.size(); ++i) {
            text += (i == 0 ? "" : " or ") + quoted(part.values[i]);
        }
    }
    return text;
}

bool ValueCounts::add(std::string_view value, bool grow)
{
    if (value.size() > longestValue) {
        return false;
    }
    const auto known = m_counts.find(std::string(value));
    if (known != m_counts.end()) {
        ++known->second;
        m_repeats = true;
        return false;
    }
    const bool taken = grow && m_counts.size() < mostDifferent;
    if (taken) {
        m_counts.emplace(value, 1);
    }
    return taken;
}

std::vector<ValueCounts::Count> ValueCounts::mostFrequent(std::size_t most) const
{
    std::vector<Count> sorted(m_counts.begin(), m_counts.end());
    std::sort(sorted.begin(), sorted.end(), [](const Count& a, const Count& b) {
        return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    sorted.resize(std::min(most, sorted.size()));
    return sorted;
}

std::string ValueCounts::text(std::size_t most) const
{
    std::string text;
    for (const auto& [value, rows] : mostFrequent(most)) {
        text += (text.empty() ? "" : ", ") + quoted(value) + " " + std::to_string(rows);
    }
    return m_counts.size() > most ? text + " and " + std::to_string(m_counts.size() - most) + " more" : text;
}

const ValueCounts& RowSelector::values(std::size_t column) const
{
    for (std::size_t i = 0; i < m_filter.parts.size(); ++i) {
        if (m_filter.parts[i].column == static_cast<int>(column)) {
            return m_counts[i];
        }
    }
    static const ValueCounts none;
    return column < m_values.size() ? m_values[column] : none;
}

RowSelector::RowSelector(const ColumnChoice& choice, bool all) : m_choice(choice), m_all(all) {}

void RowSelector::setColumns(const std::vector<std::string>& columns)
{
    if (columns.size() == m_columns.size() || (m_choice.only.empty() && m_choice.onlyTexts.empty() && !m_all)) {
        return;
    }
    m_columns = columns;
    if (m_all) {
        m_values.resize(columns.size());
    }
    RowFilter filter;
    const auto add = [&](const std::string& said, const std::vector<std::string>& values) {
        const int column = columnOf(columns, said);
        const auto same = std::find_if(filter.parts.begin(), filter.parts.end(), [&](const RowFilter::Part& part) {
            return column >= 0 && part.column == column;
        });
        if (same != filter.parts.end()) { // "standard type" and "Standard Type"
            std::copy_if(values.begin(), values.end(), std::back_inserter(same->values), [&](const std::string& value) {
                return std::find(same->values.begin(), same->values.end(), value) == same->values.end();
            });
        } else {
            const std::string& name = column < 0 ? said : columns[static_cast<std::size_t>(column)];
            filter.parts.push_back({column, name, values});
        }
    };
    for (const RowCondition& condition : m_choice.only) {
        add(condition.column, condition.values);
    }
    for (const std::string& text : m_choice.onlyTexts) {
        const auto [name, value] = splitCondition(text, columns);
        add(name, {value});
    }
    m_filter = std::move(filter);
    m_counts.resize(m_filter.parts.size());
    m_wanted.resize(m_filter.parts.size());
}

Result<> RowSelector::checkColumns(const std::string& file) const
{
    for (const RowFilter::Part& part : m_filter.parts) {
        if (part.column < 0) {
            const std::string nearest = nearestName(part.name, m_columns);
            return fail(ErrorCode::Usage, "'" + file + "' has no column '" + part.name + "' to choose rows by.",
                        (nearest.empty() ? std::string() : "Did you mean '" + nearest + "'? ") + "Its columns are " +
                            listed(m_columns) + ".");
        }
    }
    return {};
}

void RowSelector::countValues(const TableRow& row)
{
    for (std::size_t i = 0; i < m_filter.parts.size(); ++i) {
        const RowFilter::Part& part = m_filter.parts[i];
        const std::string_view text = cellOf(row.cells, part.column);
        m_counts[i].add(text);
        if (std::find(part.values.begin(), part.values.end(), text) != part.values.end()) {
            ++m_wanted[i][std::string(text)];
        }
    }
    for (std::size_t i = 0; i < std::min(m_values.size(), row.cells.size()) && m_rows <= rowsForAll; ++i) {
        m_distinct += m_values[i].add(trimmedCell(row.cells[i]), m_distinct < mostInAll);
    }
}

bool RowSelector::takes(const TableRow& row, bool always)
{
    ++m_rows;
    if (always || (m_filter.empty() && !m_all)) {
        return true;
    }
    countValues(row);
    const bool taken = m_filter.hindrance(row.cells) == nullptr;
    m_taken += taken;
    m_leftOut += !taken;
    return taken;
}

tl::unexpected<Error> RowSelector::noSuchValue(std::size_t part, const std::string& value,
                                               const std::string& file) const
{
    const ValueCounts& counts = m_counts[part];
    std::string hint;
    for (const auto& [other, rows] : counts.mostFrequent(mostDifferent)) {
        if (equalsIgnoringCase(other, value)) {
            hint += "Letters count as they are written: " + rowsText(rows) + (rows == 1 ? " has '" : " have '") +
                    other + "'. ";
            break;
        }
    }
    return fail(ErrorCode::BadInput,
                "Column '" + m_filter.parts[part].name + "' of '" + file + "' is " + quoted(value) + " in no row.",
                hint + "It has " + counts.text(shownValues) + ".");
}

Result<> RowSelector::check(const std::string& file) const
{
    PAPILIO_TRY(checkColumns(file));
    for (std::size_t i = 0; i < m_filter.parts.size(); ++i) {
        for (const std::string& value : m_filter.parts[i].values) {
            if (!m_wanted[i].contains(value)) {
                return noSuchValue(i, value, file);
            }
        }
    }
    if (m_filter.empty() || !tookNone()) {
        return {};
    }
    std::string values;
    for (std::size_t i = 0; i < m_filter.parts.size(); ++i) {
        values += (i == 0 ? "Column '" : " Column '") + m_filter.parts[i].name + "' has " +
                  m_counts[i].text(shownValues) + ".";
    }
    return fail(ErrorCode::BadInput, "No row of '" + file + "' is one where " + m_filter.text() + ".", values);
}

std::string RowSelector::noneNote(const std::string& file) const
{
    return "None of the first " + rowsText(m_rows) + " of '" + file + "' is one where " + m_filter.text() +
           "; the import looks at all rows. What the columns are is told by rows that were not asked for.";
}

std::vector<std::string> RowSelector::notes() const
{
    std::vector<std::string> notes;
    if (m_filter.empty()) {
        return notes;
    }
    notes.push_back("Only rows where " + m_filter.text() + ": " + std::to_string(m_leftOut) + " of " +
                    rowsText(m_rows) + (m_leftOut == 1 ? " is" : " are") + " left out as asked.");
    for (std::size_t i = 0; i < m_filter.parts.size(); ++i) {
        const RowFilter::Part& part = m_filter.parts[i];
        std::string others;
        for (const auto& known : m_counts[i].mostFrequent(mostDifferent)) {
            const std::string& value = known.first;
            const bool asked = std::find(part.values.begin(), part.values.end(), value) != part.values.end();
            const bool alike = std::any_of(part.values.begin(), part.values.end(),
                                           [&](const std::string& one) { return equalsIgnoringCase(one, value); });
            others += asked || !alike ? "" : (others.empty() ? "'" : ", '") + value + "' " + std::to_string(known.second);
        }
        if (!others.empty()) {
            notes.push_back("Among the rows left out are some whose '" + part.name +
                            "' is the same but for capital letters: " + others + ".");
        }
    }
    return notes;
}

} // namespace papilio::data
