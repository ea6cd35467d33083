// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/order.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "core/text.h"

namespace papilio::data
{

namespace
{
constexpr std::size_t rowsCompared = 40;
constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

/// Directed edge of a graph from one atom to another; nothing if there is no such bond. Bonds are sorted.
std::optional<std::uint32_t> edgeBetween(const MolGraph& graph, std::uint16_t from, std::uint16_t to)
{
    const auto key = std::pair(std::min(from, to), std::max(from, to));
    const auto found = std::lower_bound(graph.bonds.begin(), graph.bonds.end(), key, [](const BondCode& bond, const auto& k) {
        return std::pair(bond.begin, bond.end) < k;
    });
    if (found == graph.bonds.end() || std::pair(found->begin, found->end) != key) {
        return std::nullopt;
    }
    return 2 * static_cast<std::uint32_t>(found - graph.bonds.begin()) + (from < to ? 0U : 1U);
}

/// Leads the atoms and bonds of 'order' as written to the graph of 'molecule': by their numbers where the molecule's
/// atoms have some, else because both are the same molecule. False if they do not fit.
bool lead(const chem::Molecule& molecule, const chem::Molecule& order, std::vector<std::uint16_t>& atoms,
          std::vector<std::uint32_t>& edges)
{
    const std::size_t count = order.toCanonical().size();
    if (count != molecule.toCanonical().size()) {
        return false;
    }
    const bool byNumber = molecule.numbered();
    if (!byNumber && molecule.canonicalSmiles() != order.canonicalSmiles()) {
        return false;
    }
    atoms = byNumber ? molecule.toCanonical() : order.toCanonical();
    std::vector<std::uint16_t> place(count); // atom of order's graph → atom of the molecule's graph
    for (std::size_t i = 0; i < count; ++i) {
        place[order.toCanonical()[i]] = atoms[i];
        if (order.graph().atoms[order.toCanonical()[i]].atomicNumber != molecule.graph().atoms[atoms[i]].atomicNumber) {
            return false;
        }
    }
    if (order.graph().bonds.size() != molecule.graph().bonds.size()) {
        return false;
    }
    edges.clear();
    for (const std::uint32_t edge : order.edgeToCanonical()) {
        const BondCode& bond = order.graph().bonds[edge / 2];
        const bool forward = edge % 2 == 0;
        const auto found = edgeBetween(molecule.graph(), place[forward ? bond.begin : bond.end],
                                       place[forward ? bond.end : bond.begin]);
        if (!found) {
            return false;
        }
        edges.push_back(*found);
    }
    return true;
}

/// Whether a column holds the molecules of the structure column with their atoms in the order of the map numbers there.
bool tellsOrder(const std::vector<TableRow>& head, std::size_t structure, std::size_t column)
{
    std::size_t compared = 0;
    std::vector<std::uint16_t> atoms;
    std::vector<std::uint32_t> edges;
    for (const TableRow& row : head) {
        if (!row.problem.empty() || row.cells[column].empty() || row.cells[structure].find(':') == std::string::npos) {
            continue;
        }
        const auto molecule = readStructure(row.cells[structure], false);
        if (!molecule || !molecule->numbered()) {
            continue;
        }
        const auto other = readStructure(row.cells[column], false);
        if (!other || other->numbered() || !lead(*molecule, *other, atoms, edges)) {
            return false;
        }
        if (++compared == rowsCompared) {
            break;
        }
    }
    return compared > 0;
}

bool holdsLists(const std::vector<TableRow>& head)
{
    return std::any_of(head.begin(), head.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(head.size(), 50)),
                       [](const TableRow& row) {
                           return std::any_of(row.cells.begin(), row.cells.end(),
                                              [](const std::string& cell) { return cell.starts_with('['); });
                       });
}
} // namespace

