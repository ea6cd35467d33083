// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/facts.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/text.h"
#include "data/columnrules.h"
#include "data/handover.h"
#include "data/order.h"
#include "data/pace.h"
#include "data/structures.h"
#include "data/units.h"

namespace papilio::data
{

namespace
{
constexpr std::size_t headRows = 1000;
constexpr std::size_t headBytes = std::size_t{32} * 1024 * 1024;
constexpr double mostClasses = 1000;

CellPlace place(std::string_view text, std::int64_t row)
{
    return {row, elided(text, 60)};
}

} // namespace

bool isDescription(std::string_view cell)
{
    cell = trimmed(cell);
    return cell.size() > 7 && equalsIgnoringCase(cell.substr(0, 7), "RESULT_");
}

void ColumnFacts::addValue(double value, std::string_view cellText, std::int64_t row)
{
    if (std::isnan(value)) {
        return;
    }
    ++values;
    if (firstNotBinary.row < 0 && value != 0 && value != 1) {
        firstNotBinary = place(cellText, row);
    }
    if (value >= 0 && value < mostClasses && value == std::floor(value)) {
        maximum = std::max(maximum, value);
    } else if (firstNotClass.row < 0) {
        firstNotClass = place(cellText, row);
    }
}

void ColumnFacts::addQuantity(const Cell& cell, std::string_view cellText, std::int64_t row)
{
    below += cell.qualifier == '<';
    above += cell.qualifier == '>';
    approximate += cell.qualifier == '~';
    if (cell.qualifier == '<' || cell.qualifier == '>') {
        if (firstBound.row < 0) {
            firstBound = place(cellText, row);
        }
    } else {
        addValue(cell.number, cellText, row);
    }
    withUnit += !cell.unit.empty();
    if (!cell.unit.empty() && firstUnit.row < 0) {
        firstUnit = place(cellText, row);
    }
    if (!cell.unit.empty() && (units.size() < 16 || units.contains(cell.unit))) {
        ++units[cell.unit];
    }
    onlyWhole = false;
}

void ColumnFacts::addText(std::string_view cellText)
{
    const std::string_view plain = trimmedCell(cellText);
    if (manyTexts || plain.size() > 60) {
        manyTexts = true;
        texts.clear();
        return;
    }
    ++texts[std::string(plain)];
    manyTexts = texts.size() > mostTexts;
}

void ColumnFacts::add(const Cell& cell, std::string_view cellText, std::int64_t row)
{
    if (cell.kind == CellKind::Missing) {
        return;
    }
    ++present;
    switch (cell.kind) {
    case CellKind::Missing:
        break;
    case CellKind::Number:
        if (numbers > 0) {
            grows = grows && cell.number > last;
            steps = steps && cell.number == last + 1;
        }
        last = cell.number;
        onlyWhole = onlyWhole && cell.number == std::floor(cell.number);
        ++numbers;
        addValue(cell.number, cellText, row);
        break;
    case CellKind::Quantity:
        ++quantities;
        addQuantity(cell, cellText, row);
        break;
    case CellKind::Word:
        ++words;
        addText(cellText);
        addValue(cell.number, cellText, row);
        break;
    case CellKind::List:
        ++lists;
        for (const double value : cell.list) {
            addValue(value, cellText, row);
        }
        break;
    case CellKind::Text:
        if (firstText.row < 0) {
            firstText = place(cellText, row);
        }
        ++text;
        addText(cellText);
        decimalCommas += isDecimalComma(cellText);
        break;
    }
}

namespace
{
constexpr std::size_t rowsAtOnce = 256, mostWaiting = 8; ///< handed over to be counted
constexpr std::size_t bytesAtOnce = std::size_t{1024} * 1024;
constexpr std::int64_t rowsForOne = 100;  ///< that are looked at for one that is taken, where not all are
constexpr std::size_t shownValues = 50;   ///< of a column, for people

/// One pass over a table: the first rows are kept until the structure column is known, then every row is counted.
class Surveyor
{
public:
    Surveyor(const std::vector<std::string>& files, const ColumnChoice& choice, std::int64_t rowsToLook,
             Control& control)
        : m_chain(files, rowsToLook == 0, choice.reading), m_choice(choice), m_limit(rowsToLook), m_control(control),
          m_pace(control), m_file(fileName(files.front())), m_selector(choice, rowsToLook > 0)
    {
        m_stage = "looking at " + fileName(files.front()) +
                  (files.size() > 1 ? " and " + std::to_string(files.size() - 1) + " more" : std::string());
    }

