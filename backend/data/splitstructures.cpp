// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/splitstructures.h"

#include <cstring>
#include <exception>
#include <mutex>
#include <optional>

#include "chem/scaffold.h"
#include "chem/stereo.h"
#include "data/pace.h"
#include "data/parallel.h"
#include "store/molecules.h"
#include "store/search.h"

namespace papilio::data
{

namespace
{

constexpr std::size_t batch = 8192, piece = 32;

tl::unexpected<Error> stopped()
{
    return fail(ErrorCode::Stopped, "Stopped while molecules were compared.");
}

/// Fills values[places[i]] from the SMILES of ids[places[i]], batch by batch.
template <typename Value, typename Compute>
Result<> compute(store::Project& project, const std::vector<std::int64_t>& ids, const std::vector<std::size_t>& places,
                 const char* stage, int threads, Control& control, std::vector<Value>& values, Compute computeOne)
{
    const store::Molecules molecules(project);
    Pace pace(control);
    const auto total = static_cast<std::int64_t>(places.size());
    for (std::size_t begin = 0; begin < places.size(); begin += batch) {
        pace.report(stage, static_cast<std::int64_t>(begin), total, "molecules");
        const std::size_t count = std::min(batch, places.size() - begin);
        std::vector<std::int64_t> wanted(count);
        for (std::size_t i = 0; i < count; ++i) {
            wanted[i] = ids[places[begin + i]];
        }
        const auto smiles = molecules.smilesOf(wanted);
        if (!smiles) {
            return tl::unexpected<Error>(smiles.error());
        }
        std::mutex mutex;
        std::optional<Error> problem;
        inParallel(count, piece, threads, control, [&](std::size_t from, std::size_t to) {
            for (std::size_t i = from; i < to; ++i) {
                Result<Value> value = computeOne((*smiles)[i]);
                if (value) {
                    values[places[begin + i]] = std::move(*value);
                } else {
                    const std::lock_guard lock(mutex);
                    problem = value.error();
                }
            }
        });
        if (problem) {
            return tl::unexpected<Error>(*problem);
        }
        if (control.stopRequested()) {
            return stopped();
        }
    }
    pace.report(stage, total, total, "molecules", true);
    return {};
}

/// Calls take(place, bytes) for each molecule that the index has an entry for; gives the places of the others.
template <typename Take>
Result<std::vector<std::size_t>> fromIndex(store::Project& project, store::IndexPart part,
                                           const std::vector<std::int64_t>& ids, Take take)
{
    const store::SearchIndex index(project);
    store::IndexEntries entries(index, part);
    std::vector<std::size_t> missing;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const auto entry = entries.of(ids[i]);
        PAPILIO_TRY(entry);
        if (entry->empty()) {
            missing.push_back(i);
        } else {
            take(i, entry->data());
        }
    }
    return missing;
}

template <typename Value, typename Compute>
Result<Value> ofMolecule(const std::string& smiles, Compute computeOne)
{
    try {
        const auto molecule = chem::Molecule::fromSmiles(smiles);
        if (!molecule) {
            return tl::unexpected<Error>(molecule.error());
        }
        return computeOne(*molecule);
    } catch (const std::exception& exception) {
        return fail(ErrorCode::Internal, "Molecule '" + smiles + "': " + exception.what());
    }
}

} // namespace

Result<std::vector<std::uint64_t>> scaffoldsOf(store::Project& project, const std::vector<std::int64_t>& molecules,
                                               int threads, Control& control)
{
    constexpr std::uint64_t noScaffold = ~std::uint64_t{0}; // as the index writes it
    std::vector<std::uint64_t> hashes(molecules.size(), 0);
    const auto missing = fromIndex(project, store::IndexPart::Scaffold, molecules, [&](std::size_t i, const char* bytes) {
        std::memcpy(&hashes[i], bytes, sizeof hashes[i]);
        hashes[i] = hashes[i] == noScaffold ? 0 : hashes[i];
    });
    if (!missing) {
        return tl::unexpected<Error>(missing.error());
    }
    PAPILIO_TRY(compute(project, molecules, *missing, "finding scaffolds", threads, control, hashes,
                        [](const std::string& smiles) {
                            return ofMolecule<std::uint64_t>(smiles, [](const chem::Molecule& molecule) {
                                return chem::scaffoldHash(molecule.graph());
                            });
                        }));
    return hashes;
}

Result<std::vector<chem::Fingerprint>> fingerprintsOf(store::Project& project,
                                                      const std::vector<std::int64_t>& molecules, int threads,
                                                      Control& control)
{
    std::vector<chem::Fingerprint> prints(molecules.size());
    const auto missing =
        fromIndex(project, store::IndexPart::Fingerprint, molecules, [&](std::size_t i, const char* bytes) {
            std::memcpy(prints[i].words.data(), bytes, sizeof prints[i].words);
        });
    if (!missing) {
        return tl::unexpected<Error>(missing.error());
    }
    PAPILIO_TRY(compute(project, molecules, *missing, "computing fingerprints", threads, control, prints,
                        [](const std::string& smiles) {
                            return ofMolecule<chem::Fingerprint>(smiles, chem::morganFingerprint);
                        }));
    return prints;
}

Result<std::vector<std::string>> flatSmilesOf(store::Project& project, const std::vector<std::int64_t>& molecules,
                                              int threads, Control& control)
{
    std::vector<std::string> flat(molecules.size());
    std::vector<std::size_t> places(molecules.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
        places[i] = i;
    }
    PAPILIO_TRY(compute(project, molecules, places, "comparing without stereo", threads, control, flat,
                        [](const std::string& smiles) { return chem::smilesWithoutStereo(smiles); }));
    return flat;
}

} // namespace papilio::data
