// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/split.h"

#include <algorithm>
#include <numeric>

#include "core/random.h"
#include "core/text.h"
#include "data/splitcluster.h"
#include "data/splitmembers.h"
#include "data/splitstructures.h"
#include "data/structures.h"
#include "store/datasets.h"

namespace papilio::data
{

namespace
{

using store::Part;
using Indices = std::vector<std::uint32_t>;

class Maker
{
public:
    Maker(store::Project& project, const SplitRequest& request, Control& control)
        : m_project(project), m_request(request), m_spec(request.spec), m_control(control)
    {
        m_made.split.spec = splitSpecText(m_spec);
        m_made.split.seed = request.seed;
        m_made.split.molecules = request.molecules;
    }

    Result<MadeSplit> make()
    {
        PAPILIO_TRY(m_spec.hasFractions() ? fromFractions() : fromSources());
        if (!m_made.split.datasets.empty()) {
            separateSeen();
            summarise();
        }
        m_made.split.hash = store::splitHash(m_made.split);
        return std::move(m_made);
    }

private:
    Result<> fromFractions()
    {
        Indices all(m_request.molecules.size());
        std::iota(all.begin(), all.end(), 0U);
        if (!m_spec.perDataset) {
            auto parts = divide(all, 0);
            if (!parts) {
                return tl::unexpected<Error>(parts.error());
            }
            m_made.split.parts = std::move(*parts);
            return {};
        }
        const auto members = membersOf(m_project, m_request, m_control);
        if (!members) {
            return tl::unexpected<Error>(members.error());
        }
        std::int64_t first = 0;
        PAPILIO_TRY(findReference(first));
        if (first != 0) {
            PAPILIO_TRY(divideDataset(first, members->at(first)));
        }
        for (const auto& [dataset, own] : *members) {
            if (dataset != first) {
                PAPILIO_TRY(divideDataset(dataset, first == 0 ? own : withoutTrained(first, dataset, own)));
            }
        }
        return {};
    }

    /// The dataset that test_seen names; 0 = none is named.
    Result<> findReference(std::int64_t& reference) const
    {
        if (!m_spec.testSeen || m_spec.testSeen->empty()) {
            return {};
        }
        for (const auto& [dataset, name] : datasetNames(m_request)) {
            reference = name == *m_spec.testSeen ? dataset : reference;
        }
        if (reference == 0) {
            return fail(ErrorCode::NotFound,
                        "test_seen names dataset '" + *m_spec.testSeen + "', of which nothing is learnt.");
        }
        return {};
    }

    Result<> divideDataset(std::int64_t dataset, const Indices& members)
    {
        const auto own = divide(members, dataset);
        if (!own) {
            return tl::unexpected<Error>(own.error());
        }
        auto& parts = partsOf(dataset);
        for (std::size_t i = 0; i < members.size(); ++i) {
            parts[members[i]] = (*own)[i];
        }
        return {};
    }

    std::vector<Part>& partsOf(std::int64_t dataset)
    {
        auto& parts = m_made.split.datasets[dataset];
        parts.resize(m_request.molecules.size(), Part::None);
        return parts;
    }

    /// Puts those that the reference dataset trains on into the dataset's test_seen; gives the others.
    Indices withoutTrained(std::int64_t reference, std::int64_t dataset, const Indices& members)
    {
        auto& parts = partsOf(dataset);
        const std::vector<Part>& trained = m_made.split.datasets.at(reference);
        Indices others;
        for (const std::uint32_t molecule : members) {
            if (trained[molecule] == Part::Train) {
                parts[molecule] = Part::TestSeen;
            } else {
                others.push_back(molecule);
            }
        }
        return others;
    }

    /// Parts of some of the molecules, by the kind of the split. Dataset 0 = of all.
    Result<std::vector<Part>> divide(const Indices& members, std::int64_t dataset)
    {
        if (m_spec.kind == SplitKind::Random) {
            return divideAtRandom(members.size());
        }
        std::vector<std::int64_t> ids;
        std::transform(members.begin(), members.end(), std::back_inserter(ids),
                       [this](std::uint32_t i) { return m_request.molecules[i]; });
        const auto groups = groupsOfMolecules(ids);
        if (!groups) {
            return tl::unexpected<Error>(groups.error());
        }
        if (m_spec.kind != SplitKind::BalancedScaffold) {
            return assignGroups(*groups, m_spec.fractions, m_request.seed);
        }
        const auto categories = categoriesOf(m_project, m_request, members, dataset, m_control);
        if (!categories) {
            return tl::unexpected<Error>(categories.error());
        }
        return assignBalanced(*groups, *categories, m_spec.fractions, m_request.seed);
    }

