// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/labelcells.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "core/text.h"
#include "data/cells.h"
#include "data/columnrules.h"
#include "data/order.h"
#include "data/units.h"

namespace papilio::data
{

namespace
{
bool allMissing(const std::vector<double>& values)
{
    return std::all_of(values.begin(), values.end(), [](double value) { return std::isnan(value); });
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

/// Reads the cells of one row.
class LabelReader
{
public:
    LabelReader(const TableRow& row, const Plan& plan, const chem::Molecule* molecule, Reasons& reasons)
        : m_row(row), m_plan(plan), m_molecule(molecule), m_reasons(reasons)
    {
    }

    std::string read(store::LabelSet& labels)
    {
        for (std::size_t position = 0; position < m_plan.labels.size(); ++position) {
            const LabelColumn& label = m_plan.labels[position];
            const std::string& text = m_row.cells[static_cast<std::size_t>(label.column)];
            if (text.empty()) {
                continue;
            }
            store::LabelSet::Entry entry;
            entry.position = static_cast<int>(position);
            if (label.texts) {
                readText(label, text, entry.values);
            } else {
                readCell(text, m_cell, true, m_plan.reading.decimalComma);
                if (m_cell.kind == CellKind::Missing) {
                    continue;
                }
                label.task.level == Level::Graph ? readNumber(label, text, entry.values)
                                                 : readValues(label, text, entry.values);
            }
            if (keeps(label, text, entry.values)) {
                labels.entries.push_back(std::move(entry));
            }
        }
        return m_rejected;
    }

private:
    static std::string shown(const LabelColumn& label, const std::string& text)
    {
        return label.task.name + ": '" + elided(trimmed(text), 40) + "'";
    }

    void readText(const LabelColumn& label, const std::string& text, std::vector<double>& values)
    {
        if (const auto number = classOf(label.task.classNames, text)) {
            values.push_back(*number);
            return;
        }
        readCell(text, m_cell, false);
        if (m_cell.kind != CellKind::Missing) {
            m_reasons.add(shown(label, text) + " is none of the classes, not used");
        }
    }

    void readNumber(const LabelColumn& label, const std::string& text, std::vector<double>& values)
    {
        if (label.units >= 0 && !inRowUnit(label, text)) {
            return;
        }
        const char sign = label.signs < 0 ? '\0' : signOf(m_row.cells[static_cast<std::size_t>(label.signs)]);
        const bool hasSign = sign == '<' || sign == '>' || sign == '~';
        if (hasSign && m_cell.kind == CellKind::Number) { // as if the sign stood in the cell itself
            m_cell.unit.clear();
            m_cell.qualifier = sign;
            readQuantity(label, sign + text, values);
        } else if (m_cell.kind == CellKind::Number || (m_cell.kind == CellKind::Word && label.words)) {
            values.push_back(m_cell.number);
        } else if (m_cell.kind == CellKind::Quantity) {
            readQuantity(label, text, values);
        } else {
            m_reasons.add(shown(label, text) + " is no number, not used");
        }
    }

    /// Whether the unit that another column tells is that of the label; if not, the row says so.
    bool inRowUnit(const LabelColumn& label, const std::string& text)
    {
        const std::string_view unit = trimmed(m_row.cells[static_cast<std::size_t>(label.units)]);
        if (unit == label.rowUnit) {
            return true;
        }
        const std::string plain = plainUnitOfWord(unit);
        if (plain == plainUnitOfWord(label.rowUnit)) {
            return true;
        }
        m_reasons.add(shown(label, text) + (plain.empty() ? " has no unit" : " is in " + elided(unit, 40)) +
                      (label.rowUnit.empty() ? ", the others have none" : ", not in " + label.rowUnit) + ": not used");
        return false;
    }

    void readQuantity(const LabelColumn& label, const std::string& text, std::vector<double>& values)
    {
        if (!m_cell.unit.empty() && !sameUnit(m_cell.unit, label.unit)) {
            m_reasons.add(shown(label, text) +
                          (label.unit.empty() ? " is no number, not used" : " is not in " + label.unit + ", not used"));
            return;
        }
        if (m_cell.qualifier == '<' || m_cell.qualifier == '>') {
            if (label.censored == CensoredRule::Missing) {
                m_reasons.add(shown(label, text) + " is a bound, no number: left out");
                return;
            }
            if (label.censored == CensoredRule::Reject) {
                m_rejected = shown(label, text) + " is a bound, no number";
                return;
            }
            m_reasons.add(shown(label, text) + " read as " + formatNumber(m_cell.number));
        } else if (m_cell.qualifier == '~') {
            m_reasons.add(shown(label, text) + " read as " + formatNumber(m_cell.number));
        }
        values.push_back(m_cell.number);
    }

    void readValues(const LabelColumn& label, const std::string& text, std::vector<double>& values)
    {
        if (!m_molecule) {
            return;
        }
        if (m_cell.kind != CellKind::List) {
            m_reasons.add(shown(label, text) + " is no list of numbers, not used");
            return;
        }
        if (!m_order) {
            const std::string* order =
                m_plan.order >= 0 ? &m_row.cells[static_cast<std::size_t>(m_plan.order)] : nullptr;
            m_order.emplace(*m_molecule, m_row.cells[static_cast<std::size_t>(m_plan.structure)], m_plan.molBlock, order,
                            m_plan.hydrogens);
        }
        std::string note;
        auto arranged = m_order->arranged(m_cell.list, label.task.level, label.withHydrogens, note);
        if (arranged) {
            values = std::move(*arranged);
            m_reasons.add(note.empty() ? note : label.task.name + ": " + note);
            return;
        }
        m_reasons.add(note.empty() ? wrongLength(label) : label.task.name + ": " + note + ", not used");
    }

    std::string wrongLength(const LabelColumn& label) const
    {
        const std::size_t atoms = m_order->atoms();
        const std::string need = label.task.level == Level::Node   ? std::to_string(atoms) + " heavy atoms"
                                 : label.task.level == Level::Edge ? std::to_string(m_order->edges()) + " directed bonds"
                                                                   : std::to_string(atoms * atoms) + " pairs of atoms";
        return label.task.name + ": " + std::to_string(m_cell.list.size()) + " values for " + need + ", not used";
    }

    /// Whether something is left of what was read.
    bool keeps(const LabelColumn& label, const std::string& text, std::vector<double>& values)
    {
        if (label.transform && !transformed(values, *label.transform)) {
            m_reasons.add(shown(label, text) + " is none of the classes, not used");
        }
        // A bound that is taken, hydrogens that are added and the mean of a pair may leave the classes.
        const bool binary = label.task.kind == TaskKind::Binary;
        const int classes = binary ? 2 : label.task.classes;
        const bool outOfKind = label.task.kind != TaskKind::Regression &&
                               std::any_of(values.begin(), values.end(), [classes](double value) {
                                   return !std::isnan(value) &&
                                          (value < 0 || value >= classes || value != std::floor(value));
                               });
        if (outOfKind) {
            m_reasons.add(shown(label, text) + (binary ? " is neither 0 nor 1, not used" : " is none of the classes, not used"));
        }
        return !outOfKind && !allMissing(values);
    }

    const TableRow& m_row;
    const Plan& m_plan;
    const chem::Molecule* m_molecule;
    Reasons& m_reasons;
    Cell m_cell;
    std::optional<ListOrder> m_order;
    std::string m_rejected;
};
} // namespace

std::string readLabels(store::LabelSet& labels, const TableRow& row, const Plan& plan, const chem::Molecule* molecule,
                       Reasons& reasons)
{
    return LabelReader(row, plan, molecule, reasons).read(labels);
}

} // namespace papilio::data
