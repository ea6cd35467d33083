// SPDX-License-Identifier: GPL-3.0-or-later
#include "chem/screen.h"

#include <algorithm>
#include <bit>
#include <initializer_list>
#include <utility>

#include "chem/scratch.h"

namespace papilio::chem
{

namespace
{

constexpr std::uint32_t countBits = 160; ///< the first bits are numbers of things, the others hashes of chains
constexpr int longestChain = 5;
constexpr int largestCycle = 7;
constexpr std::uint32_t cycleBits = 150; ///< the first of them, within countBits: cycles of three atoms

std::uint64_t mixed(std::uint64_t code)
{
    code *= 0x9e3779b97f4a7c15u;
    code ^= code >> 32;
    code *= 0xd6e8feb86659fd93u;
    return code ^ (code >> 32);
}

/// Numbers of things, each with the numbers from which on a bit is set.
class CountBits
{
public:
    explicit CountBits(Screen& screen) : m_screen(screen) {}

    void add(int count, std::initializer_list<int> thresholds)
    {
        for (const int threshold : thresholds) {
            if (count >= threshold) {
                m_screen.words[m_next / 64] |= std::uint64_t{1} << (m_next % 64);
            }
            ++m_next;
        }
    }

private:
    Screen& m_screen;
    std::uint32_t m_next = 0;
};

/// Gathers the bits of one graph.
class Screener
{
public:
    explicit Screener(const ScreenGraph& graph) : m_graph(graph), m_atoms(graph.atoms.size()) { link(); }

    Screen run()
    {
        labelAll();
        addCounts();
        for (int start = 0; start < static_cast<int>(m_atoms); ++start) {
            if (m_graph.atoms[static_cast<std::size_t>(start)].element >= 0) {
                m_path[0] = start;
                walk(1, label(start), label(start), true);
                addBranches(start);
            }
            if (m_core[static_cast<std::size_t>(start)]) {
                m_path[0] = start;
                close(1, Cycle());
            }
        }
        return m_screen;
    }

private:
    struct Link {
        int atom = 0;
        int order = 0;
        bool inRing = false;
        bool known = false, whole = false; ///< both elements; everything of both atoms and the bond
        std::uint64_t plain = 0, full = 0; ///< hashes of the bond, the same from both ends
    };

    /// Two labels side by side: the element alone, and with what is known of aromaticity.
    struct Label {
        std::uint64_t plain = 0, full = 0;
        bool whole = false; ///< aromaticity is known
    };
    void link()
    {
        m_first.assign(m_atoms + 1, 0);
        for (const ScreenGraph::Bond& bond : m_graph.bonds) {
            ++m_first[static_cast<std::size_t>(bond.begin) + 1];
            ++m_first[static_cast<std::size_t>(bond.end) + 1];
        }
        for (std::size_t i = 0; i < m_atoms; ++i) {
            m_first[i + 1] += m_first[i];
        }
        m_links.resize(2 * m_graph.bonds.size());
        std::pmr::vector<int> next(m_first.begin(), m_first.end() - 1, m_scratch.memory());
        for (const ScreenGraph::Bond& bond : m_graph.bonds) {
            m_links[static_cast<std::size_t>(next[static_cast<std::size_t>(bond.begin)]++)] = {bond.end, bond.order, bond.inRing};
            m_links[static_cast<std::size_t>(next[static_cast<std::size_t>(bond.end)]++)] = {bond.begin, bond.order, bond.inRing};
        }
    }

