// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/plan.h"

#include <algorithm>
#include <map>

#include "core/text.h"
#include "data/structures.h"

namespace papilio::data
{

namespace
{
constexpr std::int64_t rowsForSteps = 10;  ///< fewer rows that count 1, 2, 3 … may be values
constexpr std::int64_t rowsForGrowth = 50; ///< fewer rows that only grow may be values

enum class Shape { Empty, Numbers, Words, Lists, Text };

Shape shapeOf(const ColumnFacts& facts)
{
    if (facts.present == 0) {
        return Shape::Empty;
    }
    if (facts.lists * 2 >= facts.present) {
        return Shape::Lists;
    }
    if (facts.words > facts.numbers && (facts.words + facts.numbers) * 2 >= facts.present) {
        return Shape::Words;
    }
    return facts.numbers * 2 >= facts.present ? Shape::Numbers : Shape::Text;
}

std::string inRows(std::int64_t count)
{
    return std::to_string(count) + (count == 1 ? " row" : " rows");
}

std::string quoted(const CellPlace& place)
{
    return "row " + std::to_string(place.row) + " holds '" + place.cell + "'";
}

std::string whyText(const ColumnFacts& facts)
{
    if (facts.decimalCommas * 2 >= facts.text) {
        return "numbers with a decimal comma ('" + facts.firstText.cell + "'), which are not read";
    }
    return "text ('" + facts.firstText.cell + "')";
}

/// Why a column of numbers only tells rows apart; empty if it does not seem so.
std::string whyId(const std::string& name, bool nameless, const ColumnFacts& facts)
{
    if (isIdName(name)) {
        return "an identifier by its name";
    }
    const bool whole = facts.numbers > 0 && facts.numbers == facts.present && facts.onlyWhole;
    if (nameless && whole) {
        return "whole numbers without a column name";
    }
    if (equalsIgnoringCase(name, "name") && whole) {
        return "an identifier by its name";
    }
    if (whole && facts.steps && facts.numbers >= rowsForSteps) {
        return "counts the rows";
    }
    if (whole && facts.grows && facts.numbers >= rowsForGrowth) {
        return "whole numbers that only grow";
    }
    return {};
}

class Planner
{
public:
    Planner(const Survey& survey, const ColumnChoice& choice, const std::string& file)
        : m_survey(survey), m_choice(choice), m_file(file), m_units(knownUnits(survey.columns))
    {
    }

    Result<Plan> run()
    {
        m_plan.structure = m_survey.structure;
        m_plan.molBlock = m_survey.format == Format::Sdf && m_survey.structure == 0;
        m_plan.columnCount = m_survey.columns.size();
        m_plan.reading = m_choice.reading;
        m_plan.notes = m_survey.notes;
        PAPILIO_TRY(matchPatterns());
        for (std::size_t i = 0; i < m_survey.columns.size(); ++i) {
            PAPILIO_TRY(decide(i));
        }
        decideEmpty();
        for (const ColumnGuess& guess : m_plan.columns) {
            if (guess.role == ColumnRole::Label) {
                addLabel(guess);
            }
        }
        PAPILIO_TRY(checkTransforms());
        addNotes();
        return std::move(m_plan);
    }

private:
    const ColumnFacts& facts(std::size_t i) const { return m_survey.facts[i]; }
    bool byPattern() const { return !m_patterned.empty(); }

    Result<> matchPatterns()
    {
        if (trimmed(m_choice.labelPatterns).empty()) {
            return {};
        }
        m_patterned.assign(m_survey.columns.size(), false);
        for (const std::string& piece : split(m_choice.labelPatterns, ',')) {
            const std::string pattern(trimmed(piece));
            bool any = pattern.empty();
            for (std::size_t i = 0; i < m_survey.columns.size() && !pattern.empty(); ++i) {
                if (static_cast<int>(i) != m_survey.structure && matchesPattern(m_survey.columns[i], pattern)) {
                    m_patterned[i] = any = true;
                }
            }
            if (!any) {
                return fail(ErrorCode::BadInput, "No column of '" + m_file + "' matches '" + pattern + "'.",
                            "Its columns are " + listed(m_survey.columns) + ".");
            }
        }
        return {};
    }

