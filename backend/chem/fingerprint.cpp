// SPDX-License-Identifier: GPL-3.0-or-later
#include "chem/fingerprint.h"

#include <algorithm>
#include <bit>
#include <utility>
#include <vector>

#include <GraphMol/PeriodicTable.h>

#include "chem/moleculedata.h"
#include "chem/scratch.h"

namespace papilio::chem
{

namespace
{

constexpr int radius = 2;

/// One step of the 32-bit hash that RDKit builds its environments with.
void combine(std::uint32_t& seed, std::uint32_t value)
{
    seed ^= value + 0x9e3779b9u + (seed << 6) + (seed >> 2);
}

/// The number that RDKit's bond type has in the hash.
std::uint32_t bondNumber(BondType type)
{
    switch (type) {
    case BondType::Single:
        return 1;
    case BondType::Double:
        return 2;
    case BondType::Triple:
        return 3;
    case BondType::Aromatic:
        return 12;
    case BondType::Other:
        break;
    }
    return 17; // dative
}

/// How far an isotope's mass is from the element's, in whole units.
std::vector<int> massDifferences(const Molecule::Data& data)
{
    std::vector<int> differences;
    for (const RDKit::Atom* atom : data.mol->atoms()) {
        if (atom->getIsotope() == 0) {
            continue;
        }
        differences.resize(data.graph.atoms.size());
        differences[data.position[atom->getIdx()]] = static_cast<int>(
            atom->getMass() - RDKit::PeriodicTable::getTable()->getAtomicWeight(atom->getAtomicNum()));
    }
    return differences;
}

/// The environments of all atoms, grown bond by bond. Environments that cover the same bonds count once.
class Environments
{
public:
    explicit Environments(const Molecule::Data& data)
        : m_graph(data.graph), m_atoms(data.graph.atoms.size()), m_words((data.graph.bonds.size() + 63) / 64)
    {
        addNeighbours();
        setInvariants(massDifferences(data));
    }

    template <typename Add> void each(Add add)
    {
        for (const std::uint32_t invariant : m_invariants) {
            add(invariant);
        }
        m_covered.assign(m_atoms * m_words, 0);
        m_round.reserve(m_atoms);
        m_seen.reserve(radius * m_atoms);
        m_seenBonds.reserve(radius * m_atoms * m_words);
        for (std::uint32_t layer = 0; layer < radius; ++layer) {
            grow(layer);
            std::sort(m_round.begin(), m_round.end(), [](const Grown& a, const Grown& b) {
                return std::pair(a.key, a.invariant) < std::pair(b.key, b.invariant);
            });
            const std::size_t known = m_seen.size();
            for (const Grown& grown : m_round) {
                if (isSeen(grown.key, grown.covered, known)) {
                    m_dead[grown.atom] = 1;
                } else {
                    add(grown.invariant);
                    m_seenBonds.insert(m_seenBonds.end(), grown.covered, grown.covered + m_words);
                    m_seen.push_back(grown.key);
                }
            }
            m_invariants.swap(m_next);
            m_covered.swap(m_nextCovered);
        }
    }

private:
    struct Neighbour {
        std::uint32_t atom = 0, bond = 0, type = 0;
    };
    struct Grown {
        std::uint64_t key = 0; ///< hash of the bonds covered
        std::uint32_t invariant = 0, atom = 0;
        const std::uint64_t* covered = nullptr;
    };

    void addNeighbours()
    {
        m_first.assign(m_atoms + 1, 0);
        for (const BondCode& bond : m_graph.bonds) {
            ++m_first[bond.begin + 1u];
            ++m_first[bond.end + 1u];
        }
        for (std::size_t i = 0; i < m_atoms; ++i) {
            m_first[i + 1] += m_first[i];
        }
        m_neighbours.resize(2 * m_graph.bonds.size());
        std::pmr::vector<std::uint32_t> next(m_first.begin(), m_first.end() - 1, m_scratch.memory());
        for (std::uint32_t b = 0; b < m_graph.bonds.size(); ++b) {
            const BondCode& bond = m_graph.bonds[b];
            m_neighbours[next[bond.begin]++] = {bond.end, b, bondNumber(bond.type)};
            m_neighbours[next[bond.end]++] = {bond.begin, b, bondNumber(bond.type)};
        }
    }

    void setInvariants(const std::vector<int>& massDifference)
    {
        m_invariants.resize(m_atoms);
        m_dead.assign(m_atoms, 0);
        for (std::size_t i = 0; i < m_atoms; ++i) {
            const AtomCode& atom = m_graph.atoms[i];
            int heavy = 0; // hydrogens that are atoms of their own ([2H]) count as hydrogens, too
            for (std::uint32_t k = m_first[i]; k < m_first[i + 1]; ++k) {
                heavy += m_graph.atoms[m_neighbours[k].atom].atomicNumber != 1 ? 1 : 0;
            }
            std::uint32_t invariant = 0;
            combine(invariant, atom.atomicNumber);
            combine(invariant, static_cast<std::uint32_t>(atom.degree));
            combine(invariant, static_cast<std::uint32_t>(atom.degree - heavy));
            combine(invariant, static_cast<std::uint32_t>(std::int32_t{atom.formalCharge}));
            combine(invariant, static_cast<std::uint32_t>(massDifference.empty() ? 0 : massDifference[i]));
            if (atom.inRing) {
                combine(invariant, 1);
            }
            m_invariants[i] = invariant;
        }
    }

