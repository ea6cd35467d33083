// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/profiles.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <unordered_map>

#include "chem/scaffold.h"
#include "data/pace.h"
#include "data/quantiles.h"
#include "store/datasets.h"
#include "store/labelscan.h"
#include "store/molecules.h"
#include "store/profiles.h"
#include "store/search.h"

namespace papilio::data
{

namespace
{

using store::DatasetProfile;
using store::TaskProfile;

constexpr std::size_t leastCapacity = 1024;
constexpr std::size_t scaffoldsShown = 10;
constexpr double fenceRanges = 3; ///< interquartile ranges beyond the quartiles
constexpr std::size_t lowerQuartile = 2, upperQuartile = 4; ///< places in quantileShares

Error stopped()
{
    return {ErrorCode::Stopped, "Computing the statistics was stopped.", {}};
}

/// One task while its labels go by.
class Gathering
{
public:
    Gathering(const Task& task, std::size_t capacity) : m_kind(task.kind), m_sketch(capacity)
    {
        if (m_kind != TaskKind::Regression) {
            m_profile.classCounts.resize(m_kind == TaskKind::Binary ? 2 : static_cast<std::size_t>(std::max(task.classes, 1)));
        }
    }

    void add(std::span<const double> values)
    {
        bool any = false;
        for (const double value : values) {
            if (std::isnan(value)) {
                continue;
            }
            any = true;
            addValue(value);
        }
        m_profile.molecules += any;
    }

    void settle()
    {
        m_profile.sd = m_profile.values > 0 ? std::sqrt(m_squares / static_cast<double>(m_profile.values)) : std::nan("");
        if (m_profile.values == 0) {
            m_profile.mean = m_profile.minimum = m_profile.maximum = std::nan("");
        }
        m_profile.lowFence = m_profile.highFence = std::nan("");
        if (m_kind != TaskKind::Regression) {
            return;
        }
        m_profile.quantiles = m_sketch.at(store::quantileShares);
        m_profile.rankError = m_sketch.rankError();
        if (m_profile.values > 0) {
            const double low = m_profile.quantiles[lowerQuartile], high = m_profile.quantiles[upperQuartile];
            m_profile.lowFence = low - fenceRanges * (high - low);
            m_profile.highFence = high + fenceRanges * (high - low);
        }
    }

    bool mayHaveOutliers() const
    {
        return m_profile.minimum < m_profile.lowFence || m_profile.maximum > m_profile.highFence;
    }

    void addOutliers(std::int64_t molecule, std::span<const double> values)
    {
        for (const double value : values) {
            const bool low = value < m_profile.lowFence;
            if (!low && !(value > m_profile.highFence)) {
                continue;
            }
            ++m_profile.outliers;
            m_far.push_back({low ? m_profile.lowFence - value : value - m_profile.highFence, {molecule, value}});
            std::push_heap(m_far.begin(), m_far.end(), nearer);
            if (m_far.size() > store::outliersKept) {
                std::pop_heap(m_far.begin(), m_far.end(), nearer);
                m_far.pop_back();
            }
        }
    }

    TaskProfile result()
    {
        std::sort(m_far.begin(), m_far.end(), nearer); // the furthest first
        for (const Far& far : m_far) {
            m_profile.furthest.push_back(far.outlier);
        }
        return std::move(m_profile);
    }

private:
    struct Far {
        double distance = 0;
        TaskProfile::Outlier outlier;
    };
    static bool nearer(const Far& a, const Far& b)
    {
        return a.distance != b.distance ? a.distance > b.distance : a.outlier.molecule < b.outlier.molecule;
    }

    void addValue(double value)
    {
        m_profile.minimum = m_profile.values == 0 ? value : std::min(m_profile.minimum, value);
        m_profile.maximum = m_profile.values == 0 ? value : std::max(m_profile.maximum, value);
        ++m_profile.values;
        const double step = value - m_profile.mean;
        m_profile.mean += step / static_cast<double>(m_profile.values);
        m_squares += step * (value - m_profile.mean);
        if (m_kind == TaskKind::Regression) {
            m_sketch.add(value);
        } else if (value >= 0 && value < static_cast<double>(m_profile.classCounts.size())) {
            ++m_profile.classCounts[static_cast<std::size_t>(value)];
        }
    }

    TaskKind m_kind;
    QuantileSketch m_sketch;
    double m_squares = 0;
    TaskProfile m_profile;
    std::vector<Far> m_far;
};

Result<std::vector<Gathering>> gather(store::Project& project, std::int64_t dataset,
                                      const std::vector<store::TaskRecord>& tasks, Control& control)
{
    const auto regressions = static_cast<std::size_t>(std::count_if(
        tasks.begin(), tasks.end(), [](const auto& record) { return record.task.kind == TaskKind::Regression; }));
    const std::size_t capacity = std::max(leastCapacity, quantileValues / std::max<std::size_t>(regressions, 1));
    std::vector<Gathering> gathered;
    for (const store::TaskRecord& record : tasks) {
        gathered.emplace_back(record.task, capacity);
    }
    const store::LabelScan scan(project);
    Pace pace(control);
    std::int64_t done = 0;
    PAPILIO_TRY(scan.all(dataset, [&](std::int64_t, store::LabelReader& labels) {
        while (labels.next()) {
            if (static_cast<std::size_t>(labels.position()) < gathered.size()) {
                gathered[static_cast<std::size_t>(labels.position())].add(labels.values());
            }
        }
        pace.report("statistics of the tasks", ++done, 0, "molecules");
        return !control.stopRequested();
    }));
    bool outliers = false;
    for (Gathering& one : gathered) {
        one.settle();
        outliers = outliers || one.mayHaveOutliers();
    }
    if (outliers) {
        PAPILIO_TRY(scan.all(dataset, [&](std::int64_t molecule, store::LabelReader& labels) {
            while (labels.next()) {
                if (static_cast<std::size_t>(labels.position()) < gathered.size()) {
                    gathered[static_cast<std::size_t>(labels.position())].addOutliers(molecule, labels.values());
                }
            }
            return !control.stopRequested();
        }));
    }
    if (control.stopRequested()) {
        return tl::unexpected(stopped());
    }
    return gathered;
}

/// Scaffold hashes out of the index, a chunk at a time.
class Scaffolds
{
public:
    explicit Scaffolds(store::Project& project) : m_index(project) {}