    void labelAll()
    {
        m_labels.reserve(m_atoms);
        for (std::size_t i = 0; i < m_atoms; ++i) {
            const ScreenGraph::Atom& atom = m_graph.atoms[i];
            const std::uint64_t code = static_cast<std::uint64_t>(atom.element & 127) + 1;
            m_labels.push_back({code, code * 2 + (atom.aromatic == 1 ? 1 : 0), atom.aromatic >= 0});
        }
        for (std::size_t i = 0; i < m_atoms; ++i) {
            for (int k = m_first[i]; k < m_first[i + 1]; ++k) {
                Link& link = m_links[static_cast<std::size_t>(k)];
                if (!link.inRing) {
                    continue;
                }
                const auto other = static_cast<std::size_t>(link.atom);
                const Label& a = m_labels[i];
                const Label& b = m_labels[other];
                link.known = m_graph.atoms[i].element >= 0 && m_graph.atoms[other].element >= 0;
                link.whole = link.known && a.whole && b.whole && link.order >= 0;
                link.plain = mixed(std::min(a.plain, b.plain) << 16 | std::max(a.plain, b.plain));
                link.full = mixed(std::min(a.full, b.full) << 16 | std::max(a.full, b.full) << 2 |
                                  static_cast<std::uint64_t>(link.order & 3));
            }
        }
    }

    /// Atoms left after cutting off ends are in rings or between them.
    int coreAtoms()
    {
        m_core.assign(m_atoms, 1);
        std::pmr::vector<int> degree(m_atoms, m_scratch.memory());
        std::pmr::vector<int> ends(m_scratch.memory());
        ends.reserve(m_atoms);
        for (std::size_t i = 0; i < m_atoms; ++i) {
            degree[i] = m_first[i + 1] - m_first[i];
            if (degree[i] <= 1) {
                ends.push_back(static_cast<int>(i));
            }
        }
        std::size_t cut = 0;
        for (; cut < ends.size(); ++cut) {
            const auto atom = static_cast<std::size_t>(ends[cut]);
            m_core[atom] = 0;
            for (int k = m_first[atom]; k < m_first[atom + 1]; ++k) {
                const int other = m_links[static_cast<std::size_t>(k)].atom;
                if (--degree[static_cast<std::size_t>(other)] == 1) {
                    ends.push_back(other);
                }
            }
        }
        return static_cast<int>(m_atoms - cut);
    }

    int components()
    {
        std::pmr::vector<int> root(m_atoms, m_scratch.memory());
        for (std::size_t i = 0; i < m_atoms; ++i) {
            root[i] = static_cast<int>(i);
        }
        const auto find = [&root](int atom) {
            while (root[static_cast<std::size_t>(atom)] != atom) {
                atom = root[static_cast<std::size_t>(atom)] = root[static_cast<std::size_t>(root[static_cast<std::size_t>(atom)])];
            }
            return atom;
        };
        int count = static_cast<int>(m_atoms);
        for (const ScreenGraph::Bond& bond : m_graph.bonds) {
            const int a = find(bond.begin);
            const int b = find(bond.end);
            if (a != b) {
                root[static_cast<std::size_t>(a)] = b;
                --count;
            }
        }
        return count;
    }