    void grow(std::uint32_t layer)
    {
        m_round.clear();
        m_next.assign(m_atoms, 0);
        m_nextCovered = m_covered;
        for (std::uint32_t i = 0; i < m_atoms; ++i) {
            if (m_dead[i] || m_first[i] == m_first[i + 1]) {
                continue;
            }
            std::uint64_t* const covered = m_nextCovered.data() + i * m_words;
            m_around.clear();
            for (std::uint32_t k = m_first[i]; k < m_first[i + 1]; ++k) {
                const Neighbour& neighbour = m_neighbours[k];
                covered[neighbour.bond / 64] |= std::uint64_t{1} << (neighbour.bond % 64);
                for (std::size_t w = 0; w < m_words; ++w) {
                    covered[w] |= m_covered[neighbour.atom * m_words + w];
                }
                m_around.emplace_back(neighbour.type, m_invariants[neighbour.atom]);
            }
            std::sort(m_around.begin(), m_around.end());
            std::uint32_t invariant = layer;
            combine(invariant, m_invariants[i]);
            for (const auto& [type, other] : m_around) {
                std::uint32_t pair = 0;
                combine(pair, type);
                combine(pair, other);
                combine(invariant, pair);
            }
            m_next[i] = invariant;
            m_round.push_back({keyOf(covered), invariant, i, covered});
        }
    }

    std::uint64_t keyOf(const std::uint64_t* covered) const
    {
        std::uint64_t key = 0;
        for (std::size_t w = 0; w < m_words; ++w) {
            key = (key ^ covered[w]) * 0x9e3779b97f4a7c15u;
            key ^= key >> 29;
        }
        return key;
    }

    /// Among those of earlier rounds ('known') any can be the same; of this round, sorted by key, the last ones.
    bool isSeen(std::uint64_t key, const std::uint64_t* covered, std::size_t known) const
    {
        const auto same = [&](std::size_t i) {
            return m_seen[i] == key && std::equal(covered, covered + m_words, m_seenBonds.data() + i * m_words);
        };
        for (std::size_t i = m_seen.size(); i > known && m_seen[i - 1] == key; --i) {
            if (same(i - 1)) {
                return true;
            }
        }
        for (std::size_t i = 0; i < known; ++i) {
            if (same(i)) {
                return true;
            }
        }
        return false;
    }

    const MolGraph& m_graph;
    std::size_t m_atoms, m_words;
    Scratch m_scratch;
    std::pmr::vector<std::uint32_t> m_first{m_scratch.memory()};
    std::pmr::vector<Neighbour> m_neighbours{m_scratch.memory()};
    std::pmr::vector<std::uint32_t> m_invariants{m_scratch.memory()}, m_next{m_scratch.memory()};
    std::pmr::vector<char> m_dead{m_scratch.memory()};
    std::pmr::vector<std::uint64_t> m_covered{m_scratch.memory()}, m_nextCovered{m_scratch.memory()}; ///< bonds of each atom's environment, m_words a atom
    std::pmr::vector<std::pair<std::uint32_t, std::uint32_t>> m_around{m_scratch.memory()};
    std::pmr::vector<Grown> m_round{m_scratch.memory()};
    std::pmr::vector<std::uint64_t> m_seen{m_scratch.memory()}, m_seenBonds{m_scratch.memory()};
};

using CountShared = int (*)(const std::uint64_t*, const std::uint64_t*);

int countPlain(const std::uint64_t* a, const std::uint64_t* b)
{
    int count = 0;
    for (std::size_t i = 0; i < Fingerprint::bits / 64; ++i) {
        count += std::popcount(a[i] & b[i]);
    }
    return count;
}

#if defined(__x86_64__) && defined(__GNUC__)
/// The same text, compiled for the instruction that the oldest processors of this kind lack: five times as fast.
__attribute__((target("popcnt"))) int countByInstruction(const std::uint64_t* a, const std::uint64_t* b)
{
    int count = 0;
    for (std::size_t i = 0; i < Fingerprint::bits / 64; ++i) {
        count += __builtin_popcountll(a[i] & b[i]);
    }
    return count;
}

CountShared bestCount()
{
    __builtin_cpu_init();
    return __builtin_cpu_supports("popcnt") ? countByInstruction : countPlain;
}
#else
CountShared bestCount()
{
    return countPlain;
}
#endif

const CountShared countShared = bestCount();

} // namespace

int Fingerprint::count() const
{
    return sharedBits(*this, *this);
}

Fingerprint morganFingerprint(const Molecule& molecule)
{
    Fingerprint fingerprint;
    Environments(molecule.data()).each([&fingerprint](std::uint32_t invariant) {
        const std::uint32_t bit = invariant % Fingerprint::bits;
        fingerprint.words[bit / 64] |= std::uint64_t{1} << (bit % 64);
    });
    return fingerprint;
}

int sharedBits(const Fingerprint& a, const Fingerprint& b)
{
    return countShared(a.words.data(), b.words.data());
}

double tanimoto(const Fingerprint& a, const Fingerprint& b)
{
    const int both = sharedBits(a, b);
    const int either = a.count() + b.count() - both;
    return either == 0 ? 0 : static_cast<double>(both) / either;
}

} // namespace papilio::chem
