// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/stopping.h"

#include <algorithm>
#include <cmath>

namespace papilio::learn
{

namespace
{

/// Better than a reference by more than 'margin'; everything finite is better than nothing.
bool improves(double value, double reference, double margin, Better better)
{
    if (!std::isfinite(value)) {
        return false;
    }
    if (!std::isfinite(reference)) {
        return true;
    }
    return better == Better::Lower ? value < reference - margin : value > reference + margin;
}

} // namespace

bool EarlyStopping::add(std::int64_t epoch, double value, double minDelta, Better better)
{
    if (improves(value, reference, minDelta, better)) {
        reference = value;
        waited = 0;
    } else {
        ++waited;
    }
    if (!improves(value, best, 0, better)) {
        return false;
    }
    best = value;
    bestEpoch = epoch;
    return true;
}

BestList::Change BestList::add(std::int64_t epoch, double score)
{
    if (!std::isfinite(score)) {
        return {};
    }
    const auto place = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&](const Entry& entry) { return improves(score, entry.score, 0, m_better); });
    m_entries.insert(place, {score, epoch});
    if (m_entries.size() <= m_most) {
        return {true, {}};
    }
    const std::int64_t last = m_entries.back().epoch;
    m_entries.pop_back();
    return last == epoch ? Change{} : Change{true, last};
}

void BestList::restore(const std::vector<Entry>& entries)
{
    m_entries.clear();
    for (const Entry& entry : entries) {
        add(entry.epoch, entry.score);
    }
}

} // namespace papilio::learn
