// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/inputs.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <optional>
#include <thread>

#include "chem/inputs.h"
#include "chem/runtime.h"
#include "data/pace.h"
#include "store/inputs.h"
#include "store/molecules.h"

namespace papilio::data
{

namespace
{

constexpr std::size_t batchMolecules = 1024;
constexpr std::size_t batchBytes = std::size_t{32} * 1024 * 1024;

struct Job {
    store::MoleculeRecord molecule;
    std::optional<Result<std::string>> bytes; ///< empty until it is done
};
using Batch = std::vector<Job>;

/// About what the inputs of a molecule take in memory once they are packed.
std::size_t bytesOf(const FeatureSet& set, const MolGraph& graph)
{
    const std::size_t atoms = graph.atoms.size(), edges = 2 * graph.bonds.size();
    std::size_t values =
        atoms * static_cast<std::size_t>(atomWidth(set)) + edges * static_cast<std::size_t>(bondWidth(set));
    for (const EncodingSpec& spec : set.encodings) {
        const bool pairs = spec.level == Level::NodePair;
        const std::size_t rows = pairs ? atoms * atoms : spec.level == Level::Edge ? edges : atoms;
        values += rows * static_cast<std::size_t>(encodingWidth(spec));
    }
    return 2 * values;
}

/// Other versions of RDKit may read a SMILES differently; labels and stored graphs go by the stored order of atoms.
bool sameSkeleton(const MolGraph& a, const MolGraph& b)
{
    const auto sameAtom = [](const AtomCode& x, const AtomCode& y) { return x.atomicNumber == y.atomicNumber; };
    const auto sameBond = [](const BondCode& x, const BondCode& y) { return x.begin == y.begin && x.end == y.end; };
    return std::ranges::equal(a.atoms, b.atoms, sameAtom) && std::ranges::equal(a.bonds, b.bonds, sameBond);
}

Result<MoleculeInputs> inputsOf(const store::MoleculeRecord& record, const FeatureSet& set)
{
    if (!chem::needsStructure(set)) {
        return chem::computeInputs(record.graph, set);
    }
    auto molecule = chem::Molecule::fromSmiles(record.smiles);
    if (!molecule) {
        return tl::unexpected<Error>(std::move(molecule).error());
    }
    if (!sameSkeleton(molecule->graph(), record.graph)) {
        return fail(ErrorCode::Unsupported,
                    "RDKit " + chem::rdkitVersion() + " reads it differently from when it was imported.",
                    "Import the data again with this version.");
    }
    return chem::computeInputs(*molecule, set);
}

Result<std::string> packedInputsOf(const store::MoleculeRecord& record, const FeatureSet& set)
{
    try {
        return inputsOf(record, set).map([](const MoleculeInputs& inputs) { return inputs.toBytes(); });
    } catch (const std::exception& exception) {
        return fail(ErrorCode::Internal, exception.what());
    }
}

/// Threads that work through one batch; joined at the end of its life.
class Crew
{
public:
    Crew(Batch& batch, const FeatureSet& set, int threads, const Control& control)
    {
        const std::size_t useful = std::min(static_cast<std::size_t>(std::max(threads, 1)), batch.size());
        for (std::size_t i = 0; i < useful; ++i) {
            m_threads.emplace_back([this, &batch, &set, &control] {
                for (std::size_t k = m_next++; k < batch.size() && !control.stopRequested(); k = m_next++) {
                    batch[k].bytes = packedInputsOf(batch[k].molecule, set);
                }
            });
        }
    }
    ~Crew()
    {
        for (std::thread& thread : m_threads) {
            thread.join();
        }
    }
    Crew(const Crew&) = delete;
    Crew& operator=(const Crew&) = delete;

private:
    std::atomic<std::size_t> m_next{0};
    std::vector<std::thread> m_threads;
};

class Computation
{
public:
    Computation(store::Project& project, const FeatureSet& set, std::vector<std::int64_t> missing, int threads,
                Control& control)
        : m_molecules(project), m_cache(project), m_set(set), m_missing(std::move(missing)), m_threads(threads),
          m_control(control), m_pace(control)
    {
    }