    /// A transformation that is for no label column was meant for something.
    Result<> checkTransforms() const
    {
        for (const LabelTransform& transform : m_choice.transforms) {
            const bool used = std::any_of(m_plan.labels.begin(), m_plan.labels.end(), [&](const LabelColumn& label) {
                return label.transform == transform;
            });
            if (!used) {
                return fail(ErrorCode::BadInput,
                            "No label column of '" + m_file + "' is there for '" + transform.text() + "'.",
                            "Its columns are " + listed(m_survey.columns) + ".");
            }
        }
        return {};
    }

    /// Numbers that become classes, whatever they look like.
    void decideTransformed(std::size_t i, ColumnGuess& guess, const LabelTransform& transform)
    {
        guess.role = ColumnRole::Label;
        guess.kind = TaskKind::Multiclass;
        guess.classes = transform.classCount();
        guess.why = transform.describe() + ", in " + inRows(facts(i).present - facts(i).text);
    }

    std::string chosenUnit(const std::string& name) const
    {
        for (const auto& [pattern, unit] : m_choice.units) {
            if (matchesPattern(name, pattern)) {
                return unit;
            }
        }
        return {};
    }

    Result<> decide(std::size_t i)
    {
        ColumnGuess guess;
        guess.index = static_cast<int>(i);
        guess.name = m_survey.columns[i];
        guess.present = facts(i).present;
        guess.text = facts(i).text;
        if (guess.index == m_survey.structure) {
            guess.role = ColumnRole::Smiles;
            guess.why = m_survey.structureWhy;
            guess.present = m_survey.rows - m_survey.broken;
        } else if (byPattern() && !m_patterned[i]) {
            guess.why = "matches none of the label patterns";
        } else {
            PAPILIO_TRY(decideLabel(i, guess));
        }
        m_plan.columns.push_back(std::move(guess));
        return {};
    }

    Result<> decideLabel(std::size_t i, ColumnGuess& guess)
    {
        const Shape shape = shapeOf(facts(i));
        const bool structures = m_survey.format == Format::Sdf && i == 0;
        if (structures) {
            guess.why = "the mol blocks, not used";
            return {};
        }
        if (!byPattern()) {
            const bool nameless = guess.name == "column " + std::to_string(i + 1);
            const std::string id = whyId(guess.name, nameless, facts(i));
            if (!id.empty()) {
                guess.role = ColumnRole::Id;
                guess.why = id;
                return {};
            }
            if (equalsIgnoringCase(guess.name, "split") || equalsIgnoringCase(guess.name, "fold")) {
                guess.why = "says which part of a split a row is in";
                return {};
            }
        }
        switch (shape) {
        case Shape::Empty:
            return decideNothing(guess);
        case Shape::Text:
            return decideText(i, guess);
        case Shape::Lists:
            return decideList(i, guess);
        case Shape::Numbers:
        case Shape::Words:
            return decideNumber(i, guess);
        }
        return {};
    }

    Result<> decideNothing(ColumnGuess& guess)
    {
        guess.role = byPattern() ? ColumnRole::Label : ColumnRole::Ignored;
        guess.level = m_choice.level.value_or(Level::Graph);
        guess.kind = m_choice.kind.value_or(TaskKind::Regression);
        guess.classes = guess.kind == TaskKind::Multiclass ? 2 : 0;
        guess.why = "empty in " + inRows(m_survey.rows);
        if (const LabelTransform* transform = transformOf(m_choice.transforms, guess.name)) {
            decideTransformed(static_cast<std::size_t>(guess.index), guess, *transform);
        }
        return {};
    }

    Result<> decideText(std::size_t i, ColumnGuess& guess)
    {
        if (byPattern()) {
            return fail(ErrorCode::BadInput,
                        "Column '" + guess.name + "' of '" + m_file +
                            "' cannot be a label, it is text: " + quoted(facts(i).firstText) + ".",
                        "Leave it out of --labels.");
        }
        guess.why = whyText(facts(i));
        return {};
    }

