// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/duplicates.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "store/labels.h"
#include "store/rowlabels.h"

namespace papilio::data
{

namespace
{
constexpr double missing = std::numeric_limits<double>::quiet_NaN();

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : values[middle - 1] + (values[middle] - values[middle - 1]) / 2;
}

/// The most frequent value; none on a tie.
double majority(const std::vector<double>& values)
{
    std::map<double, int> counts;
    for (const double value : values) {
        ++counts[value];
    }
    const auto most = std::max_element(counts.begin(), counts.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    const auto equal =
        std::count_if(counts.begin(), counts.end(), [&](const auto& one) { return one.second == most->second; });
    return equal == 1 ? most->first : missing;
}

/// 'values' are not empty, in the order of the rows.
double one(Duplicates policy, TaskKind kind, const std::vector<double>& values)
{
    const bool same = std::all_of(values.begin(), values.end(), [&](double value) { return value == values.front(); });
    if (same || policy == Duplicates::First || policy == Duplicates::Keep) {
        return values.front();
    }
    if (policy == Duplicates::Drop) {
        return missing;
    }
    if (kind != TaskKind::Regression) {
        return majority(values);
    }
    return policy == Duplicates::Mean
               ? std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size())
               : median(values);
}

std::size_t longest(const std::vector<RowValues>& rows)
{
    std::size_t length = 0;
    for (const RowValues& row : rows) {
        length = std::max(length, row.size());
    }
    return length;
}

bool allMissing(const std::vector<double>& values)
{
    return std::all_of(values.begin(), values.end(), [](double value) { return std::isnan(value); });
}

/// The rows of one molecule.
struct Group {
    std::int64_t molecule = 0;
    std::vector<std::pair<std::int64_t, store::LabelSet>> rows;

    /// Calls visit(position, rows' values, numbers of these rows) for each task with a label in two rows or more.
    template <typename Visit> void eachTask(Visit&& visit) const
    {
        std::map<int, std::pair<std::vector<RowValues>, std::vector<std::int64_t>>> tasks;
        for (const auto& [row, labels] : rows) {
            for (const store::LabelSet::Entry& entry : labels.entries) {
                tasks[entry.position].first.emplace_back(entry.values);
                tasks[entry.position].second.push_back(row);
            }
        }
        for (const auto& [position, found] : tasks) {
            if (found.first.size() > 1) {
                visit(position, found.first, found.second);
            }
        }
    }
};

Result<> eachGroup(store::Project& project, std::int64_t dataset, const std::function<Result<bool>(const Group&)>& visit)
{
    Group group;
    Result<bool> goOn = true;
    PAPILIO_TRY(store::RowLabels(project).each(
        dataset, [&](std::int64_t molecule, std::int64_t row, const store::LabelSet& labels) {
            if (molecule != group.molecule && !group.rows.empty()) {
                goOn = visit(group);
                group.rows.clear();
            }
            group.molecule = molecule;
            group.rows.emplace_back(row, labels);
            return goOn && *goOn;
        }));
    if (goOn && *goOn && !group.rows.empty()) {
        goOn = visit(group);
    }
    return goOn ? Result<>() : Result<>(tl::unexpected(std::move(goOn).error()));
}

/// Puts a label into a set, or takes it out.
void setLabel(store::LabelSet& labels, int position, std::vector<double>&& values)
{
    const auto place = std::lower_bound(labels.entries.begin(), labels.entries.end(), position,
                                        [](const auto& entry, int wanted) { return entry.position < wanted; });
    const bool there = place != labels.entries.end() && place->position == position;
    if (allMissing(values)) {
        if (there) {
            labels.entries.erase(place);
        }
    } else if (there) {
        place->values = std::move(values);
    } else {
        labels.entries.insert(place, {position, std::move(values)});
    }
}

/// Settles one molecule after the other.
class Resolver
{
public:
    Resolver(store::Project& project, std::int64_t dataset, Duplicates policy, const std::vector<TaskKind>& kinds,
             const std::function<void(std::size_t)>& dropped)
        : m_labels(project), m_dataset(dataset), m_policy(policy), m_kinds(kinds), m_dropped(dropped)
    {
    }