    void addCounts()
    {
        int elements[128] = {};
        int aromatic = 0, aromaticN = 0, aromaticO = 0, aromaticS = 0, positive = 0, negative = 0;
        for (const ScreenGraph::Atom& atom : m_graph.atoms) {
            if (atom.element >= 0) {
                ++elements[atom.element & 127];
            }
            if (atom.aromatic == 1) {
                ++aromatic;
                aromaticN += atom.element == 7;
                aromaticO += atom.element == 8;
                aromaticS += atom.element == 16;
            }
            positive += atom.charge > 0;
            negative += atom.charge < 0;
        }
        int doubles = 0, triples = 0;
        for (const ScreenGraph::Bond& bond : m_graph.bonds) {
            doubles += bond.order == 1;
            triples += bond.order == 2;
        }
        CountBits counts(m_screen);
        counts.add(elements[6], {3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 26, 30, 36});
        counts.add(elements[7], {1, 2, 3, 4, 5, 6, 7, 8});
        counts.add(elements[8], {1, 2, 3, 4, 5, 6, 7, 8, 10});
        counts.add(elements[16], {1, 2, 3});
        counts.add(elements[9], {1, 2, 3, 4, 6});
        counts.add(elements[17], {1, 2, 3, 4});
        counts.add(elements[35], {1, 2, 3});
        counts.add(elements[53], {1, 2});
        counts.add(elements[15], {1, 2, 3});
        counts.add(elements[5], {1, 2});
        counts.add(elements[14], {1, 2});
        int others[12] = {};
        for (const int element : {0, 1, 34, 33, 50, 80, 11, 19, 3, 12, 30, 26, 29, 78, 20, 13, 27, 28, 25, 24, 46, 47, 79}) {
            others[element % 12] += elements[element];
        }
        for (const int other : others) {
            counts.add(other, {1});
        }
        counts.add(aromatic, {1, 5, 6, 7, 9, 10, 11, 12, 13, 15, 16, 17, 18, 20, 22, 25});
        counts.add(aromaticN, {1, 2, 3, 4, 5});
        counts.add(aromaticO, {1, 2});
        counts.add(aromaticS, {1, 2});
        counts.add(coreAtoms(), {3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 24, 28});
        counts.add(static_cast<int>(m_graph.bonds.size()) - static_cast<int>(m_atoms) + components(), {1, 2, 3, 4, 5, 6, 7});
        counts.add(doubles, {1, 2, 3, 4, 5, 6, 8});
        counts.add(triples, {1, 2});
        counts.add(positive, {1, 2});
        counts.add(negative, {1, 2});
    }

    const Label& label(int atom) const { return m_labels[static_cast<std::size_t>(atom)]; }

    /// 'forward' and 'backward' spell the chain so far from both ends.
    void walk(int length, const Label& forward, const Label& backward, bool whole)
    {
        const auto last = static_cast<std::size_t>(m_path[length - 1]);
        whole = whole && forward.whole;
        for (int k = m_first[last]; k < m_first[last + 1]; ++k) {
            const Link& next = m_links[static_cast<std::size_t>(k)];
            if (m_graph.atoms[static_cast<std::size_t>(next.atom)].element < 0 ||
                std::find(m_path, m_path + length, next.atom) != m_path + length) {
                continue;
            }
            const Label& added = label(next.atom);
            const bool nowWhole = whole && added.whole && next.order >= 0;
            const auto order = static_cast<std::uint64_t>(std::max(next.order, 0));
            Label ahead, behind;
            ahead.plain = forward.plain << 8 | added.plain;
            behind.plain = backward.plain | added.plain << (8 * length);
            ahead.full = forward.full << 11 | order << 9 | added.full;
            behind.full = backward.full | order << (9 + 11 * (length - 1)) | added.full << (11 * length);
            ahead.whole = nowWhole;
            m_path[length] = next.atom;
            if (m_path[0] < next.atom) { // the other direction spells the same
                if (length >= 2) {
                    setHashed(std::min(ahead.plain, behind.plain) * 4);
                }
                if (nowWhole) {
                    setHashed(std::min(ahead.full, behind.full) * 4 + 1);
                }
            }
            if (length + 1 < longestChain) {
                walk(length + 1, ahead, behind, nowWhole);
            }
        }
    }

    /// The bonds of a cycle in any order: the same sum wherever it starts and whichever way it goes.
    struct Cycle {
        std::uint64_t plain = 0, full = 0;
        bool known = true, whole = true;

        void add(const auto& link)
        {
            known = known && link.known;
            whole = whole && link.whole;
            plain += link.plain;
            full += link.full;
        }
    };

