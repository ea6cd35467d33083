// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/splitcluster.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numeric>

#include "core/random.h"
#include "data/pace.h"
#include "data/parallel.h"

namespace papilio::data
{

namespace
{

constexpr std::size_t bits = chem::Fingerprint::bits;
constexpr std::uint32_t nobody = ~std::uint32_t{0};

struct Posting {
    std::uint32_t leader = 0;
    std::uint16_t place = 0; ///< of the bit among the leader's, the rarest first
    std::uint16_t bits = 0;  ///< of the leader
};

struct Nearest {
    std::uint32_t leader = nobody;
    double similarity = 0;
};

class Clustering
{
public:
    Clustering(const std::vector<chem::Fingerprint>& fingerprints, double cutoff, int threads, Control& control)
        : m_prints(fingerprints), m_cutoff(cutoff), m_threads(threads), m_control(control), m_pace(control)
    {
        rankBits();
        for (std::size_t sum = 0; sum < m_needed.size(); ++sum) {
            m_needed[sum] = static_cast<std::uint16_t>(
                std::ceil(cutoff / (1 + cutoff) * static_cast<double>(sum) - 1e-9));
        }
    }

    Result<Groups> run(const std::vector<std::uint32_t>& order)
    {
        std::vector<std::uint32_t> leaderOf(m_prints.size(), nobody);
        std::size_t size = 256; // the first ones find few leaders; later batches are worth a round of threads
        for (std::size_t begin = 0; begin < order.size(); begin += size, size = std::min<std::size_t>(size * 2, 4096)) {
            size = std::min(size, order.size() - begin);
            m_pace.report("clustering", static_cast<std::int64_t>(begin), static_cast<std::int64_t>(order.size()),
                          "molecules");
            std::vector<Nearest> nearest(size);
            inParallel(size, 256, m_threads, m_control, [&](std::size_t from, std::size_t to) {
                std::vector<std::uint16_t> seen(m_leaders.size(), 0);
                for (std::size_t i = from; i < to; ++i) {
                    nearest[i] = nearestLeader(m_prints[order[begin + i]], seen, static_cast<std::uint16_t>(i - from + 1));
                }
            });
            if (m_control.stopRequested()) {
                return fail(ErrorCode::Stopped, "Stopped while molecules were clustered.");
            }
            const std::size_t known = m_leaders.size();
            for (std::size_t i = 0; i < size; ++i) { // those that became leaders within the batch
                const std::uint32_t molecule = order[begin + i];
                compareWith(m_prints[molecule], known, nearest[i]);
                leaderOf[molecule] = nearest[i].leader != nobody ? nearest[i].leader : addLeader(molecule);
            }
        }
        return numbered(leaderOf);
    }

private:
    /// Bits by how many molecules have them: rank 0 is the rarest.
    void rankBits()
    {
        std::vector<std::uint32_t> count(bits, 0);
        for (const chem::Fingerprint& print : m_prints) {
            forBits(print, [&](std::uint32_t bit) { ++count[bit]; });
        }
        std::vector<std::uint32_t> byCount(bits);
        std::iota(byCount.begin(), byCount.end(), 0U);
        std::stable_sort(byCount.begin(), byCount.end(),
                         [&](std::uint32_t a, std::uint32_t b) { return count[a] < count[b]; });
        for (std::uint32_t rank = 0; rank < bits; ++rank) {
            m_rank[byCount[rank]] = rank;
        }
    }

    template <typename Visit> static void forBits(const chem::Fingerprint& print, Visit visit)
    {
        for (std::size_t word = 0; word < print.words.size(); ++word) {
            for (std::uint64_t rest = print.words[word]; rest != 0; rest &= rest - 1) {
                visit(static_cast<std::uint32_t>(word * 64) + static_cast<std::uint32_t>(std::countr_zero(rest)));
            }
        }
    }