    std::vector<Part> divideAtRandom(std::size_t count) const
    {
        std::vector<Part> parts(count, Part::Train);
        const std::size_t validation = shareOf(m_spec.fractions[1], count), test = shareOf(m_spec.fractions[2], count);
        const auto order = shuffledIndices(count, m_request.seed);
        for (std::size_t i = 0; i < validation + test; ++i) {
            parts[order[i]] = i < validation ? Part::Validation : Part::Test;
        }
        return parts;
    }

    Result<Groups> groupsOfMolecules(const std::vector<std::int64_t>& ids)
    {
        if (m_spec.kind == SplitKind::Cluster) {
            const auto prints = fingerprintsOf(m_project, ids, m_request.threads, m_control);
            return prints ? clusterByLeaders(*prints, m_spec.cutoff, m_request.seed, m_request.threads, m_control)
                          : Result<Groups>(tl::unexpected<Error>(prints.error()));
        }
        auto keys = scaffoldsOf(m_project, ids, m_request.threads, m_control);
        if (!keys) {
            return tl::unexpected<Error>(keys.error());
        }
        if (!m_spec.acyclicTogether) {
            PAPILIO_TRY(keyAcyclic(ids, *keys));
        }
        return groupsOf(*keys, true);
    }

    /// A molecule without rings is its own scaffold, so that stereoisomers stay together.
    Result<> keyAcyclic(const std::vector<std::int64_t>& ids, std::vector<std::uint64_t>& keys)
    {
        std::vector<std::int64_t> acyclic;
        std::vector<std::size_t> places;
        for (std::size_t i = 0; i < ids.size(); ++i) {
            if (keys[i] == 0) {
                acyclic.push_back(ids[i]);
                places.push_back(i);
            }
        }
        const auto flat = flatSmilesOf(m_project, acyclic, m_request.threads, m_control);
        if (!flat) {
            return tl::unexpected<Error>(flat.error());
        }
        for (std::size_t i = 0; i < flat->size(); ++i) {
            std::uint64_t key = 1469598103934665603U; // FNV-1a
            for (const char c : (*flat)[i]) {
                key = (key ^ static_cast<unsigned char>(c)) * 1099511628211U;
            }
            keys[places[i]] = mixSeed(key, 1);
        }
        return {};
    }

    Result<> fromSources()
    {
        auto found = partsFromSources(m_project, m_request, m_control, m_made.notes);
        if (!found) {
            return tl::unexpected<Error>(found.error());
        }
        if (m_spec.perDataset) {
            m_made.split.datasets = std::move(*found);
            return {};
        }
        auto& parts = m_made.split.parts;
        parts.assign(m_request.molecules.size(), Part::None);
        std::int64_t moved = 0;
        for (const auto& [dataset, own] : *found) {
            for (std::size_t i = 0; i < parts.size(); ++i) {
                if (own[i] == Part::TestSeen) {
                    return fail(ErrorCode::Usage,
                                "A split with test_seen means molecules that another dataset trains on; shared by all "
                                "datasets there are none.",
                                "Add per-dataset to the split.");
                }
                if (own[i] == Part::None || own[i] == parts[i]) {
                    continue;
                }
                moved += parts[i] != Part::None ? 1 : 0;
                parts[i] = parts[i] == Part::None ? own[i] : std::max(own[i], parts[i]); // test before training
            }
        }
        if (moved > 0) {
            m_made.notes.push_back(std::to_string(moved) +
                                   " molecules are in different parts for different datasets; test goes before "
                                   "validation before training, so that none is on two sides.");
        }
        return {};
    }

