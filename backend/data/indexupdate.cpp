// SPDX-License-Identifier: GPL-3.0-or-later
#include <exception>
#include <future>

#include "data/coverage.h"
#include "data/indexing.h"
#include "data/pace.h"
#include "data/pairs.h"
#include "data/parallel.h"
#include "data/profiles.h"
#include "store/datasets.h"
#include "store/molecules.h"
#include "store/profiles.h"

namespace papilio::data
{

namespace
{

constexpr std::size_t moleculesAtOnce = 4096;
constexpr double costWithItself = 3e8, costWithOther = 3e7; ///< pairs of labels, see pairCost()

/// The entry of a molecule. One that cannot be read gets an entry that nothing matches, so that it is not asked for again
/// and again.
MoleculeIndex computed(const std::string& smiles)
{
    try {
        if (const auto molecule = chem::Molecule::fromSmiles(smiles); molecule) {
            return indexMolecule(*molecule);
        }
    } catch (const std::exception&) { // as one that cannot be read
    }
    MoleculeIndex entry;
    entry.fingerprint.words[0] = 1;
    entry.screen.words[0] = 1;
    return entry;
}

/// The finished ones of 'all', or that with the id alone.
std::vector<std::int64_t> chosen(const std::vector<store::DatasetRecord>& all, std::int64_t id)
{
    std::vector<std::int64_t> ids;
    for (const store::DatasetRecord& record : all) {
        if (record.complete && (id == 0 || record.id == id)) {
            ids.push_back(record.id);
        }
    }
    return ids;
}

Result<> updateProfiles(store::Project& project, const std::vector<std::int64_t>& datasets, Control& control)
{
    for (const std::int64_t dataset : datasets) {
        const auto current = store::Profiles(project).current(dataset);
        PAPILIO_TRY(current);
        if (!*current) {
            PAPILIO_TRY(profileDataset(project, dataset, control));
        }
    }
    return {};
}

/// Pairs of each with itself and all others where that is a matter of tenths of a second; the rest is computed when it
/// is asked for.
Result<> updatePairs(store::Project& project, const std::vector<std::int64_t>& datasets,
                     const std::vector<std::int64_t>& others, Control& control)
{
    for (const std::int64_t dataset : datasets) {
        for (const std::int64_t other : others) {
            const auto cost = pairCost(project, dataset, other);
            PAPILIO_TRY(cost);
            if (*cost <= (other == dataset ? costWithItself : costWithOther)) {
                PAPILIO_TRY(ensurePairs(project, dataset, other, control));
            }
        }
    }
    return {};
}

} // namespace

Result<> completeSearchIndex(store::Project& project, int threads, Control& control)
{
    store::SearchIndex index(project);
    store::Molecules molecules(project);
    PAPILIO_TRY(index.forgetRemoved());
    const auto total = molecules.count();
    PAPILIO_TRY(total);
    Pace pace(control);
    std::int64_t from = 0, done = 0;
    while (true) {
        const auto missing = index.missing(store::IndexPart::Scaffold, from, moleculesAtOnce);
        PAPILIO_TRY(missing);
        if (missing->empty()) {
            return {};
        }
        const auto smiles = molecules.smilesOf(*missing);
        PAPILIO_TRY(smiles);
        constexpr std::size_t piece = 16;
        std::vector<MoleculeIndex> entries(smiles->size());
        inParallel(entries.size(), piece, threads, control, [&](std::size_t begin, std::size_t end) {
            for (std::size_t i = begin; i < end; ++i) {
                entries[i] = computed((*smiles)[i]);
            }
        });
        if (control.stopRequested()) { // then some of them may not be computed
            return fail(ErrorCode::Stopped, "Indexing was stopped; what is done is kept.");
        }
        store::Transaction transaction(project);
        MoleculeIndexer indexer(project);
        for (std::size_t i = 0; i < entries.size(); ++i) {
            indexer.addMolecule((*missing)[i], entries[i]);
        }
        PAPILIO_TRY(indexer.flush(0, {}));
        PAPILIO_TRY(transaction.commit());
        from = missing->back() + 1;
        done += static_cast<std::int64_t>(missing->size());
        pace.report("indexing molecules", done, *total, "molecules");
    }
}

Result<> updateIndex(store::Project& project, std::int64_t dataset, Control& control)
{
    PAPILIO_TRY(completeSearchIndex(project, 0, control));
    const auto datasets = store::Datasets(project).all();
    PAPILIO_TRY(datasets);
    const std::vector<std::int64_t> all = chosen(*datasets, 0), own = chosen(*datasets, dataset);
    // Tasks are compared and the images of the coverage drawn beside the profiles, through a connection of their own.
    StopOnly stop(control);
    auto working = std::async(std::launch::async, [&]() -> Result<> {
        auto beside = store::Project::open(project.path(), store::Access::ReadWrite);
        if (!beside) {
            return tl::unexpected(beside.error());
        }
        PAPILIO_TRY(updatePairs(*beside, own, all, stop));
        return ensureCoverage(*beside, MoleculeOrder::Import, stop);
    });
    const Result<> profiles = updateProfiles(project, own, control);
    if (!profiles) {
        stop.requestStop();
    }
    control.report({"comparing tasks and drawing the coverage", 0, 0, ""});
    const Result<> others = working.get();
    return profiles ? others : profiles;
}

} // namespace papilio::data
