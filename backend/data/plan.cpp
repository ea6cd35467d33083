// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/plan.h"

#include <algorithm>
#include <map>

#include "core/text.h"
#include "data/columnrules.h"
#include "data/order.h"
#include "data/pairing.h"
#include "data/plannotes.h"
#include "data/structures.h"
#include "data/units.h"

namespace papilio::data
{

namespace
{
std::string quoted(const CellPlace& place)
{
    return "row " + std::to_string(place.row) + " holds '" + place.cell + "'";
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
        m_plan.order = m_survey.order;
        m_plan.describing = m_survey.describing;
        m_plan.hydrogens = m_choice.hydrogens;
        m_plan.only = m_survey.only;
        m_plan.leftOut = m_survey.leftOut;
        m_plan.notes = m_survey.notes;
        PAPILIO_TRY(matchPatterns());
        for (std::size_t i = 0; i < m_survey.columns.size(); ++i) {
            PAPILIO_TRY(decide(i));
        }
        decideEmpty();
        PAPILIO_TRY(pairColumns());
        for (const ColumnGuess& guess : m_plan.columns) {
            if (guess.role == ColumnRole::Label) {
                addLabel(guess);
            }
        }
        PAPILIO_TRY(checkTransforms());
        m_plan.notes.insert(m_plan.notes.end(), m_pairing.notes.begin(), m_pairing.notes.end());
        m_plan.kinds = m_pairing.kinds;
        m_plan.advice = m_pairing.advice;
        addPlanNotes(m_plan, m_survey, m_choice);
        return std::move(m_plan);
    }

private:
    const ColumnFacts& facts(std::size_t i) const { return m_survey.facts[i]; }
    bool byPattern() const { return !m_patterned.empty(); }

    ColumnOverride saidOf(const std::string& name) const { return saidAbout(m_choice, name); }

    std::optional<Level> levelSaid(const std::string& name) const
    {
        const auto said = saidOf(name).level;
        return said ? said : m_choice.level;
    }
    std::optional<TaskKind> kindSaid(const std::string& name) const
    {
        const auto said = saidOf(name).kind;
        return said ? said : m_choice.kind;
    }
    /// Whether a person wants the column to be a label: then what stands against it is an error.
    bool wanted(std::size_t i) const
    {
        return (byPattern() && m_patterned[i]) || saidOf(m_survey.columns[i]).role == ColumnRole::Label;
    }

    Result<> checkOverrides() const
    {
        for (const ColumnOverride& one : m_choice.columns) {
            const bool any = std::any_of(m_survey.columns.begin(), m_survey.columns.end(), [&](const std::string& name) {
                return name == one.column || matchesPattern(name, one.column);
            });
            if (!any) {
                return fail(ErrorCode::BadInput, "'" + m_file + "' has no column '" + one.column + "'.",
                            "Its columns are " + listed(m_survey.columns) + ".");
            }
        }
        return {};
    }

