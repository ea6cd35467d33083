// SPDX-License-Identifier: GPL-3.0-or-later
#include "chem/scaffold.h"

#include <algorithm>
#include <memory>
#include <vector>

#include <GraphMol/ChemTransforms/ChemTransforms.h>
#include <GraphMol/MolOps.h>
#include <GraphMol/SmilesParse/SmilesWrite.h>

#include "chem/moleculedata.h"
#include "chem/scratch.h"

namespace papilio::chem
{

namespace
{

std::uint64_t mixed(std::uint64_t value)
{
    value ^= value >> 30;
    value *= 0xbf58476d1ce4e5b9u;
    value ^= value >> 27;
    value *= 0x94d049bb133111ebu;
    return value ^ (value >> 31);
}

/// The part of a graph that is its scaffold, with labels that are refined until they tell apart what can be told.
class ScaffoldGraph
{
public:
    explicit ScaffoldGraph(const MolGraph& graph) : m_graph(graph) { prune(); }

    bool empty() const { return m_atoms.empty(); }

    std::uint64_t hash()
    {
        link();
        labelAtoms();
        labelBonds();
        refine();
        std::uint64_t sum = 0;
        for (const std::uint64_t label : m_labels) {
            sum += mixed(label);
        }
        const std::uint64_t hash = mixed(sum ^ mixed(m_atoms.size() * 1009 + m_bonds.size()));
        return hash == 0 ? 1 : hash;
    }

private:
    struct Bond {
        int begin = 0, end = 0;
        std::uint64_t label = 0;
        bool inRing = false;
        BondType type = BondType::Single;
    };
    struct Link {
        int atom = 0, bond = 0;
    };

    /// Takes off ends that are in no ring until none is left, then puts back what a double bond binds to the rest.
    void prune()
    {
        const std::size_t count = m_graph.atoms.size();
        std::pmr::vector<int> degree(count, 0, m_scratch.memory());
        std::pmr::vector<std::pmr::vector<int>> bondsOf(count, m_scratch.memory());
        bool anyRing = false;
        for (std::size_t b = 0; b < m_graph.bonds.size(); ++b) {
            const BondCode& bond = m_graph.bonds[b];
            anyRing = anyRing || bond.inRing;
            bondsOf[bond.begin].push_back(static_cast<int>(b));
            bondsOf[bond.end].push_back(static_cast<int>(b));
            ++degree[bond.begin];
            ++degree[bond.end];
        }
        if (!anyRing) {
            return;
        }
        std::pmr::vector<char> kept(count, 1, m_scratch.memory());
        std::pmr::vector<std::size_t> ends(m_scratch.memory());
        for (std::size_t i = 0; i < count; ++i) {
            if (degree[i] <= 1) {
                ends.push_back(i);
            }
        }
        const auto other = [&](int b, std::size_t atom) {
            const BondCode& bond = m_graph.bonds[static_cast<std::size_t>(b)];
            return static_cast<std::size_t>(bond.begin == atom ? bond.end : bond.begin);
        };
        while (!ends.empty()) {
            const std::size_t atom = ends.back();
            ends.pop_back();
            kept[atom] = 0;
            for (const int b : bondsOf[atom]) {
                const std::size_t next = other(b, atom);
                if (kept[next] && --degree[next] == 1) {
                    ends.push_back(next);
                }
            }
        }
        std::pmr::vector<char> core(kept, m_scratch.memory());
        for (const BondCode& bond : m_graph.bonds) {
            if (bond.type == BondType::Double && kept[bond.begin] != kept[bond.end]) {
                core[bond.begin] = core[bond.end] = 1;
            }
        }
        std::pmr::vector<int> hydrogens(count, m_scratch.memory());
        for (std::size_t i = 0; i < count; ++i) {
            hydrogens[i] = m_graph.atoms[i].degree - static_cast<int>(bondsOf[i].size());
            for (const int b : bondsOf[i]) {
                hydrogens[i] += kept[i] && !core[other(b, i)]; // one takes the place of what is cut off
            }
        }
        number(core, hydrogens);
    }

    void number(const std::pmr::vector<char>& core, const std::pmr::vector<int>& hydrogens)
    {
        std::pmr::vector<int> place(core.size(), -1, m_scratch.memory());
        for (std::size_t i = 0; i < core.size(); ++i) {
            if (core[i]) {
                place[i] = static_cast<int>(m_atoms.size());
                m_atoms.push_back(m_graph.atoms[i]);
                m_hydrogens.push_back(m_graph.atoms[i].formalCharge == 0 ? 0 : hydrogens[i]);
            }
        }
        for (const BondCode& bond : m_graph.bonds) {
            if (place[bond.begin] >= 0 && place[bond.end] >= 0) {
                m_bonds.push_back({place[bond.begin], place[bond.end], 0, bond.inRing, bond.type});
            }
        }
    }

