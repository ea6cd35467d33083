// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jsonchem.h"

#include <cmath>

#include "core/task.h"

namespace papilio::engine
{

using nlohmann::json;

namespace
{

/// Coordinates need no more than this.
double rounded(double value)
{
    return std::round(value * 1e4) / 1e4;
}

} // namespace

json depictionToJson(const chem::Depiction& depiction)
{
    json atoms = json::array(), bonds = json::array();
    for (const auto& atom : depiction.atoms)
        atoms.push_back({rounded(atom.x), rounded(atom.y), atom.label, atom.atomicNumber, atom.hydrogens, atom.charge,
                         atom.labelLeft});
    for (const auto& bond : depiction.bonds)
        bonds.push_back({bond.begin, bond.end, bond.order, static_cast<int>(bond.wedge), bond.ring,
                         rounded(bond.insideX), rounded(bond.insideY)});
    return {{"atoms", std::move(atoms)}, {"bonds", std::move(bonds)}};
}

json conformerToJson(const chem::Conformer& conformer)
{
    json atoms = json::array(), bonds = json::array();
    for (const auto& atom : conformer.atoms)
        atoms.push_back({rounded(atom.x), rounded(atom.y), rounded(atom.z), atom.atomicNumber});
    for (const auto& bond : conformer.bonds)
        bonds.push_back({bond.begin, bond.end, bond.order});
    return {{"atoms", std::move(atoms)},
            {"bonds", std::move(bonds)},
            {"heavyAtoms", conformer.heavyAtoms},
            {"optimised", conformer.optimised}};
}

namespace
{

json valuesToJson(const std::vector<std::pair<std::string, std::int64_t>>& values)
{
    json list = json::array();
    for (const auto& [value, rows] : values)
        list.push_back({{"value", value}, {"rows", rows}});
    return list;
}

json kindsToJson(const data::Preview& preview)
{
    json list = json::array();
    for (const data::MixedKinds& kinds : preview.kinds)
        list.push_back({{"column", preview.columns[static_cast<std::size_t>(kinds.types)].name},
                        {"of", preview.columns[static_cast<std::size_t>(kinds.values)].name},
                        {"values", valuesToJson(kinds.texts)}});
    return list;
}

} // namespace

json previewToJson(const data::Preview& preview)
{
    json columns = json::array(), rows = json::array();
    for (const auto& column : preview.columns)
        columns.push_back({{"index", column.index},
                           {"name", column.name},
                           {"role", data::columnRoleName(column.role)},
                           {"level", levelName(column.level)},
                           {"kind", kindName(column.kind)},
                           {"classes", column.classes},
                           {"unit", column.unit},
                           {"why", column.why},
                           {"present", column.present},
                           {"text", column.text},
                           {"rule", column.rule},
                           {"below", column.below},
                           {"above", column.above},
                           {"approximate", column.approximate},
                           {"decimalCommas", column.decimalCommas},
                           {"classNames", column.classNames},
                           {"values", valuesToJson(column.values)}});
    for (const auto& row : preview.rows)
        rows.push_back({{"row", row.row},
                        {"cells", row.cells},
                        {"canonical", row.canonicalSmiles},
                        {"status", row.status},
                        {"reason", row.reason}});
    return {{"file", preview.file},
            {"format", preview.format},
            {"compressed", preview.compressed},
            {"lineEnds", preview.lineEnds},
            {"byteOrderMark", preview.byteOrderMark},
            {"packing", preview.facts.packing},
            {"encoding", preview.facts.encoding},
            {"delimiter", preview.facts.delimiter},
            {"header", preview.hadHeader},
            {"order", preview.order},
            {"notes", preview.notes},
            {"advice", preview.advice},
            {"kinds", kindsToJson(preview)},
            {"rowsLooked", preview.rowsLooked},
            {"wholeFile", preview.wholeFile},
            {"used", preview.used},
            {"merged", preview.merged},
            {"repaired", preview.repaired},
            {"rejected", preview.rejected},
            {"leftOut", preview.leftOut},
            {"noneTaken", preview.noneTaken},
            {"columns", std::move(columns)},
            {"rows", std::move(rows)}};
}

json reportsToJson(const std::vector<data::ImportReport>& reports)
{
    json list = json::array();
    for (const auto& report : reports)
        list.push_back({{"dataset", report.dataset},
                        {"rows", report.rows},
                        {"used", report.used},
                        {"merged", report.merged},
                        {"repaired", report.repaired},
                        {"rejected", report.rejected},
                        {"leftOut", report.leftOut},
                        {"molecules", report.molecules},
                        {"newMolecules", report.newMolecules},
                        {"conflictingRows", report.conflictingRows},
                        {"seconds", report.seconds},
                        {"resumed", report.resumed},
                        {"notes", report.notes}});
    return list;
}

} // namespace papilio::engine