    Result<> matchPatterns()
    {
        PAPILIO_TRY(checkOverrides());
        if (trimmed(m_choice.labelPatterns).empty()) {
            return {};
        }
        m_patterned.assign(m_survey.columns.size(), false);
        for (const std::string& pattern : patternsOf(m_choice.labelPatterns, m_survey.columns)) {
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

    std::string unitSaid(const std::string& name) const { return saidOf(name).unit.value_or(std::string()); }

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
        guess.text = unreadable(facts(i), unitSaid(guess.name));
        if (guess.index == m_survey.structure) {
            guess.role = ColumnRole::Smiles;
            guess.why = m_survey.structureWhy;
            guess.present = m_survey.taken() - m_survey.broken;
        } else if (const auto role = saidOf(guess.name).role; role && *role != ColumnRole::Label) {
            guess.role = *role;
            guess.why = "said by you";
        } else if (byPattern() && !wanted(i)) {
            guess.why = "matches none of the label patterns";
        } else {
            PAPILIO_TRY(decideLabel(i, guess));
        }
        m_plan.columns.push_back(std::move(guess));
        return {};
    }

    Result<> decideLabel(std::size_t i, ColumnGuess& guess)
    {
        const Shape shape = shapeOf(facts(i), unitSaid(m_survey.columns[i]));
        const bool structures = m_survey.format == Format::Sdf && i == 0;
        if (structures) {
            guess.why = "the mol blocks, not used";
            return {};
        }
        guess.below = facts(i).below;
        guess.above = facts(i).above;
        guess.approximate = facts(i).approximate;
        guess.decimalCommas = facts(i).decimalCommas;
        if (!wanted(i)) {
            const bool nameless = m_survey.hadHeader && guess.name == "column " + std::to_string(i + 1);
            const std::string id = whyId(guess.name, nameless, facts(i));
            if (!id.empty() || guess.index == m_survey.describing) {
                guess.role = ColumnRole::Id;
                guess.why = id.empty() ? "numbers the results" : id;
                return {};
            }
            guess.why = m_survey.only.fixes(guess.index) ? "the same in all rows asked for" : whyNoLabel(guess.name, facts(i));
            if (!guess.why.empty()) {
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
        guess.role = wanted(static_cast<std::size_t>(guess.index)) ? ColumnRole::Label : ColumnRole::Ignored;
        guess.level = levelSaid(guess.name).value_or(Level::Graph);
        guess.kind = kindSaid(guess.name).value_or(TaskKind::Regression);
        guess.classes = guess.kind == TaskKind::Multiclass ? 2 : 0;
        guess.why = "empty in " + inRows(m_survey.taken());
        if (const LabelTransform* transform = transformOf(m_choice.transforms, guess.name)) {
            decideTransformed(static_cast<std::size_t>(guess.index), guess, *transform);
        }
        return {};
    }

    /// Texts become classes where a person says so, or where they are two words for yes and no.
    Result<> decideText(std::size_t i, ColumnGuess& guess)
    {
        const ColumnOverride said = saidOf(guess.name);
        const TextClasses classes = classesOf(facts(i), said.classes);
        guess.classNames = classes.names;
        // Texts that hardly repeat are names, unless a person says what they are.
        const bool few = static_cast<std::int64_t>(2 * classes.names.size()) <= facts(i).text;
        const bool asked = wanted(i) && (few || kindSaid(guess.name).value_or(TaskKind::Regression) != TaskKind::Regression);
        const bool fits = !classes.names.empty() && (classes.opposites || asked || !said.classes.empty());
        if (fits && levelSaid(guess.name).value_or(Level::Graph) == Level::Graph) {
            guess.role = ColumnRole::Label;
            guess.level = Level::Graph;
            const bool binary = classes.names.size() == 2 && kindSaid(guess.name) != TaskKind::Multiclass;
            guess.kind = binary ? TaskKind::Binary : TaskKind::Multiclass;
            guess.classes = binary ? 0 : static_cast<int>(classes.names.size());
            guess.why = "texts for classes: " + namedClasses(classes.names);
            guess.rule = guess.why;
            return {};
        }
        if (wanted(i)) {
            return fail(ErrorCode::BadInput,
                        "Column '" + guess.name + "' of '" + m_file +
                            "' cannot be a label, it is text: " + quoted(facts(i).firstText) + ".",
                        "Leave it out of --labels, or say --column '" + guess.name + ":kind=multiclass'.");
        }
        guess.why = whyText(facts(i));
        if (!classes.names.empty() && few && facts(i).decimalCommas * 2 < facts(i).text) {
            guess.why += ", " + std::to_string(classes.names.size()) + " different ones: can be classes if you say so";
        }
        return {};
    }

    Result<> refuse(ColumnGuess& guess, const std::string& why)
    {
        if (wanted(static_cast<std::size_t>(guess.index))) {
            return fail(ErrorCode::BadInput,
                        "Column '" + guess.name + "' of '" + m_file + "' cannot be a label of level " +
                            std::string(levelName(levelSaid(guess.name).value_or(Level::Graph))) + ": it holds " + why + ".",
                        "Leave out --level, or leave the column out of --labels.");
        }
        guess.why = why;
        return {};
    }

    Result<> decideNumber(std::size_t i, ColumnGuess& guess)
    {
        if (levelSaid(guess.name).value_or(Level::Graph) != Level::Graph) {
            return refuse(guess, "single numbers, no lists");
        }
        guess.level = Level::Graph;
        return decideKind(i, guess);
    }

    /// What the lists belong to: tried on the first ones that the survey kept with their structures.
    Result<> decideList(std::size_t i, ColumnGuess& guess)
    {
        const auto said = levelSaid(guess.name);
        if (said == Level::Graph) {
            return refuse(guess, "lists, no single numbers");
        }
        const auto sizes = [this](const std::string& text) { return sizesOf(text); };
        const LevelGuess found = levelOfLists(facts(i).listSamples, guess.name, said, sizes);
        if (!found.level) {
            if (wanted(i)) {
                return fail(ErrorCode::BadInput,
                            "Column '" + guess.name + "' of '" + m_file +
                                "' cannot be a label: its lists have neither one value an atom, nor one a bond, nor one a pair.",
                            "Force it with --level node, edge or nodepair; lists of another length are left out.");
            }
            guess.why = "lists that have neither one value an atom, nor one a bond, nor one a pair of atoms";
            return {};
        }
        guess.level = *found.level;
        m_withHydrogens[guess.name] = found.withHydrogens;
        return decideKind(i, guess);
    }

    ListSizes sizesOf(const std::string& text)
    {
        const auto known = m_sizes.find(text);
        return known != m_sizes.end() ? known->second
                                      : m_sizes.emplace(text, listSizes(text, m_plan.molBlock)).first->second;
    }

    Result<> decideKind(std::size_t i, ColumnGuess& guess)
    {
        const ColumnFacts& f = facts(i);
        if (const LabelTransform* transform = transformOf(m_choice.transforms, guess.name)) {
            decideTransformed(i, guess, *transform);
            return {};
        }
        const bool binary = f.values > 0 && (f.firstNotBinary.row < 0 || shapeOf(f, unitSaid(guess.name)) == Shape::Words);
        const auto kind = kindSaid(guess.name);
        guess.role = ColumnRole::Label;
        guess.kind = kind.value_or(binary ? TaskKind::Binary : TaskKind::Regression);
        if (kind == TaskKind::Binary && f.firstNotBinary.row >= 0) {
            return refuseKind(guess, f.firstNotBinary, "only 0 and 1");
        }
        if (kind == TaskKind::Multiclass) {
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
        const ColumnOverride said = saidOf(guess.name);
        const std::string written = unitOfCells(f, unitSaid(guess.name));
        if (said.unit) {
            guess.unit = *said.unit;
        } else if (!known && !written.empty()) {
            guess.unit = written;
        } else if (!f.unitSaid.empty()) {
            guess.unit = f.unitSaid;
        }
        guess.rule = ruleOfCells(f, censoredSaid(guess.name), written, m_choice.reading.decimalComma);
        guess.why = describeNumbers(guess, f, binary) + (known ? ", a published QM9 column" : "");
        if (const auto hydrogens = m_withHydrogens.find(guess.name); hydrogens != m_withHydrogens.end() && hydrogens->second) {
            const bool added = m_choice.hydrogens == HydrogenRule::Add && guess.level == Level::Node;
            guess.rule = added ? "values of hydrogens added to those of their atoms" : "values of hydrogens left out";
        }
        return {};
    }

    Result<> refuseKind(const ColumnGuess& guess, const CellPlace& where, const std::string& need)
    {
        return fail(ErrorCode::BadInput,
                    "Column '" + guess.name + "' of '" + m_file + "' cannot be " + std::string(kindName(guess.kind)) +
                        ", which needs " + need + ": " + quoted(where) + ".",
                    "Leave out --kind, or leave the column out with --labels.");
    }

    /// Columns without a value are no labels, but in a table of nothing but many tasks with few values each: there some
    /// are empty, and a piece of such a table has the tasks of the others.
    void decideEmpty()
    {
        constexpr int fewTasks = 20;
        std::int64_t tasks = 0, empty = 0, values = 0;
        std::optional<TaskKind> kind;
        bool alike = !byPattern() && m_choice.level.value_or(Level::Graph) == Level::Graph;
        for (const ColumnGuess& guess : m_plan.columns) {
            const bool label = guess.role == ColumnRole::Label;
            tasks += label;
            empty += isEmpty(guess);
            values += label ? guess.present : 0;
            kind = label && !kind ? guess.kind : kind;
            alike = alike && (label ? guess.level == Level::Graph && guess.kind == kind
                                    : guess.role != ColumnRole::Ignored || guess.present == 0 || saidOf(guess.name).role);
        }
        if (!alike || !kind || tasks < fewTasks || tasks < 2 * empty || 2 * values > tasks * m_survey.taken()) {
            return;
        }
        for (ColumnGuess& guess : m_plan.columns) {
            if (isEmpty(guess)) {
                guess.role = ColumnRole::Label;
                guess.kind = kindSaid(guess.name).value_or(*kind);
                guess.why += ", taken for a label as its neighbours are";
            }
        }
    }

    bool isEmpty(const ColumnGuess& guess) const
    {
        const bool nameless = guess.name == "column " + std::to_string(guess.index + 1);
        return guess.role == ColumnRole::Ignored && guess.present == 0 && !nameless && !saidOf(guess.name).role;
    }

    /// Columns that tell the signs and the units of others.
    Result<> pairColumns()
    {
        m_pairing = pairCompanions(m_survey, m_choice, m_plan.columns);
        for (const auto& [values, units] : m_pairing.units) {
            ColumnGuess& guess = m_plan.columns[static_cast<std::size_t>(values)];
            const std::string said = saidOf(guess.name).unit.value_or(chosenUnit(guess.name));
            auto rows = unitsOfRows(m_survey, units, values, said, guess.name);
            if (!rows) {
                return tl::unexpected(rows.error());
            }
            guess.unit = unitFromWord(said.empty() ? rows->unit : said);
            addRule(guess, rows->rule);
            m_rowUnits[values] = std::move(rows->unit);
        }
        for (const auto& [values, signs] : m_pairing.signs) {
            ColumnGuess& guess = m_plan.columns[static_cast<std::size_t>(values)];
            addRule(guess, ruleOfSigns(m_survey, signs, values, censoredSaid(guess.name)));
        }
        return {};
    }

    static void addRule(ColumnGuess& guess, const std::string& rule)
    {
        guess.rule = rule + (rule.empty() || guess.rule.empty() ? "" : "; ") + guess.rule;
    }

    CensoredRule censoredSaid(const std::string& name) const { return saidOf(name).censored.value_or(m_choice.censored); }

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
        label.words = shapeOf(f, unitSaid(guess.name)) == Shape::Words;
        label.task.classNames = guess.role == ColumnRole::Label ? guess.classNames : std::vector<std::string>();
        label.texts = !label.task.classNames.empty();
        const auto hydrogens = m_withHydrogens.find(guess.name);
        label.withHydrogens = hydrogens != m_withHydrogens.end() && hydrogens->second;
        if (const auto signs = m_pairing.signs.find(guess.index); signs != m_pairing.signs.end()) {
            label.signs = signs->second;
        }
        if (const auto units = m_pairing.units.find(guess.index); units != m_pairing.units.end()) {
            label.units = units->second;
            label.rowUnit = m_rowUnits.at(guess.index);
        }
        label.censored = censoredSaid(guess.name);
        label.unit = unitOfCells(f, unitSaid(guess.name));
        label.rule = guess.rule;
        label.below = guess.below;
        label.above = guess.above;
        label.approximate = guess.approximate;
        if (const LabelTransform* transform = transformOf(m_choice.transforms, guess.name)) {
            label.transform = *transform;
        }
        m_plan.labels.push_back(std::move(label));
    }

    const Survey& m_survey;
    const ColumnChoice& m_choice;
    const std::string& m_file;
    std::vector<std::string> m_units;
    std::vector<bool> m_patterned; ///< empty = no patterns
    std::map<std::string, ListSizes> m_sizes;
    std::map<std::string, bool> m_withHydrogens;
    Pairing m_pairing;
    std::map<int, std::string> m_rowUnits; ///< by column of numbers: what its column of units must say
    Plan m_plan;
};
} // namespace

Result<Plan> makePlan(const Survey& survey, const ColumnChoice& choice, const std::string& file)
{
    return Planner(survey, choice, file).run();
}

} // namespace papilio::data
