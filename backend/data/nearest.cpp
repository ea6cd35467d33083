// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/nearest.h"

#include <algorithm>
#include <atomic>
#include <bit>

#include "data/pace.h"
#include "data/parallel.h"

// The counting of bits has an instruction of its own on processors of the last fifteen years, but not on every x86-64.
// GCC's sanitizers cannot start a program with such functions.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define PAPILIO_POPCOUNT_CLONES __attribute__((target_clones("avx2", "popcnt", "default")))
#else
#define PAPILIO_POPCOUNT_CLONES
#endif

namespace papilio::data
{

namespace
{

constexpr std::size_t words = chem::Fingerprint::bits / 64;

/// Bits that a query shares with each of 'count' fingerprints that lie side by side.
PAPILIO_POPCOUNT_CLONES void countShared(const std::uint64_t* query, const std::uint64_t* targets, std::size_t count,
                                         std::uint16_t* shared)
{
    for (std::size_t i = 0; i < count; ++i, targets += words) {
        int sum = 0;
        for (std::size_t w = 0; w < words; ++w) {
            sum += std::popcount(query[w] & targets[w]);
        }
        shared[i] = static_cast<std::uint16_t>(sum);
    }
}

class Finder
{
public:
    explicit Finder(const std::vector<chem::Fingerprint>& targets) : m_first(chem::Fingerprint::bits + 2, 0)
    {
        std::vector<std::uint32_t> counts(targets.size());
        for (std::size_t i = 0; i < targets.size(); ++i) {
            counts[i] = static_cast<std::uint32_t>(targets[i].count());
            ++m_first[counts[i] + 1];
        }
        for (std::size_t i = 1; i < m_first.size(); ++i) {
            m_first[i] += m_first[i - 1];
        }
        m_sorted.resize(targets.size());
        m_original.resize(targets.size());
        std::vector<std::size_t> next(m_first.begin(), m_first.end() - 1);
        for (std::size_t i = 0; i < targets.size(); ++i) {
            const std::size_t at = next[counts[i]]++;
            m_sorted[at] = targets[i];
            m_original[at] = static_cast<std::uint32_t>(i);
        }
    }

    NearestNeighbour nearest(const chem::Fingerprint& query) const
    {
        NearestNeighbour best{~std::uint32_t{0}, -1};
        const int own = query.count();
        const int most = static_cast<int>(chem::Fingerprint::bits);
        for (int down = own, up = own + 1; down >= 0 || up <= most;) {
            const double belowBound = own > 0 ? static_cast<double>(down) / own : 0;
            const double aboveBound = up > 0 ? static_cast<double>(own) / up : 0;
            const bool takesDown = down >= 0 && belowBound >= best.similarity;
            const bool takesUp = up <= most && aboveBound >= best.similarity;
            if (!takesDown && !takesUp) {
                break;
            }
            if (takesDown && (!takesUp || belowBound >= aboveBound)) {
                scan(query, own, down--, best);
            } else {
                scan(query, own, up++, best);
            }
            down = takesDown ? down : -1;
            up = takesUp ? up : most + 1;
        }
        best.similarity = std::max(best.similarity, 0.0);
        return best;
    }

private:
    void scan(const chem::Fingerprint& query, int own, int count, NearestNeighbour& best) const
    {
        constexpr std::size_t block = 512;
        std::uint16_t shared[block];
        const auto bit = static_cast<std::size_t>(count);
        for (std::size_t at = m_first[bit]; at < m_first[bit + 1]; at += block) {
            const std::size_t size = std::min(block, m_first[bit + 1] - at);
            countShared(query.words.data(), m_sorted[at].words.data(), size, shared);
            for (std::size_t i = 0; i < size; ++i) {
                const int either = own + count - shared[i];
                const double similarity = either > 0 ? static_cast<double>(shared[i]) / either : 0;
                if (similarity > best.similarity ||
                    (similarity == best.similarity && m_original[at + i] < best.target)) {
                    best = {m_original[at + i], similarity};
                }
            }
        }
    }

    std::vector<std::size_t> m_first; ///< by number of bits, where those targets begin
    std::vector<chem::Fingerprint> m_sorted;
    std::vector<std::uint32_t> m_original;
};

} // namespace

Result<std::vector<NearestNeighbour>> nearestNeighbours(const std::vector<chem::Fingerprint>& queries,
                                                        const std::vector<chem::Fingerprint>& targets, int threads,
                                                        Control& control)
{
    std::vector<NearestNeighbour> found;
    if (targets.empty()) {
        return found;
    }
    const Finder finder(targets);
    found.resize(queries.size());
    Pace pace(control);
    constexpr std::size_t round = 2048; // reports come from this thread only
    for (std::size_t begin = 0; begin < queries.size(); begin += round) {
        pace.report("finding nearest neighbours", static_cast<std::int64_t>(begin),
                    static_cast<std::int64_t>(queries.size()), "molecules");
        inParallel(std::min(round, queries.size() - begin), 8, threads, control, [&](std::size_t from, std::size_t to) {
            for (std::size_t i = from; i < to; ++i) {
                found[begin + i] = finder.nearest(queries[begin + i]);
            }
        });
        if (control.stopRequested()) {
            return fail(ErrorCode::Stopped, "Stopped while nearest neighbours were looked for.");
        }
    }
    return found;
}

} // namespace papilio::data