    Result<> run()
    {
        Batch previous;
        auto current = read();
        if (!current) {
            return tl::unexpected<Error>(std::move(current).error());
        }
        while (!current->empty() && !m_control.stopRequested()) {
            Result<> kept;
            Result<Batch> following;
            { // reading and writing here while the crew computes there
                const Crew crew(*current, m_set, m_threads, m_control);
                kept = keep(previous);
                following = read();
            }
            PAPILIO_TRY(kept);
            previous = std::move(*current);
            if (!following) {
                PAPILIO_TRY(keep(previous));
                return tl::unexpected<Error>(following.error());
            }
            current = std::move(following);
        }
        PAPILIO_TRY(keep(previous));
        return outcome();
    }

private:
    Result<Batch> read()
    {
        Batch batch;
        std::size_t bytes = 0;
        while (m_read < m_missing.size() && batch.size() < batchMolecules && bytes < batchBytes) {
            auto record = m_molecules.byId(m_missing[m_read]);
            if (!record) {
                return tl::unexpected<Error>(std::move(record).error());
            }
            bytes += bytesOf(m_set, record->graph);
            batch.push_back({std::move(*record), {}});
            ++m_read;
        }
        return batch;
    }

    Result<> keep(Batch& batch)
    {
        std::vector<store::Inputs::Entry> entries;
        for (Job& job : batch) {
            if (!job.bytes) {
                continue; // told to stop
            }
            ++m_done;
            if (*job.bytes) {
                entries.push_back({job.molecule.id, std::move(**job.bytes)});
            } else if (m_failures++ == 0) {
                m_firstFailure = job.bytes->error();
                m_firstFailure.message =
                    "No inputs can be computed of '" + job.molecule.smiles + "': " + m_firstFailure.message;
            }
        }
        batch.clear();
        if (!entries.empty()) {
            PAPILIO_TRY(m_cache.put(m_set, entries));
        }
        report(false);
        return {};
    }

    void report(bool last)
    {
        const auto total = static_cast<std::int64_t>(m_missing.size());
        m_pace.report("computing input features", m_done, total, "molecules", last);
    }

    Result<> outcome()
    {
        report(true);
        if (m_done < static_cast<std::int64_t>(m_missing.size())) {
            return fail(ErrorCode::Stopped, "Told to stop; the inputs of " + std::to_string(m_done) + " of " +
                                                std::to_string(m_missing.size()) + " molecules are computed.");
        }
        if (m_failures > 0) {
            if (m_failures > 1) {
                m_firstFailure.message += " And of " + std::to_string(m_failures - 1) + " more.";
            }
            return tl::unexpected<Error>(m_firstFailure);
        }
        return {};
    }

    store::Molecules m_molecules;
    store::Inputs m_cache;
    const FeatureSet& m_set;
    std::vector<std::int64_t> m_missing;
    int m_threads;
    Control& m_control;
    Pace m_pace;
    std::size_t m_read = 0;
    std::int64_t m_done = 0, m_failures = 0;
    Error m_firstFailure;
};

} // namespace

Result<> computeMissingInputs(store::Project& project, const FeatureSet& set, std::span<const std::int64_t> molecules,
                              int threads, Control& control)
{
    PAPILIO_TRY(checkFeatureSet(set));
    if (isStandard(set)) {
        return {};
    }
    auto missing = store::Inputs(project).missing(featureSetHash(set), molecules);
    PAPILIO_TRY(missing);
    if (missing->empty()) {
        return {};
    }
    if (project.access() == store::Access::ReadOnly) {
        return fail(ErrorCode::ReadOnly, "The project '" + project.path() +
                                             "' is open for reading only, and the inputs of " +
                                             std::to_string(missing->size()) + " molecules are not in it yet.");
    }
    return Computation(project, set, std::move(*missing), threads, control).run();
}

} // namespace papilio::data
