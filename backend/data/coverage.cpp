// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/coverage.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <numeric>
#include <unordered_map>
#include <vector>

#include "chem/fingerprint.h"
#include "data/pace.h"
#include "store/coverage.h"
#include "store/datasets.h"
#include "store/labelscan.h"
#include "store/molecules.h"
#include "store/search.h"

namespace papilio::data
{

namespace
{

using store::IndexPart;

constexpr std::array<std::string_view, 4> orderNames = {"import", "coverage", "scaffold", "cluster"};
constexpr std::size_t clusterSample = 2000, clusterCount = 48;

/// All molecules, with what orders them.
struct Standing {
    std::vector<std::int64_t> ids;      ///< ascending
    std::vector<std::uint16_t> groups;  ///< index of the first dataset with a label; the number of datasets: none
    std::vector<std::uint32_t> labels;  ///< in all datasets together
    std::vector<std::uint64_t> keys;    ///< what stands together, ascending

    std::size_t indexOf(std::int64_t id) const
    {
        const auto guess = static_cast<std::size_t>(id - 1); // ids are mostly 1 … n without a gap
        if (guess < ids.size() && ids[guess] == id) {
            return guess;
        }
        const auto found = std::lower_bound(ids.begin(), ids.end(), id);
        return found != ids.end() && *found == id ? static_cast<std::size_t>(found - ids.begin()) : ids.size();
    }
};

Result<> stoppedIf(const Control& control)
{
    return control.stopRequested() ? fail(ErrorCode::Stopped, "Ordering the molecules was stopped.") : Result<>();
}

Result<Standing> readStanding(store::Project& project, const std::vector<store::DatasetRecord>& datasets, bool counts,
                              Control& control)
{
    auto ids = store::Molecules(project).ids();
    if (!ids) {
        return tl::unexpected(ids.error());
    }
    Standing standing;
    standing.ids = std::move(*ids);
    const auto none = static_cast<std::uint16_t>(datasets.size());
    standing.groups.assign(standing.ids.size(), none);
    standing.labels.assign(counts ? standing.ids.size() : 0, 0);
    const store::LabelScan scan(project);
    for (std::size_t d = 0; d < datasets.size(); ++d) {
        PAPILIO_TRY(scan.all(datasets[d].id, [&](std::int64_t molecule, store::LabelReader& labels) {
            const std::size_t i = standing.indexOf(molecule);
            if (i < standing.ids.size()) {
                standing.groups[i] = std::min(standing.groups[i], static_cast<std::uint16_t>(d));
                while (counts && labels.next()) {
                    ++standing.labels[i];
                }
            }
            return !control.stopRequested();
        }));
        PAPILIO_TRY(stoppedIf(control));
    }
    return standing;
}

/// Calls take(i, entry) for every molecule that the index has an entry of.
template <typename Entry, typename Take>
Result<> eachEntry(store::Project& project, const Standing& standing, IndexPart part, Take take)
{
    const store::SearchIndex index(project);
    store::IndexEntries entries(index, part);
    for (std::size_t i = 0; i < standing.ids.size(); ++i) {
        const auto bytes = entries.of(standing.ids[i]);
        PAPILIO_TRY(bytes);
        if (bytes->size() == sizeof(Entry)) {
            Entry entry;
            std::memcpy(&entry, bytes->data(), sizeof entry);
            take(i, entry);
        }
    }
    return {};
}

Result<> keyByScaffold(store::Project& project, Standing& standing)
{
    std::vector<std::uint64_t> scaffolds(standing.ids.size(), ~std::uint64_t{0});
    PAPILIO_TRY(eachEntry<std::uint64_t>(project, standing, IndexPart::Scaffold,
                                         [&](std::size_t i, std::uint64_t hash) { scaffolds[i] = hash; }));
    std::vector<std::uint64_t> sorted = scaffolds;
    std::sort(sorted.begin(), sorted.end());
    standing.keys.resize(scaffolds.size());
    for (std::size_t i = 0; i < scaffolds.size(); ++i) {
        const auto [first, last] = std::equal_range(sorted.begin(), sorted.end(), scaffolds[i]);
        // The most frequent first; those without a scaffold last. The place in 'sorted' tells equal numbers apart.
        const bool none = scaffolds[i] == ~std::uint64_t{0};
        const auto size = static_cast<std::uint64_t>(last - first);
        standing.keys[i] = none ? ~std::uint64_t{0}
                                : ((std::uint64_t{0x7fffffff} - size) << 32) | static_cast<std::uint64_t>(first - sorted.begin());
    }
    return {};
}

/// Molecules that are unlike each other, in an order in which neighbours are alike.
std::vector<chem::Fingerprint> leadersOf(const std::vector<chem::Fingerprint>& sample)
{
    std::vector<chem::Fingerprint> leaders;
    std::vector<double> nearest(sample.size(), 0);
    std::size_t next = 0;
    while (!sample.empty() && leaders.size() < std::min(clusterCount, sample.size())) {
        leaders.push_back(sample[next]);
        double least = 2;
        for (std::size_t i = 0; i < sample.size(); ++i) {
            nearest[i] = std::max(nearest[i], chem::tanimoto(sample[i], leaders.back()));
            if (nearest[i] < least) {
                least = nearest[i];
                next = i;
            }
        }
        if (least >= 1) {
            break;
        }
    }
    for (std::size_t i = 1; i + 1 < leaders.size(); ++i) { // each followed by the most similar of the rest
        const auto similar = [&](const chem::Fingerprint& a, const chem::Fingerprint& b) {
            return chem::tanimoto(leaders[i - 1], a) < chem::tanimoto(leaders[i - 1], b);
        };
        std::iter_swap(leaders.begin() + static_cast<std::ptrdiff_t>(i),
                       std::max_element(leaders.begin() + static_cast<std::ptrdiff_t>(i), leaders.end(), similar));
    }
    return leaders;
}

Result<> keyByCluster(store::Project& project, Standing& standing, Control& control)
{
    std::vector<chem::Fingerprint> sample;
    const std::size_t step = standing.ids.size() / clusterSample + 1;
    PAPILIO_TRY(eachEntry<chem::Fingerprint>(project, standing, IndexPart::Fingerprint,
                                             [&](std::size_t i, const chem::Fingerprint& fingerprint) {
                                                 if (i % step == 0 && !fingerprint.empty()) {
                                                     sample.push_back(fingerprint);
                                                 }
                                             }));
    const std::vector<chem::Fingerprint> leaders = leadersOf(sample);
    standing.keys.assign(standing.ids.size(), ~std::uint64_t{0});
    Pace pace(control);
    return eachEntry<chem::Fingerprint>(
        project, standing, IndexPart::Fingerprint, [&](std::size_t i, const chem::Fingerprint& fingerprint) {
            double best = -1;
            std::size_t leader = 0;
            for (std::size_t k = 0; k < leaders.size(); ++k) {
                const double similarity = chem::tanimoto(leaders[k], fingerprint);
                if (similarity > best) {
                    best = similarity;
                    leader = k;
                }
            }
            standing.keys[i] = leader << 32 | static_cast<std::uint64_t>((1 - best) * 1'000'000);
            pace.report("clustering", static_cast<std::int64_t>(i), static_cast<std::int64_t>(standing.ids.size()), "molecules");
        });
}

Result<> draw(store::Project& project, MoleculeOrder order, Control& control)
{
    const auto datasets = store::Datasets(project).all();
    PAPILIO_TRY(datasets);
    const bool counts = order == MoleculeOrder::Coverage || order == MoleculeOrder::Scaffold;
    auto standing = readStanding(project, *datasets, counts, control);
    PAPILIO_TRY(standing);
    if (order == MoleculeOrder::Scaffold) {
        PAPILIO_TRY(keyByScaffold(project, *standing));
    } else if (order == MoleculeOrder::Cluster) {
        PAPILIO_TRY(keyByCluster(project, *standing, control));
    }
    PAPILIO_TRY(stoppedIf(control));
    std::vector<std::uint32_t> places(standing->ids.size());
    std::iota(places.begin(), places.end(), 0u);
    std::sort(places.begin(), places.end(), [&](std::uint32_t a, std::uint32_t b) {
        if (standing->groups[a] != standing->groups[b]) {
            return standing->groups[a] < standing->groups[b];
        }
        if (!standing->keys.empty() && standing->keys[a] != standing->keys[b]) {
            return standing->keys[a] < standing->keys[b];
        }
        if (counts && standing->labels[a] != standing->labels[b]) {
            return standing->labels[a] > standing->labels[b];
        }
        return a < b;
    });
    std::vector<store::CoverageGroup> groups;
    std::vector<std::int64_t> ranked(places.size());
    int last = -1;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const std::size_t group = standing->groups[places[i]];
        if (static_cast<int>(group) != last) {
            last = static_cast<int>(group);
            groups.push_back({group < datasets->size() ? (*datasets)[group].id : 0, 0});
        }
        ++groups.back().molecules;
        ranked[i] = standing->ids[places[i]];
    }
    *standing = {};
    Pace pace(control);
    const auto total = static_cast<std::int64_t>(ranked.size());
    return store::Coverage(project).build(moleculeOrderName(order), groups, ranked, [&](std::int64_t done) {
        pace.report("drawing the coverage", done, total, "molecules");
        return !control.stopRequested();
    });
}

} // namespace

std::string_view moleculeOrderName(MoleculeOrder order)
{
    return orderNames[static_cast<std::size_t>(order)];
}

std::optional<MoleculeOrder> moleculeOrderFromName(std::string_view name)
{
    const auto found = std::find(orderNames.begin(), orderNames.end(), name);
    return found == orderNames.end() ? std::nullopt
                                     : std::optional(static_cast<MoleculeOrder>(found - orderNames.begin()));
}

Result<> ensureCoverage(store::Project& project, MoleculeOrder order, Control& control)
{
    const auto there = store::Coverage(project).order(moleculeOrderName(order));
    PAPILIO_TRY(there);
    return there->has_value() ? Result<>() : draw(project, order, control);
}

} // namespace papilio::data
