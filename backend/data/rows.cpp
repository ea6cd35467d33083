// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/rows.h"

#include <exception>

#include "chem/positional.h"
#include "core/text.h"
#include "data/labelcells.h"
#include "data/standardrow.h"
#include "data/structures.h"

namespace papilio::data
{

namespace
{
constexpr std::size_t longestKeptText = 4000; ///< of the structure of a rejected row

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
        (void)readLabels(result.labels, row, plan, nullptr, reasons);
        reject(result, molecule.error().message);
        return;
    }
    reasons.add(row.repair);
    reasons.add(molecule->repairNote());
    if (const std::string why = readLabels(result.labels, row, plan, &*molecule, reasons); !why.empty()) {
        reject(result, why);
        return;
    }
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
    if (!standard.molecule) {
        result.coordinates = molecule->coordinates();
    }
    const chem::Molecule& settled = standard.molecule ? *standard.molecule : *molecule;
    result.steps = standard.steps;
    result.reason = reasons.text();
    result.smiles = settled.canonicalSmiles();
    result.graph = settled.graph();
    result.toCanonical = standard.molecule ? std::move(standard.toCanonical) : settled.toCanonical();
    if (withEncodings) {
        result.encodings = chem::computeEncodings(result.graph);
        result.index = indexMolecule(settled);
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