    Result<Survey> run()
    {
        PAPILIO_TRY(m_chain.start());
        TableReader& reader = m_chain.first();
        m_survey.format = reader.format();
        m_survey.file = reader.facts();
        m_survey.hadHeader = reader.hadHeader();
        m_selector.setColumns(m_chain.columns());
        if (m_survey.format != Format::Sdf) { // its columns come with the records
            PAPILIO_TRY(m_selector.checkColumns(m_file));
        }
        findMarks();
        PAPILIO_TRY(readAll());
        if (m_survey.damaged || !m_survey.wholeFile) { // what is not seen yet may come
            PAPILIO_TRY(m_selector.checkColumns(m_file));
        } else {
            PAPILIO_TRY(m_selector.check(m_file));
        }
        m_survey.noneTaken = tookNoneYet();
        keepSelection();
        const FileFacts first = std::move(m_survey.file);
        m_survey.file = m_chain.first().facts(); // what is known at the end: line ends, text that is no UTF-8
        m_survey.file.crlf = m_survey.file.crlf || first.crlf;
        m_survey.file.byteOrderMark = first.byteOrderMark;
        m_survey.notes.insert(m_survey.notes.begin(), m_chain.notes().begin(), m_chain.notes().end());
        if (m_limit == 0) {
            auto hash = m_chain.hash();
            if (!hash) {
                return tl::unexpected(hash.error());
            }
            m_survey.hash = *hash;
        }
        return std::move(m_survey);
    }

private:
    Result<> readAll()
    {
        // Behind the head, cells are looked at on a second thread while this one reads on.
        std::vector<TableRow> read;
        std::size_t readBytes = 0;
        HandOver<std::vector<TableRow>> counting(mostWaiting, [this](std::vector<TableRow>& rows) {
            std::for_each(rows.begin(), rows.end(), [this](const TableRow& one) { count(one); });
        });
        TableRow row;
        std::size_t bytes = 0;
        bool headOpen = true;
        while (wantsMore()) {
            auto more = m_chain.next(row);
            if (!more && more.error().code != ErrorCode::Damaged) {
                return tl::unexpected(more.error());
            }
            if (!more) {
                m_survey.damaged = true;
                m_survey.damage = more.error();
                break;
            }
            if (!*more) {
                m_survey.wholeFile = true;
                break;
            }
            ++m_survey.rows;
            m_selector.setColumns(m_chain.columns());
            if (!m_selector.takes(row, !row.problem.empty() || isAboutColumns(row))) {
                PAPILIO_TRY(report());
                continue;
            }
            if (headOpen) {
                bytes += bytesOf(row);
                m_survey.head.push_back(std::move(row));
                headOpen = m_survey.head.size() < headRows && bytes < headBytes;
                if (!headOpen) {
                    PAPILIO_TRY(closeHead());
                }
            } else {
                readBytes += bytesOf(row);
                read.push_back(std::move(row));
                if (read.size() == rowsAtOnce || readBytes > bytesAtOnce) {
                    counting.put(std::exchange(read, {}));
                    readBytes = 0;
                }
            }
            PAPILIO_TRY(report());
        }
        counting.put(std::move(read));
        counting.finish();
        return end(row, headOpen);
    }

    Result<> end(TableRow& row, bool headOpen)
    {
        m_ended = true;
        if (!wantsMore() && !m_survey.wholeFile) {
            auto more = m_chain.next(row);
            m_survey.wholeFile = more && !*more;
        }
        if (headOpen) {
            PAPILIO_TRY(closeHead());
        }
        m_survey.columns = m_chain.columns();
        m_survey.facts.resize(m_survey.columns.size());
        return {};
    }