    /// 0 = none or not known.
    Result<std::uint64_t> of(std::int64_t molecule)
    {
        const std::int64_t chunk = molecule / store::SearchIndex::chunkSize;
        auto found = m_chunks.find(chunk);
        if (found == m_chunks.end()) {
            auto bytes = m_index.chunk(store::IndexPart::Scaffold, chunk);
            if (!bytes) {
                return tl::unexpected(bytes.error());
            }
            found = m_chunks.emplace(chunk, std::move(*bytes)).first;
        }
        const std::size_t at = static_cast<std::size_t>(molecule % store::SearchIndex::chunkSize) * sizeof(std::uint64_t);
        std::uint64_t hash = 0;
        if (at + sizeof hash <= found->second.size()) {
            std::memcpy(&hash, found->second.data() + at, sizeof hash);
        }
        return hash == ~std::uint64_t{0} ? 0 : hash;
    }

private:
    store::SearchIndex m_index;
    std::unordered_map<std::int64_t, std::string> m_chunks; ///< 8 bytes a molecule of the project
};

struct Member {
    std::uint64_t scaffold = 0;
    std::uint32_t count = 0;
    std::int64_t example = 0;
};

/// SMILES of the scaffolds that most molecules have.
Result<> nameLargest(store::Project& project, std::vector<Member> groups, DatasetProfile& profile)
{
    const std::size_t shown = std::min(scaffoldsShown, groups.size());
    std::partial_sort(groups.begin(), groups.begin() + static_cast<std::ptrdiff_t>(shown), groups.end(),
                      [](const Member& a, const Member& b) {
                          return a.count != b.count ? a.count > b.count : a.example < b.example;
                      });
    const store::Molecules molecules(project);
    for (std::size_t i = 0; i < shown; ++i) {
        auto smiles = molecules.smilesOf({groups[i].example});
        PAPILIO_TRY(smiles);
        const auto molecule = chem::Molecule::fromSmiles(smiles->front());
        auto scaffold = molecule ? chem::scaffoldSmiles(*molecule) : Result<std::string>();
        profile.largest.push_back({scaffold ? std::move(*scaffold) : std::string(), groups[i].count, groups[i].example});
    }
    return {};
}

Result<DatasetProfile> profileScaffolds(store::Project& project, std::int64_t dataset, Control& control)
{
    DatasetProfile profile;
    Scaffolds scaffolds(project);
    std::vector<std::pair<std::uint64_t, std::uint32_t>> all; // scaffold, molecule
    std::vector<bool> seen; // by molecule: where duplicates are kept, several rows have the same one
    Error failure;
    bool failed = false;
    PAPILIO_TRY(store::Datasets(project).rows(dataset, std::nullopt, [&](const store::RowRecord& row) {
        if (row.status == store::RowStatus::Merged || row.molecule <= 0) {
            return !control.stopRequested();
        }
        const auto molecule = static_cast<std::size_t>(row.molecule);
        seen.resize(std::max(seen.size(), molecule + 1));
        if (seen[molecule]) {
            return !control.stopRequested();
        }
        seen[molecule] = true;
        ++profile.molecules;
        const auto hash = scaffolds.of(row.molecule);
        if (!hash) {
            failure = hash.error();
            failed = true;
            return false;
        }
        profile.acyclic += *hash == 0;
        if (*hash != 0) {
            all.emplace_back(*hash, static_cast<std::uint32_t>(row.molecule));
        }
        return !control.stopRequested();
    }));
    if (failed || control.stopRequested()) {
        return tl::unexpected(failed ? failure : stopped());
    }
    std::sort(all.begin(), all.end());
    std::vector<Member> groups;
    for (const auto& [hash, molecule] : all) {
        if (groups.empty() || groups.back().scaffold != hash) {
            groups.push_back({hash, 0, molecule});
        }
        ++groups.back().count;
    }
    profile.scaffolds = static_cast<std::int64_t>(groups.size());
    PAPILIO_TRY(nameLargest(project, std::move(groups), profile));
    return profile;
}

} // namespace

Result<> profileDataset(store::Project& project, std::int64_t dataset, Control& control)
{
    const auto tasks = store::Datasets(project).tasks(dataset);
    PAPILIO_TRY(tasks);
    auto gathered = gather(project, dataset, *tasks, control);
    if (!gathered) {
        return tl::unexpected(gathered.error());
    }
    auto scaffolds = profileScaffolds(project, dataset, control);
    PAPILIO_TRY(scaffolds);
    store::Transaction transaction(project);
    store::Profiles profiles(project);
    for (std::size_t i = 0; i < tasks->size(); ++i) {
        PAPILIO_TRY(profiles.putTask((*tasks)[i].task.id, (*gathered)[i].result()));
    }
    PAPILIO_TRY(profiles.putDataset(dataset, *scaffolds));
    return transaction.commit();
}

} // namespace papilio::data
