// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/rows.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <limits>
#include <optional>

#include "chem/positional.h"
#include "core/text.h"
#include "data/cells.h"
#include "data/standardrow.h"
#include "data/structures.h"

namespace papilio::data
{

namespace
{
constexpr int reasonsShown = 3;
constexpr std::size_t longestKeptText = 4000; ///< of the structure of a rejected row

/// Gathers what had to be changed, in one sentence that stays short.
class Reasons
{
public:
    void add(const std::string& reason)
    {
        if (reason.empty()) {
            return;
        }
        if (++m_count <= reasonsShown) {
            m_text += (m_text.empty() ? "" : "; ") + reason;
        }
    }
    std::string text() const
    {
        return m_count > reasonsShown ? m_text + "; and " + std::to_string(m_count - reasonsShown) + " more" : m_text;
    }

private:
    std::string m_text;
    int m_count = 0;
};

bool allMissing(const std::vector<double>& values)
{
    return std::all_of(values.begin(), values.end(), [](double value) { return std::isnan(value); });
}

/// The list of one row in canonical order; nothing if its length fits neither atoms nor bonds.
std::optional<std::vector<double>> arranged(const std::vector<double>& list, Level level,
                                            const chem::Molecule& molecule)
{
    const std::size_t atoms = molecule.graph().atoms.size();
    const std::size_t edges = 2 * molecule.graph().bonds.size();
    if (level == Level::Node && list.size() == atoms) {
        std::vector<double> values(atoms);
        for (std::size_t i = 0; i < atoms; ++i) {
            values[molecule.toCanonical()[i]] = list[i];
        }
        return values;
    }
    if (level == Level::Edge && (list.size() == edges || 2 * list.size() == edges)) {
        const std::size_t share = list.size() == edges ? 1 : 2; // one value a bond counts for both directions
        std::vector<double> values(edges);
        for (std::size_t k = 0; k < edges; ++k) {
            values[molecule.edgeToCanonical()[k]] = list[k / share];
        }
        return values;
    }
    return std::nullopt;
}

/// Numbers into classes; false if one of them has none (it is missing then).
bool transformed(std::vector<double>& values, const LabelTransform& transform)
{
    bool all = true;
    for (double& value : values) {
        if (!std::isnan(value)) {
            const auto label = transform.apply(value);
            all = all && label;
            value = label ? *label : std::numeric_limits<double>::quiet_NaN();
        }
    }
    return all;
}

std::string wrongLength(const LabelColumn& label, std::size_t length, const chem::Molecule& molecule)
{
    const std::size_t atoms = molecule.graph().atoms.size();
    const std::size_t edges = 2 * molecule.graph().bonds.size();
    return label.task.name + ": " + std::to_string(length) + " values for " +
           (label.task.level == Level::Node ? std::to_string(atoms) + " heavy atoms"
                                            : std::to_string(edges) + " directed bonds") +
           ", not used";
}

/// Reads the label cells; 'molecule' is null for a rejected row, whose lists cannot be checked.
void readLabels(ReadRow& result, const TableRow& row, const Plan& plan, const chem::Molecule* molecule,
                Reasons& reasons)
{
    Cell cell;
    for (std::size_t position = 0; position < plan.labels.size(); ++position) {
        const LabelColumn& label = plan.labels[position];
        const std::string& text = row.cells[static_cast<std::size_t>(label.column)];
        if (text.empty()) {
            continue;
        }
        readCell(text, cell);
        if (cell.kind == CellKind::Missing) {
            continue;
        }
        store::LabelSet::Entry entry;
        entry.position = static_cast<int>(position);
        if (label.task.level == Level::Graph) {
            if (cell.kind == CellKind::Number || (cell.kind == CellKind::Word && label.words)) {
                entry.values.push_back(cell.number);
            } else {
                reasons.add(label.task.name + ": '" + elided(text, 40) + "' is no number, not used");
            }
        } else if (molecule && cell.kind != CellKind::List) {
            reasons.add(label.task.name + ": '" + elided(text, 40) + "' is no list of numbers, not used");
        } else if (molecule) {
            if (auto values = arranged(cell.list, label.task.level, *molecule)) {
                entry.values = std::move(*values);
            } else {
                reasons.add(wrongLength(label, cell.list.size(), *molecule));
            }
        }
        if (label.transform && !transformed(entry.values, *label.transform)) {
            reasons.add(label.task.name + ": '" + elided(text, 40) + "' is none of the classes, not used");
        }
        const bool outOfKind = label.task.kind == TaskKind::Binary &&
                               std::any_of(entry.values.begin(), entry.values.end(),
                                           [](double value) { return !std::isnan(value) && value != 0 && value != 1; });
        if (outOfKind) {
            reasons.add(label.task.name + ": '" + elided(text, 40) + "' is neither 0 nor 1, not used");
        } else if (!allMissing(entry.values)) {
            result.labels.entries.push_back(std::move(entry));
        }
    }
}

void reject(ReadRow& result, const std::string& reason)
{
    result.rejected = true;
    result.reason = reason.ends_with('.') ? reason.substr(0, reason.size() - 1) : reason;
    result.text = elided(result.text, longestKeptText);
}

void readWithChemistry(ReadRow& result, const TableRow& row, const Plan& plan, bool withEncodings)
{
    const std::string& structure = row.cells[static_cast<std::size_t>(plan.structure)];
    result.text = plan.molBlock ? row.title : std::string(trimmed(structure));
    result.hasCells = true;
    Reasons reasons;
    auto molecule = readStructure(structure, plan.molBlock);
    if (!molecule) {
        readLabels(result, row, plan, nullptr, reasons);
        reject(result, molecule.error().message);
        return;
    }
    reasons.add(row.repair);
    reasons.add(molecule->repairNote());
    readLabels(result, row, plan, &*molecule, reasons);
    StandardRow standard;
    if (plan.recipe.changesStructures()) {
        auto taken = standardiseRow(result.labels, *molecule, plan);
        if (!taken) {
            reject(result, taken.error().message);
            return;
        }
        standard = std::move(*taken);
        for (const std::string& change : standard.texts) {
            reasons.add(change);
        }
    }
    const chem::Molecule& settled = standard.molecule ? *standard.molecule : *molecule;
    result.steps = standard.steps;
    result.reason = reasons.text();
    result.smiles = settled.canonicalSmiles();
    result.graph = settled.graph();
    result.toCanonical = standard.molecule ? std::move(standard.toCanonical) : settled.toCanonical();
    if (withEncodings) {
        result.encodings = chem::computeEncodings(result.graph);
    }
}
} // namespace

ReadRow readRow(TableRow&& row, const Plan& plan, bool withEncodings)
{
    ReadRow result;
    result.row = row.row;
    if (!row.problem.empty()) {
        result.text = row.title;
        reject(result, row.problem);
        return result;
    }
    row.cells.resize(plan.columnCount);
    try {
        readWithChemistry(result, row, plan, withEncodings);
    } catch (const std::exception& exception) { // a row must never end an import
        result.labels.entries.clear();
        reject(result, std::string("the structure cannot be computed: ") + exception.what());
    }
    return result;
}

} // namespace papilio::data