Result<StructureChoice> chooseOrder(const std::vector<std::string>& columns, const std::vector<TableRow>& head,
                                    int structure, bool molBlocks, const ColumnChoice& choice, const std::string& file)
{
    const StructureChoice none{-1, {}};
    if (choice.order == "written") {
        return none;
    }
    if (!choice.order.empty()) {
        const auto found = std::find(columns.begin(), columns.end(), choice.order);
        if (found == columns.end()) {
            return fail(ErrorCode::BadInput, "'" + file + "' has no column '" + choice.order + "' to tell the order of lists.",
                        "Its columns are " + listed(columns) + ".");
        }
        const auto column = static_cast<int>(found - columns.begin());
        return StructureChoice{column == structure ? -1 : column, "named by you"};
    }
    if (molBlocks || !holdsLists(head)) {
        return none;
    }
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (static_cast<int>(i) != structure && tellsOrder(head, static_cast<std::size_t>(structure), i)) {
            return StructureChoice{static_cast<int>(i), "its atoms stand in the order of the atom-map numbers of '" +
                                                            columns[static_cast<std::size_t>(structure)] + "'"};
        }
    }
    return none;
}

ListOrder::ListOrder(const chem::Molecule& molecule, const std::string& structure, bool molBlock,
                     const std::string* order, HydrogenRule hydrogens)
    : m_molecule(molecule), m_structure(structure), m_molBlock(molBlock), m_order(order), m_hydrogens(hydrogens)
{
}

bool ListOrder::prepareOrder(std::string& note)
{
    if (!m_prepared) {
        m_prepared = true;
        if (!m_order) {
            m_atoms = m_molecule.toCanonical();
            m_edges = m_molecule.edgeToCanonical();
        } else if (auto order = readStructure(*m_order, false); !order) {
            m_orderFits = false;
            m_orderProblem = "the structure that tells the order cannot be read";
        } else {
            m_orderFits = lead(m_molecule, *order, m_atoms, m_edges);
            m_orderProblem = m_orderFits ? "" : "the structure that tells the order is another molecule";
        }
    }
    note = m_orderProblem;
    return m_orderFits;
}

const chem::WrittenAtoms* ListOrder::written()
{
    if (!m_writtenTried) {
        m_writtenTried = true;
        if (auto found = chem::writtenAtoms(m_molecule, m_structure, m_molBlock)) {
            m_written = std::move(*found);
        }
    }
    return m_written ? &*m_written : nullptr;
}

std::optional<std::vector<double>> ListOrder::arranged(const std::vector<double>& list, Level level, bool withHydrogens,
                                                       std::string& note)
{
    note.clear();
    if (!prepareOrder(note)) {
        return std::nullopt;
    }
    if (level == Level::NodePair) {
        return pairs(list, note);
    }
    const auto bare = [&] { return level == Level::Node ? nodes(list) : bonds(list); };
    const auto full = [&] { return level == Level::Node ? nodesWithHydrogens(list) : bondsWithHydrogens(list); };
    auto values = withHydrogens ? full() : bare();
    return values ? std::move(values) : withHydrogens ? bare() : full();
}

std::optional<std::vector<double>> ListOrder::nodes(const std::vector<double>& list) const
{
    if (list.size() != atoms()) {
        return std::nullopt;
    }
    std::vector<double> values(list.size());
    for (std::size_t i = 0; i < list.size(); ++i) {
        values[m_atoms[i]] = list[i];
    }
    return values;
}

std::optional<std::vector<double>> ListOrder::nodesWithHydrogens(const std::vector<double>& list)
{
    const chem::WrittenAtoms* all = list.size() > atoms() ? written() : nullptr;
    if (!all || all->atoms.size() != list.size()) {
        return std::nullopt;
    }
    std::vector<double> values(atoms(), nothing);
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (!all->atoms[i].hydrogen) {
            values[all->atoms[i].canonical] = list[i];
        }
    }
    for (std::size_t i = 0; m_hydrogens == HydrogenRule::Add && i < list.size(); ++i) {
        if (all->atoms[i].hydrogen) {
            values[all->atoms[i].canonical] += list[i];
        }
    }
    return values;
}

