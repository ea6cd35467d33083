// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <thread>

#include "data/coverage.h"
#include "data/indexing.h"
#include "data/pace.h"
#include "data/pairs.h"
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

/// Computes the entries of molecules from their SMILES, on several threads. One that cannot be read gets an entry that
/// nothing matches, so that it is not asked for again and again.
std::vector<MoleculeIndex> computed(const std::vector<std::string>& smiles, int threads)
{
    std::vector<MoleculeIndex> entries(smiles.size());
    std::vector<std::thread> pool;
    for (int t = 0; t < threads; ++t) {
        pool.emplace_back([&, t] {
            for (std::size_t i = static_cast<std::size_t>(t); i < smiles.size(); i += static_cast<std::size_t>(threads)) {
                const auto molecule = chem::Molecule::fromSmiles(smiles[i]);
                if (molecule) {
                    entries[i] = indexMolecule(*molecule);
                } else {
                    entries[i].fingerprint.words[0] = 1;
                    entries[i].screen.words[0] = 1;
                }
            }
        });
    }
    for (std::thread& thread : pool) {
        thread.join();
    }
    return entries;
}

/// Profiles, and pairs with itself and the others where that is a matter of tenths of a second; the rest is computed
/// when it is asked for.
Result<> updateDataset(store::Project& project, const std::vector<store::DatasetRecord>& all,
                       const store::DatasetRecord& dataset, Control& control)
{
    const auto current = store::Profiles(project).current(dataset.id);
    PAPILIO_TRY(current);
    if (!*current) {
        PAPILIO_TRY(profileDataset(project, dataset.id, control));
    }
    for (const store::DatasetRecord& other : all) {
        const auto cost = pairCost(project, dataset.id, other.id);
        PAPILIO_TRY(cost);
        if (other.complete && *cost <= (other.id == dataset.id ? costWithItself : costWithOther)) {
            PAPILIO_TRY(ensurePairs(project, dataset.id, other.id, control));
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
    const int workers = threads > 0 ? threads : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    while (true) {
        const auto missing = index.missing(store::IndexPart::Scaffold, from, moleculesAtOnce);
        PAPILIO_TRY(missing);
        if (missing->empty()) {
            return {};
        }
        if (control.stopRequested()) {
            return fail(ErrorCode::Stopped, "Indexing was stopped; what is done is kept.");
        }
        const auto smiles = molecules.smilesOf(*missing);
        PAPILIO_TRY(smiles);
        const std::vector<MoleculeIndex> entries = computed(*smiles, workers);
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
    for (const store::DatasetRecord& record : *datasets) {
        if (record.complete && (dataset == 0 || record.id == dataset)) {
            PAPILIO_TRY(updateDataset(project, *datasets, record, control));
        }
    }
    return ensureCoverage(project, MoleculeOrder::Import, control);
}

} // namespace papilio::data
