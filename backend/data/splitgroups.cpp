// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/splitgroups.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>

#include "core/random.h"
#include "core/splitspec.h"

namespace papilio::data
{

namespace
{

constexpr std::size_t parts = 3;

std::vector<store::Part> partsOfMembers(const Groups& groups, const std::vector<std::uint8_t>& partOfGroup)
{
    std::vector<store::Part> of(groups.of.size());
    std::transform(groups.of.begin(), groups.of.end(), of.begin(),
                   [&](std::uint32_t group) { return static_cast<store::Part>(partOfGroup[group]); });
    return of;
}

/// Molecules of each part, as random splits have them.
std::array<double, parts> wantedSizes(const Fractions& fractions, std::size_t n)
{
    const auto validation = static_cast<double>(shareOf(fractions[1], n));
    const auto test = static_cast<double>(shareOf(fractions[2], n));
    return {static_cast<double>(n) - validation - test, validation, test};
}

/// Group numbers, in an order that the seed decides.
std::vector<std::uint32_t> shuffledGroups(const Groups& groups, std::uint64_t seed)
{
    return shuffledIndices(groups.count, seed);
}

class Filling
{
public:
    Filling(const Groups& groups, const Fractions& fractions)
        : m_sizes(groups.sizes()), m_left(wantedSizes(fractions, groups.of.size())), m_wanted(m_left),
          m_partOfGroup(groups.count, 0)
    {
    }

    bool isLarge(std::uint32_t group) const
    {
        double smallest = m_wanted[0];
        for (std::size_t part = 1; part < parts; ++part) {
            smallest = m_wanted[part] > 0 ? std::min(smallest, m_wanted[part]) : smallest;
        }
        return m_sizes[group] > smallest / 2;
    }
    void putLarge(std::uint32_t group) { put(group, m_left[0] >= m_sizes[group] ? 0 : emptiest(false, 0)); }
    void putSmall(std::uint32_t group)
    {
        const std::size_t fitting = emptiest(true, m_sizes[group]);
        put(group, fitting < parts ? fitting : emptiest(false, 0));
    }
    std::uint32_t size(std::uint32_t group) const { return m_sizes[group]; }
    const std::vector<std::uint8_t>& result() const { return m_partOfGroup; }

private:
    /// The part with most room, in relation to its size or as a number; 'parts' if none has room for that many.
    std::size_t emptiest(bool relative, double needed) const
    {
        std::size_t best = parts;
        double most = -1e300;
        for (std::size_t part = 0; part < parts; ++part) {
            const double room = relative ? m_left[part] / m_wanted[part] : m_left[part];
            if (m_wanted[part] > 0 && (!relative || m_left[part] >= needed) && room > most) {
                most = room;
                best = part;
            }
        }
        return best;
    }
    void put(std::uint32_t group, std::size_t part)
    {
        m_partOfGroup[group] = static_cast<std::uint8_t>(part);
        m_left[part] -= m_sizes[group];
    }

    std::vector<std::uint32_t> m_sizes;
    std::array<double, parts> m_left, m_wanted;
    std::vector<std::uint8_t> m_partOfGroup;
};

/// The balanced assignment: errors are kept up to date as groups are put and moved.
class Balance
{
public:
    Balance(const Groups& groups, const Categories& categories, const Fractions& fractions)
        : m_fractions(fractions), m_categories(categories.count + 1), m_partOfGroup(groups.count, 0)
    {
        countGroups(groups, categories);
        const double all = std::max<double>(1, categories.count);
        for (std::size_t c = 0; c < m_categories; ++c) {
            const double weight = c == categories.count ? all : 1;
            m_scale.push_back(m_total[c] > 0 ? weight / (m_total[c] * m_total[c]) : 0);
        }
        m_have.assign(parts * m_categories, 0);
    }