    /// The rarest bits of which a similar enough other must share one: of n bits, all but ⌈cutoff · n⌉ − 1.
    std::vector<std::uint32_t> prefixOf(const chem::Fingerprint& print) const
    {
        std::vector<std::uint32_t> ranks;
        forBits(print, [&](std::uint32_t bit) { ranks.push_back(m_rank[bit]); });
        std::sort(ranks.begin(), ranks.end());
        const auto shared = static_cast<std::size_t>(std::ceil(m_cutoff * static_cast<double>(ranks.size()) - 1e-9));
        ranks.resize(ranks.size() + 1 - std::clamp<std::size_t>(shared, 1, ranks.size() + 1));
        return ranks;
    }

    /// Leaders that share one of the rarest bits, unless its place among the bits of both shows that too few can be
    /// shared behind it. 'seen' has the number of the query in which each leader was compared last.
    Nearest nearestLeader(const chem::Fingerprint& print, std::vector<std::uint16_t>& seen, std::uint16_t query) const
    {
        Nearest best;
        const std::vector<std::uint32_t> prefix = prefixOf(print);
        const int own = print.count();
        for (std::size_t i = 0; i < prefix.size(); ++i) {
            const int left = own - static_cast<int>(i);
            for (const Posting& posting : m_byRank[prefix[i]]) {
                const int needed = m_needed[static_cast<std::size_t>(own + posting.bits)];
                if (left >= needed && posting.bits - posting.place >= needed && seen[posting.leader] != query) {
                    seen[posting.leader] = query;
                    compare(print, own, posting.leader, best);
                }
            }
        }
        return best;
    }

    void compareWith(const chem::Fingerprint& print, std::size_t firstLeader, Nearest& best) const
    {
        const int own = print.count();
        for (std::size_t leader = firstLeader; leader < m_leaders.size(); ++leader) {
            compare(print, own, static_cast<std::uint32_t>(leader), best);
        }
    }

    void compare(const chem::Fingerprint& print, int own, std::uint32_t leader, Nearest& best) const
    {
        const int either = own + m_leaderBits[leader];
        const int shared = chem::sharedBits(print, m_leaderPrints[leader]);
        const double similarity = either > shared ? static_cast<double>(shared) / (either - shared) : 0;
        const bool better = similarity > best.similarity || (similarity == best.similarity && leader < best.leader);
        if (similarity >= m_cutoff && better) {
            best = {leader, similarity};
        }
    }

    std::uint32_t addLeader(std::uint32_t molecule)
    {
        const auto number = static_cast<std::uint32_t>(m_leaders.size());
        m_leaders.push_back(molecule);
        m_leaderPrints.push_back(m_prints[molecule]);
        m_leaderBits.push_back(m_prints[molecule].count());
        const std::vector<std::uint32_t> prefix = prefixOf(m_prints[molecule]);
        for (std::size_t i = 0; i < prefix.size(); ++i) {
            m_byRank[prefix[i]].push_back(
                {number, static_cast<std::uint16_t>(i), static_cast<std::uint16_t>(m_leaderBits.back())});
        }
        return number;
    }

    static Groups numbered(const std::vector<std::uint32_t>& leaderOf)
    {
        std::vector<std::uint64_t> keys(leaderOf.size());
        std::transform(leaderOf.begin(), leaderOf.end(), keys.begin(),
                       [](std::uint32_t leader) { return std::uint64_t{leader} + 1; });
        return groupsOf(keys, true);
    }

    const std::vector<chem::Fingerprint>& m_prints;
    double m_cutoff;
    int m_threads;
    Control& m_control;
    Pace m_pace;
    std::array<std::uint32_t, bits> m_rank{};
    std::array<std::vector<Posting>, bits> m_byRank;         ///< leaders whose prefix has the bit
    std::array<std::uint16_t, 2 * bits + 1> m_needed{};      ///< by the sum of two numbers of bits: how many must be shared
    std::vector<std::uint32_t> m_leaders;
    std::vector<int> m_leaderBits;
    std::vector<chem::Fingerprint> m_leaderPrints; ///< side by side
};

} // namespace

Result<Groups> clusterByLeaders(const std::vector<chem::Fingerprint>& fingerprints, double cutoff, std::uint64_t seed,
                                int threads, Control& control)
{
    return Clustering(fingerprints, cutoff, threads, control).run(shuffledIndices(fingerprints.size(), seed));
}

} // namespace papilio::data