    Result<> refuse(ColumnGuess& guess, const std::string& why)
    {
        if (byPattern()) {
            return fail(ErrorCode::BadInput,
                        "Column '" + guess.name + "' of '" + m_file + "' cannot be a label of level " +
                            std::string(levelName(*m_choice.level)) + ": it holds " + why + ".",
                        "Leave out --level, or leave the column out of --labels.");
        }
        guess.why = why;
        return {};
    }

    Result<> decideNumber(std::size_t i, ColumnGuess& guess)
    {
        if (m_choice.level.value_or(Level::Graph) != Level::Graph) {
            return refuse(guess, "single numbers, no lists");
        }
        guess.level = Level::Graph;
        return decideKind(i, guess);
    }

    /// What the lists belong to: tried on the first ones that the survey kept with their structures.
    Result<> decideList(std::size_t i, ColumnGuess& guess)
    {
        if (m_choice.level == Level::Graph) {
            return refuse(guess, "lists, no single numbers");
        }
        if (m_choice.level) {
            guess.level = *m_choice.level;
            return decideKind(i, guess);
        }
        int nodes = 0, edges = 0, tried = 0;
        for (const auto& [text, length] : facts(i).listSamples) {
            const auto [atoms, bonds] = sizeOf(text);
            tried += atoms > 0;
            nodes += atoms > 0 && length == atoms;
            edges += atoms > 0 && (length == bonds || length == 2 * bonds);
        }
        const bool bondName =
            guess.name.find("bond") != std::string::npos || guess.name.find("edge") != std::string::npos;
        const bool node = nodes > edges || (nodes == edges && !bondName);
        if (std::max(nodes, edges) * 2 < tried || tried == 0) {
            if (byPattern()) {
                return fail(ErrorCode::BadInput,
                            "Column '" + guess.name + "' of '" + m_file +
                                "' cannot be a label: its lists have neither one value a heavy atom nor one a bond.",
                            "Force it with --level node or --level edge; lists of another length are left out.");
            }
            guess.why = "lists that have neither one value a heavy atom nor one a bond";
            return {};
        }
        guess.level = node ? Level::Node : Level::Edge;
        return decideKind(i, guess);
    }

    std::pair<std::size_t, std::size_t> sizeOf(const std::string& text)
    {
        const auto known = m_sizes.find(text);
        if (known != m_sizes.end()) {
            return known->second;
        }
        std::pair<std::size_t, std::size_t> size{0, 0};
        if (auto molecule = readStructure(text, m_plan.molBlock)) {
            size = {molecule->graph().atoms.size(), molecule->graph().bonds.size()};
        }
        return m_sizes.emplace(text, size).first->second;
    }

    Result<> decideKind(std::size_t i, ColumnGuess& guess)
    {
        const ColumnFacts& f = facts(i);
        if (const LabelTransform* transform = transformOf(m_choice.transforms, guess.name)) {
            decideTransformed(i, guess, *transform);
            return {};
        }
        const bool binary = f.values > 0 && (f.firstNotBinary.row < 0 || shapeOf(f) == Shape::Words);
        guess.role = ColumnRole::Label;
        guess.kind = m_choice.kind.value_or(binary ? TaskKind::Binary : TaskKind::Regression);
        if (m_choice.kind == TaskKind::Binary && f.firstNotBinary.row >= 0) {
            return refuseKind(guess, f.firstNotBinary, "only 0 and 1");
        }
        if (m_choice.kind == TaskKind::Multiclass) {
            if (f.firstNotClass.row >= 0) {
                return refuseKind(guess, f.firstNotClass, "whole numbers from 0 to 999");
            }
            guess.classes = std::max(2, static_cast<int>(f.maximum) + 1);
        }
        const bool known = !m_units[i].empty();
        guess.unit = known ? m_units[i] : unitFromName(guess.name);
        if (const std::string unit = chosenUnit(guess.name); !unit.empty()) {
            guess.unit = unit;
        }
        guess.why = describe(guess, f, binary) + (known ? ", a published QM9 column" : "");
        return {};
    }

    Result<> refuseKind(const ColumnGuess& guess, const CellPlace& where, const std::string& need)
    {
        return fail(ErrorCode::BadInput,
                    "Column '" + guess.name + "' of '" + m_file + "' cannot be " + std::string(kindName(guess.kind)) +
                        ", which needs " + need + ": " + quoted(where) + ".",
                    "Leave out --kind, or leave the column out with --labels.");
    }