    void link()
    {
        m_first.assign(m_atoms.size() + 1, 0);
        for (const Bond& bond : m_bonds) {
            ++m_first[static_cast<std::size_t>(bond.begin) + 1];
            ++m_first[static_cast<std::size_t>(bond.end) + 1];
        }
        for (std::size_t i = 0; i < m_atoms.size(); ++i) {
            m_first[i + 1] += m_first[i];
        }
        m_links.resize(2 * m_bonds.size());
        std::pmr::vector<int> next(m_first.begin(), m_first.end() - 1, m_scratch.memory());
        for (int b = 0; b < static_cast<int>(m_bonds.size()); ++b) {
            const Bond& bond = m_bonds[static_cast<std::size_t>(b)];
            m_links[static_cast<std::size_t>(next[static_cast<std::size_t>(bond.begin)]++)] = {bond.end, b};
            m_links[static_cast<std::size_t>(next[static_cast<std::size_t>(bond.end)]++)] = {bond.begin, b};
        }
    }

    /// Hydrogens need no label where element and bonds decide them: not at charges.
    void labelAtoms()
    {
        m_labels.resize(m_atoms.size());
        for (std::size_t i = 0; i < m_atoms.size(); ++i) {
            const AtomCode& atom = m_atoms[i];
            const bool pyrrole = atom.aromatic && atom.atomicNumber != 6 && atom.degree > 2;
            m_labels[i] = mixed(atom.atomicNumber * 131u + static_cast<std::uint64_t>(atom.formalCharge + 64) * 65'537u +
                                (atom.aromatic ? 0x1000'0000u : 0u) + (pyrrole ? 0x2000'0000u : 0u) +
                                (static_cast<std::uint64_t>(m_hydrogens[i]) << 32));
        }
    }

    void labelBonds()
    {
        for (std::size_t b = 0; b < m_bonds.size(); ++b) {
            Bond& bond = m_bonds[b];
            const std::uint64_t ring = bond.inRing ? ringsThrough(static_cast<int>(b)) : 0;
            bond.label = mixed(ring * 16 + static_cast<std::uint64_t>(bond.type) * 2 + 1);
        }
    }

    /// Length of the shortest ring through a bond, and how many atoms lie at each distance from it without it.
    std::uint64_t ringsThrough(int without)
    {
        const Bond& bond = m_bonds[static_cast<std::size_t>(without)];
        m_distance.assign(m_atoms.size(), -1);
        m_queue.clear();
        m_queue.push_back(bond.begin);
        m_distance[static_cast<std::size_t>(bond.begin)] = 0;
        int length = 0;
        for (std::size_t at = 0; at < m_queue.size() && length == 0; ++at) {
            const auto atom = static_cast<std::size_t>(m_queue[at]);
            for (int k = m_first[atom]; k < m_first[atom + 1]; ++k) {
                const Link& link = m_links[static_cast<std::size_t>(k)];
                if (link.bond == without || m_distance[static_cast<std::size_t>(link.atom)] >= 0) {
                    continue;
                }
                m_distance[static_cast<std::size_t>(link.atom)] = m_distance[atom] + 1;
                m_queue.push_back(link.atom);
                if (link.atom == bond.end) {
                    length = m_distance[atom] + 2;
                    break;
                }
            }
        }
        return static_cast<std::uint64_t>(length);
    }

    void refine()
    {
        std::pmr::vector<std::uint64_t> next(m_labels.size(), m_scratch.memory());
        const std::size_t rounds = std::min<std::size_t>(m_atoms.size(), 16);
        for (std::size_t round = 0; round < rounds; ++round) {
            for (std::size_t i = 0; i < m_atoms.size(); ++i) {
                std::uint64_t sum = 0;
                for (int k = m_first[i]; k < m_first[i + 1]; ++k) {
                    const Link& link = m_links[static_cast<std::size_t>(k)];
                    sum += mixed(m_labels[static_cast<std::size_t>(link.atom)] ^
                                 m_bonds[static_cast<std::size_t>(link.bond)].label);
                }
                next[i] = mixed(m_labels[i] * 3 + sum);
            }
            m_labels.swap(next);
        }
    }

    const MolGraph& m_graph;
    Scratch m_scratch;
    std::pmr::vector<AtomCode> m_atoms{m_scratch.memory()};
    std::pmr::vector<int> m_hydrogens{m_scratch.memory()}; ///< of charged atoms
    std::pmr::vector<Bond> m_bonds{m_scratch.memory()};
    std::pmr::vector<int> m_first{m_scratch.memory()}, m_distance{m_scratch.memory()}, m_queue{m_scratch.memory()};
    std::pmr::vector<Link> m_links{m_scratch.memory()};
    std::pmr::vector<std::uint64_t> m_labels{m_scratch.memory()};
};

} // namespace

std::uint64_t scaffoldHash(const MolGraph& graph)
{
    ScaffoldGraph scaffold(graph);
    return scaffold.empty() ? 0 : scaffold.hash();
}

Result<std::string> scaffoldSmiles(const Molecule& molecule)
{
    try {
        const std::unique_ptr<RDKit::ROMol> part(RDKit::MurckoDecompose(*molecule.data().mol));
        if (!part || part->getNumAtoms() == 0) {
            return std::string();
        }
        RDKit::RWMol scaffold(*part);
        scaffold.clearComputedProps();
        RDKit::MolOps::sanitizeMol(scaffold);
        RDKit::SmilesWriteParams params;
        params.doIsomericSmiles = false;
        return RDKit::MolToSmiles(scaffold, params);
    } catch (const std::exception& exception) {
        return fail(ErrorCode::BadInput, "the scaffold of '" + molecule.canonicalSmiles() +
                                             "' cannot be computed: " + exception.what());
    }
}

} // namespace papilio::chem