    Result<> settle(const Group& group)
    {
        std::vector<std::pair<int, std::vector<double>>> changes;
        bool contradicting = false;
        group.eachTask([&](int position, const std::vector<RowValues>& rows, const std::vector<std::int64_t>&) {
            if (!contradict(rows)) {
                return;
            }
            contradicting = true;
            ++counts.contradictions;
            if (m_policy != Duplicates::First && m_policy != Duplicates::Keep) {
                changes.emplace_back(position, combined(m_policy, m_kinds.at(static_cast<std::size_t>(position)), rows));
            }
        });
        counts.contradictingMolecules += contradicting;
        return changes.empty() ? Result<>() : write(group.molecule, changes);
    }

    DuplicateCounts counts;

private:
    Result<> write(std::int64_t molecule, std::vector<std::pair<int, std::vector<double>>>& changes)
    {
        auto stored = m_labels.get(m_dataset, molecule);
        if (!stored) {
            return tl::unexpected<Error>(stored.error());
        }
        store::LabelSet labels = stored->value_or(store::LabelSet{});
        for (auto& [position, values] : changes) {
            const bool gone = allMissing(values);
            ++(gone ? counts.dropped : counts.combined);
            if (gone) {
                m_dropped(static_cast<std::size_t>(position));
            }
            setLabel(labels, position, std::move(values));
        }
        return m_labels.put(m_dataset, molecule, labels);
    }

    store::Labels m_labels;
    std::int64_t m_dataset;
    Duplicates m_policy;
    const std::vector<TaskKind>& m_kinds;
    const std::function<void(std::size_t)>& m_dropped;
};
} // namespace

bool contradict(const std::vector<RowValues>& rows)
{
    for (std::size_t i = 0; i < longest(rows); ++i) {
        double first = missing;
        for (const RowValues& row : rows) {
            if (i >= row.size() || std::isnan(row[i])) {
                continue;
            }
            if (std::isnan(first)) {
                first = row[i];
            } else if (row[i] != first) {
                return true;
            }
        }
    }
    return false;
}

std::vector<double> combined(Duplicates policy, TaskKind kind, const std::vector<RowValues>& rows)
{
    std::vector<double> result(longest(rows), missing);
    std::vector<double> values;
    for (std::size_t i = 0; i < result.size(); ++i) {
        values.clear();
        for (const RowValues& row : rows) {
            if (i < row.size() && !std::isnan(row[i])) {
                values.push_back(row[i]);
            }
        }
        if (!values.empty()) {
            result[i] = one(policy, kind, values);
        }
    }
    return result;
}

Result<DuplicateCounts> resolveDuplicates(store::Project& project, std::int64_t dataset, Duplicates policy,
                                          const std::vector<TaskKind>& kinds,
                                          const std::function<void(std::size_t)>& dropped)
{
    Resolver resolver(project, dataset, policy, kinds, dropped);
    PAPILIO_TRY(eachGroup(project, dataset, [&](const Group& group) -> Result<bool> {
        return resolver.settle(group).map([] { return true; });
    }));
    return resolver.counts;
}

Result<> eachConflict(store::Project& project, std::int64_t dataset,
                      const std::function<bool(const Conflict&)>& callback)
{
    return eachGroup(project, dataset, [&](const Group& group) -> Result<bool> {
        bool goOn = true;
        group.eachTask([&](int position, const std::vector<RowValues>& rows, const std::vector<std::int64_t>& numbers) {
            if (!goOn || !contradict(rows)) {
                return;
            }
            Conflict conflict{group.molecule, position, {}};
            for (std::size_t i = 0; i < rows.size(); ++i) {
                conflict.rows.push_back({numbers[i], std::vector<double>(rows[i].begin(), rows[i].end())});
            }
            goOn = callback(conflict);
        });
        return goOn;
    });
}

} // namespace papilio::data