    /// Cycles of at most largestCycle atoms through m_path[0], which is the lowest of their atoms.
    void close(int length, const Cycle& cycle)
    {
        const auto last = static_cast<std::size_t>(m_path[length - 1]);
        for (int k = m_first[last]; k < m_first[last + 1]; ++k) {
            const Link& next = m_links[static_cast<std::size_t>(k)];
            if (!next.inRing || next.atom < m_path[0] || !m_core[static_cast<std::size_t>(next.atom)]) {
                continue;
            }
            const bool closes = next.atom == m_path[0];
            if (closes ? length < 3 || m_path[1] > m_path[length - 1] // one of the two ways round
                       : length == largestCycle || std::find(m_path, m_path + length, next.atom) != m_path + length) {
                continue;
            }
            Cycle longer = cycle;
            longer.add(next);
            if (!closes) {
                m_path[length] = next.atom;
                close(length + 1, longer);
                continue;
            }
            const std::uint32_t bit = cycleBits + static_cast<std::uint32_t>(length) - 3;
            m_screen.words[bit / 64] |= std::uint64_t{1} << (bit % 64);
            const auto size = static_cast<std::uint64_t>(length);
            if (longer.known) {
                setHashed(longer.plain * 8 + size);
            }
            if (longer.whole) {
                setHashed(longer.full * 8 + size);
            }
        }
    }

    /// Every three neighbours of an atom, in any order.
    void addBranches(int centre)
    {
        const int begin = m_first[static_cast<std::size_t>(centre)];
        const int end = m_first[static_cast<std::size_t>(centre) + 1];
        const Label& middle = label(centre);
        if (end - begin < 3 || end - begin > 8 || !middle.whole) {
            return;
        }
        std::uint64_t codes[8];
        int count = 0;
        for (int k = begin; k < end; ++k) {
            const Link& link = m_links[static_cast<std::size_t>(k)];
            if (m_graph.atoms[static_cast<std::size_t>(link.atom)].element >= 0) {
                const Label& other = label(link.atom);
                if (other.whole && link.order >= 0) {
                    codes[count++] = other.full << 2 | static_cast<std::uint64_t>(link.order);
                }
            }
        }
        for (int i = 1; i < count; ++i) {
            for (int k = i; k > 0 && codes[k] < codes[k - 1]; --k) {
                std::swap(codes[k], codes[k - 1]);
            }
        }
        for (int a = 0; a < count; ++a) {
            for (int b = a + 1; b < count; ++b) {
                for (int c = b + 1; c < count; ++c) {
                    setHashed((((middle.full << 11 | codes[a]) << 11 | codes[b]) << 11 | codes[c]) * 4 + 2);
                }
            }
        }
    }

    void setHashed(std::uint64_t code)
    {
        const auto bit = countBits + static_cast<std::uint32_t>((mixed(code) >> 32) % (Screen::bits - countBits));
        m_screen.words[bit / 64] |= std::uint64_t{1} << (bit % 64);
    }

    const ScreenGraph& m_graph;
    std::size_t m_atoms;
    Scratch m_scratch;
    std::pmr::vector<int> m_first{m_scratch.memory()};
    std::pmr::vector<Link> m_links{m_scratch.memory()};
    std::pmr::vector<Label> m_labels{m_scratch.memory()};
    std::pmr::vector<char> m_core{m_scratch.memory()};
    int m_path[largestCycle] = {};
    Screen m_screen;
};

int orderOf(BondType type)
{
    switch (type) {
    case BondType::Single:
    case BondType::Aromatic:
        return 0;
    case BondType::Double:
        return 1;
    case BondType::Triple:
        return 2;
    case BondType::Other:
        break;
    }
    return 3;
}

} // namespace

int Screen::count() const
{
    int count = 0;
    for (const std::uint64_t word : words) {
        count += std::popcount(word);
    }
    return count;
}

Screen screenOf(const ScreenGraph& graph)
{
    return Screener(graph).run();
}

Screen screenOf(const MolGraph& graph)
{
    ScreenGraph known;
    known.atoms.reserve(graph.atoms.size());
    for (const AtomCode& atom : graph.atoms) {
        known.atoms.push_back({atom.atomicNumber, atom.aromatic ? 1 : 0, (atom.formalCharge > 0) - (atom.formalCharge < 0)});
    }
    known.bonds.reserve(graph.bonds.size());
    for (const BondCode& bond : graph.bonds) {
        known.bonds.push_back({bond.begin, bond.end, orderOf(bond.type), bond.inRing});
    }
    return Screener(known).run();
}

} // namespace papilio::chem