    std::vector<std::uint8_t> run(const std::vector<std::uint32_t>& shuffled)
    {
        std::vector<std::uint32_t> order = shuffled;
        std::vector<double> largest(m_partOfGroup.size(), 0);
        for (std::uint32_t g = 0; g < m_partOfGroup.size(); ++g) {
            for (std::size_t i = m_start[g]; i < m_start[g + 1]; ++i) {
                largest[g] = std::max(largest[g], m_count[i] / m_total[m_category[i]]);
            }
        }
        std::stable_sort(order.begin(), order.end(),
                         [&](std::uint32_t a, std::uint32_t b) { return largest[a] > largest[b]; });
        for (const std::uint32_t group : order) {
            const std::size_t part = best(group);
            add(group, part, 1);
            m_partOfGroup[group] = static_cast<std::uint8_t>(part);
        }
        constexpr int rounds = 3;
        for (int round = 0; round < rounds && improve(shuffled); ++round) {
        }
        return m_partOfGroup;
    }

private:
    /// What each group has of each category; the last category is the molecules themselves.
    void countGroups(const Groups& groups, const Categories& categories)
    {
        std::vector<std::vector<std::pair<std::uint32_t, float>>> found(groups.count);
        for (std::size_t i = 0; i < groups.of.size(); ++i) {
            auto& own = found[groups.of[i]];
            for (std::size_t k = categories.start[i]; k < categories.start[i + 1]; ++k) {
                own.emplace_back(categories.category[k], 1.0F);
            }
            own.emplace_back(categories.count, 1.0F);
        }
        m_total.assign(m_categories, 0);
        m_start.push_back(0);
        for (auto& own : found) {
            std::sort(own.begin(), own.end());
            for (std::size_t i = 0; i < own.size(); ++i) {
                m_total[own[i].first] += 1;
                if (i > 0 && own[i].first == own[i - 1].first) {
                    m_count.back() += 1;
                } else {
                    m_category.push_back(own[i].first);
                    m_count.push_back(1);
                }
            }
            m_start.push_back(m_category.size());
            own = {};
        }
    }

    /// How the errors change if a part gets (sign 1) or loses (sign −1) a group.
    double change(std::uint32_t group, std::size_t part, double sign) const
    {
        double sum = 0;
        for (std::size_t i = m_start[group]; i < m_start[group + 1]; ++i) {
            const std::uint32_t c = m_category[i];
            const double off = m_have[part * m_categories + c] - m_fractions[part] * m_total[c];
            const double step = sign * m_count[i];
            sum += step * (2 * off + step) * m_scale[c];
        }
        return sum / m_fractions[part];
    }

    void add(std::uint32_t group, std::size_t part, double sign)
    {
        for (std::size_t i = m_start[group]; i < m_start[group + 1]; ++i) {
            m_have[part * m_categories + m_category[i]] += sign * m_count[i];
        }
    }

    std::size_t best(std::uint32_t group) const
    {
        std::size_t found = 0;
        double least = change(group, 0, 1);
        for (std::size_t part = 1; part < parts; ++part) {
            if (m_fractions[part] > 0) {
                const double cost = change(group, part, 1);
                if (cost < least) {
                    least = cost;
                    found = part;
                }
            }
        }
        return found;
    }

    bool improve(const std::vector<std::uint32_t>& order)
    {
        bool any = false;
        for (const std::uint32_t group : order) {
            const std::size_t from = m_partOfGroup[group];
            const double gain = change(group, from, -1);
            add(group, from, -1);
            const std::size_t to = best(group);
            const bool moves = to != from && gain + change(group, to, 1) < -1e-12;
            add(group, moves ? to : from, 1);
            m_partOfGroup[group] = static_cast<std::uint8_t>(moves ? to : from);
            any = any || moves;
        }
        return any;
    }

    Fractions m_fractions;
    std::size_t m_categories;
    std::vector<std::uint8_t> m_partOfGroup;
    std::vector<std::size_t> m_start;
    std::vector<std::uint32_t> m_category;
    std::vector<double> m_count, m_total, m_scale, m_have;
};

} // namespace

std::vector<std::uint32_t> Groups::sizes() const
{
    std::vector<std::uint32_t> sizes(count, 0);
    for (const std::uint32_t group : of) {
        ++sizes[group];
    }
    return sizes;
}

Groups groupsOf(const std::vector<std::uint64_t>& keys, bool zeroTogether)
{
    Groups groups;
    std::unordered_map<std::uint64_t, std::uint32_t> known;
    for (const std::uint64_t key : keys) {
        if (key == 0 && !zeroTogether) {
            groups.of.push_back(groups.count++);
            continue;
        }
        const auto [entry, isNew] = known.emplace(key, groups.count);
        groups.count += isNew ? 1 : 0;
        groups.of.push_back(entry->second);
    }
    return groups;
}

std::vector<store::Part> assignGroups(const Groups& groups, const Fractions& fractions, std::uint64_t seed)
{
    Filling filling(groups, fractions);
    std::vector<std::uint32_t> large, small;
    for (const std::uint32_t group : shuffledGroups(groups, seed)) {
        (filling.isLarge(group) ? large : small).push_back(group);
    }
    std::stable_sort(large.begin(), large.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return filling.size(a) > filling.size(b); });
    for (const std::uint32_t group : large) {
        filling.putLarge(group);
    }
    for (const std::uint32_t group : small) {
        filling.putSmall(group);
    }
    return partsOfMembers(groups, filling.result());
}

std::vector<store::Part> assignBalanced(const Groups& groups, const Categories& categories, const Fractions& fractions,
                                        std::uint64_t seed)
{
    return partsOfMembers(groups, Balance(groups, categories, fractions).run(shuffledGroups(groups, seed)));
}

} // namespace papilio::data