    /// Test molecules that another dataset trains on become a part of their own, if asked for.
    void separateSeen()
    {
        if (!m_spec.testSeen || !m_spec.testSeen->empty()) {
            return;
        }
        const auto& datasets = m_made.split.datasets;
        std::map<std::int64_t, std::vector<std::uint32_t>> seen;
        for (const auto& [dataset, parts] : datasets) {
            for (std::uint32_t i = 0; i < parts.size(); ++i) {
                const bool trained = parts[i] == Part::Test &&
                                     std::any_of(datasets.begin(), datasets.end(), [&, self = dataset](const auto& other) {
                                         return other.first != self && other.second[i] == Part::Train;
                                     });
                if (trained) {
                    seen[dataset].push_back(i);
                }
            }
        }
        for (const auto& [dataset, molecules] : seen) {
            for (const std::uint32_t i : molecules) {
                m_made.split.datasets[dataset][i] = Part::TestSeen;
            }
        }
    }

    /// Of several datasets' parts the lowest: a molecule that any trains on counts as training.
    void summarise()
    {
        auto& parts = m_made.split.parts;
        parts.assign(m_request.molecules.size(), Part::None);
        for (const auto& [dataset, own] : m_made.split.datasets) {
            for (std::size_t i = 0; i < parts.size(); ++i) {
                parts[i] = std::min(parts[i], own[i]);
            }
        }
    }

    store::Project& m_project;
    const SplitRequest& m_request;
    const SplitSpec& m_spec;
    Control& m_control;
    MadeSplit m_made;
};

/// A split with parts of their own for each dataset has none for another one, which would be left out without a word.
Result<> checkDatasets(store::Project& project, const store::Split& split, const SplitRequest& request)
{
    const auto all = store::Datasets(project).all();
    PAPILIO_TRY(all);
    for (const SplitTask& task : request.tasks) {
        if (split.datasets.empty() || split.datasets.contains(task.dataset)) {
            continue;
        }
        std::vector<std::string> known;
        for (const store::DatasetRecord& record : *all) {
            if (split.datasets.contains(record.id)) {
                known.push_back(record.name);
            }
        }
        return fail(ErrorCode::Usage,
                    "Split " + std::to_string(request.spec.stored) + " has parts for each dataset, and none for '" +
                        task.datasetName + "'.",
                    known.empty() ? "Its datasets have left the project; make another split."
                                  : "It is for " + listed(known) + " (nearest: '" + nearestName(task.datasetName, known) +
                                        "'); choose their tasks, or make a split for these.");
    }
    return {};
}

} // namespace

Result<MadeSplit> makeSplit(store::Project& project, const SplitRequest& request, Control& control)
{
    if (request.spec.kind == SplitKind::Stored) {
        return storedSplit(project, request);
    }
    return Maker(project, request, control).make();
}

Result<MadeSplit> storedSplit(store::Project& project, const SplitRequest& request)
{
    auto stored = store::Runs(project).split(request.spec.stored);
    if (!stored) {
        return tl::unexpected<Error>(stored.error());
    }
    PAPILIO_TRY(checkDatasets(project, *stored, request));
    if (stored->molecules == request.molecules) {
        return MadeSplit{std::move(*stored), {}};
    }
    MadeSplit made;
    made.split.spec = stored->spec;
    made.split.seed = stored->seed;
    made.split.molecules = request.molecules;
    const auto adapted = [&](const std::vector<Part>& parts) {
        std::vector<Part> own;
        for (const std::int64_t molecule : request.molecules) {
            const auto found = std::lower_bound(stored->molecules.begin(), stored->molecules.end(), molecule);
            const bool known = found != stored->molecules.end() && *found == molecule;
            own.push_back(known ? parts[static_cast<std::size_t>(found - stored->molecules.begin())] : Part::None);
        }
        return own;
    };
    made.split.parts = adapted(stored->parts);
    for (const auto& [dataset, parts] : stored->datasets) {
        made.split.datasets[dataset] = adapted(parts);
    }
    const auto unknown = std::count(made.split.parts.begin(), made.split.parts.end(), Part::None);
    if (unknown > 0) {
        made.notes.push_back(std::to_string(unknown) + " molecules with labels are in no part of split " +
                             std::to_string(request.spec.stored) + " and take no part.");
    }
    made.split.hash = store::splitHash(made.split);
    return made;
}

} // namespace papilio::data
