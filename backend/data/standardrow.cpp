// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/standardrow.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "chem/standardise.h"

namespace papilio::data
{

namespace
{
constexpr double missing = std::numeric_limits<double>::quiet_NaN();

using Atoms = std::vector<std::int32_t>;

std::vector<double> atomValues(const std::vector<double>& values, const Atoms& atoms, std::size_t count)
{
    std::vector<double> moved(count, missing);
    for (std::size_t i = 0; i < std::min(values.size(), atoms.size()); ++i) {
        if (atoms[i] >= 0) {
            moved[static_cast<std::size_t>(atoms[i])] = values[i];
        }
    }
    return moved;
}

std::vector<double> edgeValues(const std::vector<double>& values, const Atoms& atoms, const MolGraph& before,
                               const MolGraph& after)
{
    std::vector<double> moved(2 * after.bonds.size(), missing);
    for (std::size_t b = 0; b < before.bonds.size() && 2 * b + 1 < values.size(); ++b) {
        const std::int32_t begin = atoms[before.bonds[b].begin], end = atoms[before.bonds[b].end];
        if (begin < 0 || end < 0) {
            continue;
        }
        const std::pair<std::int32_t, std::int32_t> key{std::min(begin, end), std::max(begin, end)};
        const auto place = std::lower_bound(
            after.bonds.begin(), after.bonds.end(), key,
            [](const BondCode& bond, const auto& wanted) {
                return std::pair<std::int32_t, std::int32_t>(bond.begin, bond.end) < wanted;
            });
        if (place == after.bonds.end() || place->begin != key.first || place->end != key.second) {
            continue;
        }
        const auto edge = 2 * static_cast<std::size_t>(place - after.bonds.begin());
        const std::size_t turned = begin > end ? 1 : 0;
        moved[edge + turned] = values[2 * b];
        moved[edge + 1 - turned] = values[2 * b + 1];
    }
    return moved;
}

/// Pairs i < j, by i, then j.
std::size_t pairPlace(std::size_t i, std::size_t j, std::size_t atoms)
{
    return i * atoms - i * (i + 1) / 2 + j - i - 1;
}

std::vector<double> pairValues(const std::vector<double>& values, const Atoms& atoms, std::size_t count)
{
    std::vector<double> moved(count * (count - 1) / 2, missing);
    for (std::size_t i = 0; i < atoms.size(); ++i) {
        for (std::size_t j = i + 1; j < atoms.size(); ++j) {
            const std::size_t place = pairPlace(i, j, atoms.size());
            if (atoms[i] >= 0 && atoms[j] >= 0 && place < values.size()) {
                const auto a = static_cast<std::size_t>(std::min(atoms[i], atoms[j]));
                const auto b = static_cast<std::size_t>(std::max(atoms[i], atoms[j]));
                moved[pairPlace(a, b, count)] = values[place];
            }
        }
    }
    return moved;
}

void moveLabels(store::LabelSet& labels, const Plan& plan, const Atoms& atoms, const MolGraph& before,
                const MolGraph& after)
{
    for (store::LabelSet::Entry& entry : labels.entries) {
        switch (plan.labels[static_cast<std::size_t>(entry.position)].task.level) {
        case Level::Graph:
            break;
        case Level::Node:
            entry.values = atomValues(entry.values, atoms, after.atoms.size());
            break;
        case Level::Edge:
            entry.values = edgeValues(entry.values, atoms, before, after);
            break;
        case Level::NodePair:
            entry.values = pairValues(entry.values, atoms, after.atoms.size());
            break;
        }
    }
    std::erase_if(labels.entries, [](const store::LabelSet::Entry& entry) {
        return std::all_of(entry.values.begin(), entry.values.end(), [](double value) { return std::isnan(value); });
    });
}
} // namespace

Result<StandardRow> standardiseRow(store::LabelSet& labels, const chem::Molecule& molecule, const Plan& plan)
{
    auto standard = chem::standardise(molecule, plan.recipe);
    if (!standard) {
        std::erase_if(labels.entries, [&](const store::LabelSet::Entry& entry) {
            return plan.labels[static_cast<std::size_t>(entry.position)].task.level != Level::Graph;
        });
        return tl::unexpected(std::move(standard).error());
    }
    StandardRow row;
    if (!*standard) {
        return row;
    }
    for (const chem::Standardised::Change& change : (*standard)->changes) {
        row.steps |= static_cast<std::uint8_t>(1U << static_cast<unsigned>(change.step));
        row.texts.push_back(change.text);
    }
    if (!(*standard)->note.empty()) {
        row.texts.push_back((*standard)->note);
    }
    if (row.steps == 0) {
        return row;
    }
    const Atoms& atoms = (*standard)->atoms;
    moveLabels(labels, plan, atoms, molecule.graph(), (*standard)->molecule.graph());
    for (const std::uint16_t former : molecule.toCanonical()) {
        if (atoms[former] >= 0) {
            row.toCanonical.push_back(static_cast<std::uint16_t>(atoms[former]));
        }
    }
    row.molecule = std::move((*standard)->molecule);
    return row;
}

} // namespace papilio::data
