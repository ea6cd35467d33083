// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "learn/metricstable.h"

namespace papilio::learn
{

/// Watches one number, by default the validation loss. 'best' is strict; 'patience' wants an improvement by more than
/// minDelta.
struct EarlyStopping {
    double best = std::numeric_limits<double>::infinity(); ///< not finite = none yet
    std::int64_t bestEpoch = 0;                            ///< 1-based; 0 = none yet
    double reference = std::numeric_limits<double>::infinity();
    std::int64_t waited = 0; ///< epochs since the last improvement that counts

    /// Takes the value of an epoch (1-based); true if it is the best so far. One that is not a number never is.
    bool add(std::int64_t epoch, double value, double minDelta, Better better = Better::Lower);
    bool shouldStop(std::int64_t patience) const { return patience > 0 && waited >= patience; }
};

/// The k best epochs of a run, best first; of equal ones the earlier is the better.
class BestList
{
public:
    struct Entry {
        double score = 0;
        std::int64_t epoch = 0;
        friend bool operator==(const Entry&, const Entry&) = default;
    };
    /// What to do with checkpoints.
    struct Change {
        bool kept = false;                   ///< the epoch belongs to the best
        std::optional<std::int64_t> dropped; ///< this one does not any more
    };

    explicit BestList(std::size_t most = 1, Better better = Better::Lower) : m_most(most), m_better(better) {}
    /// A score that is not a finite number never belongs to the best.
    Change add(std::int64_t epoch, double score);
    const std::vector<Entry>& entries() const { return m_entries; }
    /// As entries() gave them before; what no longer fits is left out.
    void restore(const std::vector<Entry>& entries);

private:
    std::size_t m_most;
    Better m_better;
    std::vector<Entry> m_entries;
};

} // namespace papilio::learn
