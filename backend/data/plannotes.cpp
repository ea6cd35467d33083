// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/plannotes.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/text.h"
#include "data/columnrules.h"

namespace papilio::data
{

namespace
{
constexpr std::size_t mostNotes = 20; ///< about single columns

/// Notes about columns, one a column and text; columns that say the same share one.
class ColumnNotes
{
public:
    void add(const std::string& column, std::string text)
    {
        const auto same = std::find_if(m_notes.begin(), m_notes.end(), [&](const auto& note) { return note.first == text; });
        if (same != m_notes.end()) {
            same->second.push_back(column);
        } else {
            m_notes.emplace_back(std::move(text), std::vector<std::string>{column});
        }
    }

    void addTo(std::vector<std::string>& notes) const
    {
        for (std::size_t i = 0; i < std::min(mostNotes, m_notes.size()); ++i) {
            const auto& [text, columns] = m_notes[i];
            notes.push_back((columns.size() == 1 ? "Column '" + columns.front() + "'" : "Columns " + listed(columns)) + ": " + text);
        }
        if (m_notes.size() > mostNotes) {
            std::set<std::string> more;
            for (std::size_t i = mostNotes; i < m_notes.size(); ++i) {
                more.insert(m_notes[i].second.begin(), m_notes[i].second.end());
            }
            notes.push_back("There is more of this kind about " + std::to_string(more.size()) +
                            (more.size() == 1 ? " column" : " columns") + "; the preview shows it beside each column.");
        }
    }

private:
    std::vector<std::pair<std::string, std::vector<std::string>>> m_notes;
};

void addLabelNotes(Plan& plan, const Survey& survey)
{
    ColumnNotes notes;
    for (const LabelColumn& label : plan.labels) {
        const ColumnFacts& facts = survey.facts[static_cast<std::size_t>(label.column)];
        if (facts.text > 0 && !label.texts) {
            notes.add(label.task.name, std::to_string(facts.text) + " of " + std::to_string(facts.present) +
                                           " cells are no numbers and are not used (row " + std::to_string(facts.firstText.row) +
                                           " holds '" + facts.firstText.cell + "').");
        }
        if (!label.rule.empty()) {
            notes.add(label.task.name, label.rule + ".");
        }
    }
    notes.addTo(plan.notes);
}

/// What could be read if a person said so.
void addOffers(Plan& plan, const Survey& survey, const ColumnChoice& choice)
{
    ColumnNotes notes;
    for (const ColumnGuess& guess : plan.columns) {
        if (guess.decimalCommas > 0 && !choice.reading.decimalComma && guess.decimalCommas * 2 >= guess.text) {
            notes.add(guess.name, std::to_string(guess.decimalCommas) +
                                      " cells are numbers with a decimal comma; read them with --decimal comma.");
        }
    }
    notes.addTo(plan.notes);
    if (plan.order >= 0) {
        plan.notes.push_back("Lists are in the order of column '" + survey.columns[static_cast<std::size_t>(plan.order)] +
                             "' (" + survey.orderWhy + ").");
    }
}

void addEmpty(Plan& plan, const std::vector<std::string>& empty, bool wholeFile)
{
    if (empty.empty()) {
        return;
    }
    const std::string where = wholeFile ? "" : " in the rows looked at";
    plan.notes.push_back(empty.size() == 1
                             ? "Column '" + empty.front() + "' has no value at all" + where + " and is no label."
                             : std::to_string(empty.size()) + " columns without any value" + where + " are no labels (" + listed(empty) + ").");
}
} // namespace

void addPlanNotes(Plan& plan, const Survey& survey, const ColumnChoice& choice)
{
    addLabelNotes(plan, survey);
    addOffers(plan, survey, choice);
    const ColumnGuess& structure = plan.columns[static_cast<std::size_t>(plan.structure)];
    plan.notes.push_back("Structures: column '" + structure.name + "' (" + structure.why + ").");
    std::vector<std::string> labels, empty;
    std::string others;
    int left = 0;
    for (const ColumnGuess& guess : plan.columns) {
        const bool asked = saidAbout(choice, guess.name).role.has_value() || !choice.labelPatterns.empty();
        if (guess.role == ColumnRole::Label) {
            labels.push_back(guess.name);
        } else if (guess.role == ColumnRole::Ignored && guess.present == 0 && !asked) {
            empty.push_back(guess.name);
        } else if (guess.role != ColumnRole::Smiles && ++left <= 10) {
            others += (others.empty() ? "'" : ", '") + elided(guess.name, 60) + "' (" + guess.why + ")";
        }
    }
    plan.notes.push_back(labels.empty() ? std::string("No label columns.") : "Labels: " + listed(labels) + ".");
    addEmpty(plan, empty, survey.wholeFile);
    if (left > 0) {
        plan.notes.push_back("Not labels: " + others + (left > 10 ? " and " + std::to_string(left - 10) + " more." : "."));
    }
}

} // namespace papilio::data