    static std::string describe(const ColumnGuess& guess, const ColumnFacts& f, bool binary)
    {
        std::string what = guess.level == Level::Graph ? "numbers" : "lists";
        if (binary) {
            what = std::string("only ") + (f.words > f.numbers ? "true and false" : "0 and 1");
        }
        if (guess.level != Level::Graph) {
            what += guess.level == Level::Node ? ", one value a heavy atom" : ", values of the bonds";
        }
        return what + " in " + inRows(f.present - f.text);
    }

    /// Columns without a value are taken for what their neighbours are: a table with many tasks has empty ones.
    void decideEmpty()
    {
        const auto graphLabel = [](const ColumnGuess& g) {
            return g.role == ColumnRole::Label && g.level == Level::Graph;
        };
        const bool any = std::any_of(m_plan.columns.begin(), m_plan.columns.end(), graphLabel);
        const bool binary = std::all_of(m_plan.columns.begin(), m_plan.columns.end(), [&](const ColumnGuess& g) {
            return !graphLabel(g) || g.kind == TaskKind::Binary;
        });
        if (!any || byPattern() || m_choice.level.value_or(Level::Graph) != Level::Graph) {
            return;
        }
        for (ColumnGuess& guess : m_plan.columns) {
            const bool nameless = guess.name == "column " + std::to_string(guess.index + 1);
            if (guess.role == ColumnRole::Ignored && guess.present == 0 && !nameless) {
                guess.role = ColumnRole::Label;
                guess.kind = m_choice.kind.value_or(binary ? TaskKind::Binary : TaskKind::Regression);
                guess.why += ", taken for a label as its neighbours are";
            }
        }
    }

    void addLabel(const ColumnGuess& guess)
    {
        LabelColumn label;
        label.column = guess.index;
        label.task.name = guess.name;
        label.task.level = guess.level;
        label.task.kind = guess.kind;
        label.task.classes = guess.classes;
        label.task.unit = guess.unit;
        const ColumnFacts& f = facts(static_cast<std::size_t>(guess.index));
        label.words = shapeOf(f) == Shape::Words;
        if (const LabelTransform* transform = transformOf(m_choice.transforms, guess.name)) {
            label.transform = *transform;
        }
        if (f.text > 0) {
            m_plan.notes.push_back("Column '" + guess.name + "': " + std::to_string(f.text) + " of " +
                                   std::to_string(f.present) + " cells are no numbers and are not used (" +
                                   quoted(f.firstText) + ").");
        }
        m_plan.labels.push_back(std::move(label));
    }

    void addNotes()
    {
        const ColumnGuess& structure = m_plan.columns[static_cast<std::size_t>(m_plan.structure)];
        m_plan.notes.push_back("Structures: column '" + structure.name + "' (" + structure.why + ").");
        std::vector<std::string> labels;
        std::string others;
        int left = 0;
        for (const ColumnGuess& guess : m_plan.columns) {
            if (guess.role == ColumnRole::Label) {
                labels.push_back(guess.name);
            } else if (guess.role != ColumnRole::Smiles && ++left <= 10) {
                others += (others.empty() ? "'" : ", '") + elided(guess.name, 60) + "' (" + guess.why + ")";
            }
        }
        m_plan.notes.push_back(labels.empty() ? std::string("No label columns.") : "Labels: " + listed(labels) + ".");
        if (left > 0) {
            m_plan.notes.push_back("Not labels: " + others +
                                   (left > 10 ? " and " + std::to_string(left - 10) + " more." : "."));
        }
    }

    const Survey& m_survey;
    const ColumnChoice& m_choice;
    const std::string& m_file;
    std::vector<std::string> m_units;
    std::vector<bool> m_patterned; ///< empty = no patterns
    std::map<std::string, std::pair<std::size_t, std::size_t>> m_sizes;
    Plan m_plan;
};
} // namespace

Result<Plan> makePlan(const Survey& survey, const ColumnChoice& choice, const std::string& file)
{
    return Planner(survey, choice, file).run();
}

} // namespace papilio::data
