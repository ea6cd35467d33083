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

/// A row must never end an import.
void rejectComputed(ReadRow& result, const std::exception& exception)
{
    result.labels.entries.clear();
    result.molecule.reset();
    result.toCanonical.clear();
    result.coordinates.reset();
    result.encodings.clear();
    reject(result, std::string("the structure cannot be computed: ") + exception.what());
}

void readWithChemistry(ReadRow& result, const TableRow& row, const Plan& plan)
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
    const bool changed = standard.molecule.has_value();
    result.molecule = changed ? std::move(*standard.molecule) : std::move(*molecule);
    result.steps = standard.steps;
    result.reason = reasons.text();
    result.smiles = result.molecule->canonicalSmiles();
    result.toCanonical = changed ? std::move(standard.toCanonical) : result.molecule->toCanonical();
}

/// Does one thing to each row that has a molecule; a row must never end an import.
template <typename Work> void toEach(std::span<ReadRow> rows, Work work)
{
    for (ReadRow& row : rows) {
        if (row.rejected) {
            continue;
        }
        try {
            work(row);
        } catch (const std::exception& exception) {
            rejectComputed(row, exception);
        }
    }
}
} // namespace

ReadRow readRow(TableRow&& row, const Plan& plan)
{
    ReadRow result;
    result.row = row.row;
    if (!row.problem.empty()) {
        result.text = row.title;
        reject(result, row.problem);
        return result;
    }
    row.cells.resize(plan.columnCount);
    if (plan.describing >= 0 && isDescription(row.cells[static_cast<std::size_t>(plan.describing)])) {
        const std::string what(trimmed(row.cells[static_cast<std::size_t>(plan.describing)]));
        reject(result, elided(what, 60) + ": a row that describes the columns, no molecule");
        return result;
    }
    if (std::string why = plan.only.whyLeftOut(row.cells); !why.empty()) {
        result.text = plan.molBlock ? row.title : std::string(trimmed(row.cells[static_cast<std::size_t>(plan.structure)]));
        reject(result, why);
        return result;
    }
    try {
        readWithChemistry(result, row, plan);
    } catch (const std::exception& exception) {
        rejectComputed(result, exception);
    }
    return result;
}

void complete(std::span<ReadRow> rows)
{
    toEach(rows, [](ReadRow& row) { row.encodings = chem::encodingBytes(row.molecule->graph()); });
    toEach(rows, [](ReadRow& row) { row.index = indexMolecule(*row.molecule); });
}

} // namespace papilio::data