    Result<> closeHead()
    {
        m_survey.columns = m_chain.columns();
        if (m_survey.rows == 0) {
            if (m_survey.damaged) {
                return tl::unexpected(m_survey.damage);
            }
            const std::string file = quotedName(m_chain.currentFile());
            return fail(ErrorCode::BadInput,
                        file + (m_survey.hadHeader ? " has a header line but no rows." : " has no rows."));
        }
        if (m_ended && m_selector.isActive() && m_selector.tookNone()) {
            return m_survey.damaged      ? tl::unexpected(m_survey.damage)
                   : m_survey.wholeFile ? m_selector.check(m_file)
                                        : Result<>();
        }
        m_survey.headRows = m_survey.rows;
        for (TableRow& row : m_survey.head) {
            if (row.problem.empty()) {
                row.cells.resize(m_survey.columns.size()); // SDF: columns that came later
            }
        }
        auto structure = chooseStructure(m_survey.columns, m_survey.head, m_survey.format, m_choice,
                                         fileName(m_chain.currentFile()));
        if (!structure) {
            return tl::unexpected(structure.error());
        }
        if (m_survey.format == Format::Smi && m_choice.smilesColumn.empty()) {
            structure->column = m_chain.first().structureColumn();
            structure->why = structure->column == 0 ? structure->why : "holds SMILES, the first column does not";
        }
        PAPILIO_TRY(refuseSelfies(m_survey.columns, m_survey.head, structure->column, fileName(m_chain.currentFile())));
        m_survey.structure = structure->column;
        m_survey.structureWhy = structure->why;
        auto order = chooseOrder(m_survey.columns, m_survey.head, m_survey.structure, m_survey.format == Format::Sdf,
                                 m_choice, fileName(m_chain.currentFile()));
        if (!order) {
            return tl::unexpected(order.error());
        }
        m_survey.order = order->column;
        m_survey.orderWhy = order->why;
        findCompanions();
        for (const TableRow& row : m_survey.head) {
            count(row);
        }
        return {};
    }

    /// Rows of the file, and rows that are taken.
    bool wantsMore() const
    {
        const std::int64_t most = m_selector.isActive() ? rowsForOne * m_limit : m_limit;
        return m_limit == 0 || (m_survey.rows < most && m_survey.rows - m_selector.leftOut() < m_limit);
    }

    bool tookNoneYet() const
    {
        return m_selector.isActive() && m_selector.tookNone() && !m_survey.wholeFile && !m_survey.damaged;
    }

    void keepSelection()
    {
        m_survey.only = m_selector.filter();
        m_survey.leftOut = m_selector.leftOut();
        const std::vector<std::string> notes =
            m_survey.noneTaken ? std::vector{m_selector.noneNote(m_file)} : m_selector.notes();
        m_survey.notes.insert(m_survey.notes.end(), notes.begin(), notes.end());
        for (std::size_t i = 0; i < m_survey.columns.size() && m_limit > 0; ++i) {
            const ValueCounts& values = m_selector.values(i);
            const bool telling = values.repeats() || values.size() <= shownValues;
            m_survey.values.push_back(telling ? values.mostFrequent(shownValues) : std::vector<ValueCounts::Count>());
        }
    }

    /// The column that marks rows about the columns.
    void findMarks()
    {
        const std::vector<std::string>& names = m_chain.columns();
        const auto marks = std::find_if(names.begin(), names.end(), [](const std::string& name) {
            return equalsIgnoringCase(name, "PUBCHEM_RESULT_TAG");
        });
        m_survey.describing = marks == names.end() ? -1 : static_cast<int>(marks - names.begin());
    }

    /// Columns that may tell signs and units of others, and the one that marks rows about the columns: by their names and
    /// the first rows.
    void findCompanions()
    {
        findMarks();
        const std::vector<std::string>& names = m_survey.columns;
        std::vector<bool> signs(names.size());
        for (std::size_t i = 0; i < names.size(); ++i) {
            bool any = false;
            const bool only = std::all_of(m_survey.head.begin(), m_survey.head.end(), [&](const TableRow& row) {
                const bool sign = row.problem.empty() && !row.cells[i].empty() && signOf(row.cells[i]) != 0;
                any = any || sign;
                return sign || !row.problem.empty() || trimmed(row.cells[i]).empty();
            });
            signs[i] = any && only;
        }
        m_survey.besides = besides(names, signs);
    }