std::optional<std::vector<double>> ListOrder::bonds(const std::vector<double>& list) const
{
    const std::size_t share = list.size() == m_edges.size() ? 1 : 2; // one value a bond counts for both directions
    if (list.size() * share != m_edges.size()) {
        return std::nullopt;
    }
    std::vector<double> values(m_edges.size());
    for (std::size_t k = 0; k < m_edges.size(); ++k) {
        values[m_edges[k]] = list[k / share];
    }
    return values;
}

std::optional<std::vector<double>> ListOrder::bondsWithHydrogens(const std::vector<double>& list)
{
    const chem::WrittenAtoms* all = list.size() > m_edges.size() / 2 ? written() : nullptr;
    if (!all || all->bonds.empty() || (list.size() != 2 * all->bonds.size() && list.size() != all->bonds.size())) {
        return std::nullopt;
    }
    const std::size_t share = list.size() == all->bonds.size() ? 2 : 1;
    std::vector<double> values(edges(), nothing);
    for (std::size_t b = 0; b < all->bonds.size(); ++b) {
        const auto& from = all->atoms[all->bonds[b][0]];
        const auto& to = all->atoms[all->bonds[b][1]];
        if (from.hydrogen || to.hydrogen) {
            continue;
        }
        for (std::size_t direction = 0; direction < 2; ++direction) {
            const auto edge = edgeBetween(m_molecule.graph(), direction == 0 ? from.canonical : to.canonical,
                                          direction == 0 ? to.canonical : from.canonical);
            if (!edge) {
                return std::nullopt;
            }
            values[*edge] = list[(2 * b + direction) / share];
        }
    }
    return values;
}

/// Full squares row by row (the diagonal says nothing of a pair), or the pairs i < j alone. The pair's two entries of a
/// square become one: their mean where they differ.
std::optional<std::vector<double>> ListOrder::pairs(const std::vector<double>& list, std::string& note) const
{
    const std::size_t n = atoms();
    const std::size_t count = n * (n - 1) / 2;
    const bool square = list.size() == n * n;
    if (!square && list.size() != count) {
        return std::nullopt;
    }
    std::vector<double> values(count, nothing);
    std::size_t uneven = 0;
    std::size_t place = 0;
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = i + 1; j < n; ++j) {
            double value = square ? list[i * n + j] : list[place++];
            if (square) {
                const double back = list[j * n + i];
                uneven += value != back && !(std::isnan(value) && std::isnan(back));
                value = std::isnan(value) ? back : std::isnan(back) ? value : (value + back) / 2;
            }
            const std::size_t a = std::min(m_atoms[i], m_atoms[j]);
            const std::size_t b = std::max(m_atoms[i], m_atoms[j]);
            values[a * n - a * (a + 1) / 2 + b - a - 1] = value;
        }
    }
    note = uneven == 0 ? std::string()
                       : std::to_string(uneven) + (uneven == 1 ? " pair differs" : " pairs differ") +
                             " by direction, the mean is taken";
    return values;
}

ListSizes listSizes(const std::string& structure, bool molBlock)
{
    ListSizes sizes;
    const auto molecule = readStructure(structure, molBlock);
    if (!molecule) {
        return sizes;
    }
    sizes.atoms = sizes.allAtoms = molecule->graph().atoms.size();
    sizes.bonds = sizes.allBonds = molecule->graph().bonds.size();
    if (molBlock || structure.find('H') != std::string::npos) {
        if (const auto all = chem::writtenAtoms(*molecule, structure, molBlock)) {
            sizes.allAtoms = all->atoms.size();
            sizes.allBonds = all->bonds.size();
        }
    }
    return sizes;
}

} // namespace papilio::data