    bool isAboutColumns(const TableRow& row) const
    {
        const auto marks = static_cast<std::size_t>(m_survey.describing);
        return m_survey.describing >= 0 && marks < row.cells.size() && isDescription(row.cells[marks]);
    }

    /// A row about the columns, no molecule.
    bool describes(const TableRow& row)
    {
        if (!isAboutColumns(row)) {
            return false;
        }
        const auto marks = static_cast<std::size_t>(m_survey.describing);
        for (std::size_t i = 0; i < row.cells.size() && equalsIgnoringCase(trimmed(row.cells[marks]), "RESULT_UNIT"); ++i) {
            m_survey.facts[i].unitSaid = i == marks ? std::string() : unitFromWord(row.cells[i]);
        }
        return true;
    }

    void countBeside(const TableRow& row)
    {
        for (Beside& pair : m_survey.besides) {
            const auto values = static_cast<std::size_t>(pair.values), companion = static_cast<std::size_t>(pair.companion);
            if (values < row.cells.size() && companion < row.cells.size() && m_valued[values]) {
                pair.add(row.cells[companion]);
            }
        }
    }

    void count(const TableRow& row)
    {
        if (!row.problem.empty()) {
            ++m_survey.broken;
            return;
        }
        if (m_survey.facts.size() < row.cells.size()) {
            m_survey.facts.resize(row.cells.size());
        }
        if (describes(row)) {
            return;
        }
        m_valued.assign(m_survey.besides.empty() ? 0 : row.cells.size(), false);
        const auto structure = static_cast<std::size_t>(m_survey.structure);
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            const std::string& text = row.cells[i];
            if (i == structure || text.empty()) {
                continue;
            }
            readCell(text, m_cell, true, m_choice.reading.decimalComma);
            ColumnFacts& facts = m_survey.facts[i];
            facts.add(m_cell, text, row.row);
            if (!m_valued.empty()) {
                m_valued[i] = m_cell.kind == CellKind::Number || m_cell.kind == CellKind::Quantity;
            }
            if (m_cell.kind == CellKind::List && facts.listSamples.size() < listSampleCount && !m_cell.list.empty()) {
                facts.listSamples.emplace_back(row.cells[structure], m_cell.list.size());
            }
        }
        countBeside(row);
    }

    Result<> report()
    {
        if (m_survey.rows % 256 != 0) {
            return {};
        }
        if (m_control.stopRequested()) {
            return fail(ErrorCode::Stopped, "Stopped while looking at the file; nothing was imported.");
        }
        if (m_limit == 0) {
            m_pace.report(m_stage, m_chain.rawRead(), m_chain.rawSize(), "bytes");
        }
        return {};
    }

    TableChain m_chain;
    const ColumnChoice& m_choice;
    std::int64_t m_limit;
    Control& m_control;
    Pace m_pace;
    std::string m_stage;
    std::string m_file;
    RowSelector m_selector;
    bool m_ended = false; ///< no more rows are read
    Survey m_survey;
    Cell m_cell;
    std::vector<bool> m_valued; ///< of the row at hand: columns with a number
};
} // namespace

Result<Survey> surveyTable(const std::vector<std::string>& files, const ColumnChoice& choice, std::int64_t rowsToLook,
                           Control& control)
{
    auto survey = Surveyor(files, choice, rowsToLook, control).run();
    if (!survey || !survey->noneTaken) {
        return survey;
    }
    ColumnChoice all = choice;
    all.only.clear();
    all.onlyTexts.clear();
    auto rows = Surveyor(files, all, rowsToLook, control).run();
    if (rows) {
        rows->noneTaken = true;
        rows->wholeFile = false;
        rows->only = std::move(survey->only);
        rows->rows = survey->rows;
        rows->leftOut = survey->leftOut;
        rows->values = std::move(survey->values);
        rows->notes = std::move(survey->notes);
    }
    return rows;
}

} // namespace papilio::data
