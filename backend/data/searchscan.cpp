// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/searchscan.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "chem/substructure.h"
#include "data/pace.h"
#include "data/parallel.h"
#include "store/molecules.h"
#include "store/search.h"

namespace papilio::data
{

namespace
{

using store::IndexPart;
using store::SearchIndex;

constexpr std::int64_t pieceSize = 1024; ///< molecules that a thread takes at a time
static_assert(SearchIndex::chunkSize % pieceSize == 0);

/// A thread's own view of the project.
class Reader
{
public:
    Reader(store::Project&& project, IndexPart part, const std::vector<std::int64_t>& removed)
        : m_project(std::move(project)), m_index(m_project), m_molecules(m_project), m_part(part), m_removed(removed)
    {
    }

    /// The entries of a piece; shorter where there are none.
    Result<std::string_view> piece(std::int64_t number)
    {
        const std::int64_t chunk = number * pieceSize / SearchIndex::chunkSize;
        if (chunk != m_loaded) {
            auto bytes = m_index.chunk(m_part, chunk);
            if (!bytes) {
                return tl::unexpected(bytes.error());
            }
            m_bytes = std::move(*bytes);
            m_loaded = chunk;
        }
        const std::size_t width = store::indexWidth(m_part);
        const std::size_t from = static_cast<std::size_t>(number * pieceSize % SearchIndex::chunkSize) * width;
        const std::string_view all(m_bytes);
        return from >= all.size() ? std::string_view() : all.substr(from, static_cast<std::size_t>(pieceSize) * width);
    }

    /// Empty if there is no such molecule.
    Result<std::string> smilesOf(std::int64_t molecule)
    {
        auto smiles = m_molecules.smilesOf({molecule});
        if (!smiles && smiles.error().code == ErrorCode::NotFound) {
            return std::string();
        }
        if (!smiles) {
            return tl::unexpected(smiles.error());
        }
        return std::move(smiles->front());
    }

    /// A molecule of a piece that the index has no entry of; empty if there is no such molecule.
    Result<std::string> unindexed(std::int64_t piece, std::int64_t molecule)
    {
        if (piece != m_askedPiece) {
            m_unindexed.clear();
            m_askedPiece = piece;
            PAPILIO_TRY(m_index.between(piece * pieceSize, piece * pieceSize + pieceSize - 1,
                                        [this](std::int64_t id, std::string&& smiles) { m_unindexed[id] = std::move(smiles); }));
        }
        const auto found = m_unindexed.find(molecule);
        return found == m_unindexed.end() ? std::string() : found->second;
    }

    bool isRemoved(std::int64_t molecule) const
    {
        return !m_removed.empty() && std::binary_search(m_removed.begin(), m_removed.end(), molecule);
    }

private:
    store::Project m_project;
    SearchIndex m_index;
    store::Molecules m_molecules;
    IndexPart m_part;
    const std::vector<std::int64_t>& m_removed;
    std::int64_t m_loaded = -1;
    std::string m_bytes;
    std::int64_t m_askedPiece = -1;
    std::map<std::int64_t, std::string> m_unindexed;
};

/// Runs work(reader, piece) for all pieces on several threads, and take(piece) for each in their order on the calling
/// thread. Work that fails ends it all.
class Scan
{
public:
    Scan(store::Project& project, IndexPart part, int threads, Control& control)
        : m_path(project.path()), m_part(part), m_control(control)
    {
        m_threadCount = data::threadCount(threads);
        m_mostAhead = 4 * m_threadCount;
    }
    ~Scan() { end(); }
    Scan(const Scan&) = delete;
    Scan& operator=(const Scan&) = delete;

    using Work = std::function<Result<>(Reader&, std::int64_t piece, int thread)>;

    /// 'take' returns false to stop. True = all pieces were taken.
    Result<bool> run(store::Project& project, const std::string& stage, const Work& work,
                     const std::function<bool(std::int64_t piece)>& take)
    {
        SearchIndex index(project);
        auto removed = index.removed();
        auto last = index.lastMolecule();
        if (!removed || !last) {
            return tl::unexpected(!removed ? removed.error() : last.error());
        }
        m_removed = std::move(*removed);
        m_pieces = (*last + pieceSize) / pieceSize;
        for (int t = 0; t < m_threadCount; ++t) {
            m_threads.emplace_back([this, &work, t] { loop(work, t); });
        }
        Pace pace(m_control);
        for (std::int64_t piece = 0; piece < m_pieces; ++piece) {
            auto done = waitFor(piece);
            if (!done) {
                end();
                return tl::unexpected(done.error());
            }
            if (!take(piece)) {
                end();
                return false;
            }
            pace.report(stage, std::min((piece + 1) * pieceSize, *last), *last, "molecules");
        }
        end();
        return true;
    }

    int threadCount() const { return m_threadCount; }

private:
    void loop(const Work& work, int thread)
    {
        auto project = store::Project::open(m_path, store::Access::ReadOnly);
        if (!project) {
            failed(project.error());
            return;
        }
        Reader reader(std::move(*project), m_part, m_removed);
        while (true) {
            std::int64_t piece = 0;
            {
                std::unique_lock lock(m_mutex);
                m_taken.wait(lock, [this] { return m_stop || m_next >= m_pieces || m_next < m_wanted + m_mostAhead; });
                if (m_stop || m_next >= m_pieces) {
                    return;
                }
                piece = m_next++;
            }
            Result<> result;
            try {
                result = work(reader, piece, thread);
            } catch (const std::exception& exception) {
                result = fail(ErrorCode::Internal, std::string("Searching failed: ") + exception.what());
            }
            if (!result) {
                failed(result.error());
                return;
            }
            const std::lock_guard lock(m_mutex);
            m_done[piece] = true;
            m_finished.notify_all();
        }
    }

    void failed(const Error& error)
    {
        const std::lock_guard lock(m_mutex);
        m_error = error;
        m_finished.notify_all();
    }

    Result<> waitFor(std::int64_t piece)
    {
        std::unique_lock lock(m_mutex);
        m_wanted = piece;
        m_taken.notify_all();
        while (!m_done.contains(piece) && !m_error) {
            m_finished.wait_for(lock, std::chrono::milliseconds(50));
            if (m_control.stopRequested()) {
                return fail(ErrorCode::Stopped, "The search was stopped.");
            }
        }
        if (m_error) {
            return tl::unexpected(*m_error);
        }
        m_done.erase(piece);
        return {};
    }

    void end()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_stop = true;
        }
        m_taken.notify_all();
        for (std::thread& thread : m_threads) {
            thread.join();
        }
        m_threads.clear();
    }

    std::string m_path;
    IndexPart m_part;
    Control& m_control;
    int m_threadCount = 1;
    std::int64_t m_mostAhead = 4;
    std::vector<std::int64_t> m_removed;
    std::int64_t m_pieces = 0;
    std::mutex m_mutex;
    std::condition_variable m_taken, m_finished;
    std::int64_t m_next = 0, m_wanted = 0;
    std::map<std::int64_t, bool> m_done;
    std::optional<Error> m_error;
    bool m_stop = false;
    std::vector<std::thread> m_threads;
};

template <typename Bits> bool readEntry(std::string_view bytes, std::int64_t slot, Bits& entry)
{
    constexpr std::size_t width = sizeof entry.words;
    const std::size_t at = static_cast<std::size_t>(slot) * width;
    if (at + width > bytes.size()) {
        return false;
    }
    std::memcpy(entry.words.data(), bytes.data() + at, width);
    return std::any_of(entry.words.begin(), entry.words.end(), [](std::uint64_t word) { return word != 0; });
}

/// The best of what was offered, at most 'top' of them.
class Best
{
public:
    Best(int top, double least) : m_top(static_cast<std::size_t>(std::max(top, 0))), m_least(least) {}

    /// What a molecule must have at least to be taken.
    double bar() const { return m_found.size() < m_top ? m_least : m_found.front().similarity; }
    void offer(std::int64_t molecule, double similarity)
    {
        if (m_top == 0 || similarity < m_least) {
            return;
        }
        Found found{molecule, similarity, {}};
        if (m_found.size() == m_top) {
            if (!better(found, m_found.front())) {
                return;
            }
            std::pop_heap(m_found.begin(), m_found.end(), better);
            m_found.pop_back();
        }
        m_found.push_back(std::move(found));
        std::push_heap(m_found.begin(), m_found.end(), better); // the worst in front
    }
    void add(const Best& other)
    {
        for (const Found& found : other.m_found) {
            offer(found.molecule, found.similarity);
        }
    }
    std::vector<Found> sorted() &&
    {
        std::sort(m_found.begin(), m_found.end(), better);
        return std::move(m_found);
    }

private:
    static bool better(const Found& a, const Found& b)
    {
        return a.similarity != b.similarity ? a.similarity > b.similarity : a.molecule < b.molecule;
    }
    std::size_t m_top;
    double m_least;
    std::vector<Found> m_found;
};

/// One thread's part of a search by similarity.
class Comparer
{
public:
    Comparer(const chem::Fingerprint& wanted, int top, double least) : m_wanted(wanted), m_bits(wanted.count()), m_best(top, least) {}

    Result<> compare(Reader& reader, std::int64_t piece)
    {
        auto bytes = reader.piece(piece);
        if (!bytes) {
            return tl::unexpected(bytes.error());
        }
        for (std::int64_t slot = 0; slot < pieceSize; ++slot) {
            const std::int64_t molecule = piece * pieceSize + slot;
            chem::Fingerprint entry;
            if (!readEntry(*bytes, slot, entry)) {
                auto computed = fingerprintOf(reader, piece, molecule);
                if (!computed) {
                    return tl::unexpected(computed.error());
                }
                entry = *computed;
            }
            const int both = chem::sharedBits(entry, m_wanted);
            if (both < m_best.bar() * m_bits) { // cannot reach it, whatever else it has
                continue;
            }
            const int bits = entry.count();
            const double similarity = both == 0 ? 0 : static_cast<double>(both) / (m_bits + bits - both);
            if (bits > 0 && similarity >= m_best.bar() && !reader.isRemoved(molecule)) {
                m_best.offer(molecule, similarity);
            }
        }
        return {};
    }
    const Best& best() const { return m_best; }

private:
    /// Of a molecule that the index has not; empty if there is no such molecule.
    static Result<chem::Fingerprint> fingerprintOf(Reader& reader, std::int64_t piece, std::int64_t molecule)
    {
        auto smiles = reader.unindexed(piece, molecule);
        if (!smiles) {
            return tl::unexpected(smiles.error());
        }
        if (smiles->empty()) {
            return chem::Fingerprint();
        }
        const auto parsed = chem::Molecule::fromSmiles(*smiles);
        return parsed ? chem::morganFingerprint(*parsed) : chem::Fingerprint();
    }

    chem::Fingerprint m_wanted;
    int m_bits;
    Best m_best;
};

/// One piece of a search for a substructure.
Result<std::vector<Found>> matchPiece(Reader& reader, const chem::Pattern& pattern, std::int64_t piece,
                                      std::atomic<std::int64_t>& tested)
{
    auto bytes = reader.piece(piece);
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    std::vector<Found> found;
    for (std::int64_t slot = 0; slot < pieceSize; ++slot) {
        const std::int64_t molecule = piece * pieceSize + slot;
        chem::Screen screen; // one that is not in the index is matched in any case
        const bool indexed = readEntry(*bytes, slot, screen);
        if ((indexed && !screen.covers(pattern.screen())) || reader.isRemoved(molecule)) {
            continue;
        }
        auto smiles = indexed ? reader.smilesOf(molecule) : reader.unindexed(piece, molecule);
        if (!smiles) {
            return tl::unexpected(smiles.error());
        }
        if (smiles->empty()) {
            continue;
        }
        ++tested;
        const auto matches = pattern.matches(*smiles);
        if (!matches) {
            return tl::unexpected(matches.error());
        }
        if (*matches) {
            found.push_back({molecule, -1, std::move(*smiles)});
        }
    }
    return found;
}

/// Molecules that have left the project while others were compared are left out.
Result<> addSmiles(store::Project& project, std::vector<Found>& found)
{
    const store::Molecules molecules(project);
    std::vector<Found> there;
    for (Found& one : found) {
        auto smiles = molecules.smilesOf({one.molecule});
        if (smiles) {
            one.smiles = std::move(smiles->front());
            there.push_back(std::move(one));
        } else if (smiles.error().code != ErrorCode::NotFound) {
            return tl::unexpected(smiles.error());
        }
    }
    found = std::move(there);
    return {};
}

} // namespace

Result<ScanCounts> scanSubstructure(store::Project& project, const std::string& smarts, int threads,
                                    const std::function<bool(std::vector<Found>&&)>& callback, Control& control)
{
    Scan scan(project, IndexPart::Screen, threads, control);
    std::vector<chem::Pattern> patterns; // one a thread
    for (int t = 0; t < scan.threadCount(); ++t) {
        auto pattern = chem::Pattern::fromSmarts(smarts);
        if (!pattern) {
            return tl::unexpected(pattern.error());
        }
        patterns.push_back(std::move(*pattern));
    }
    std::atomic<std::int64_t> tested = 0;
    std::mutex mutex;
    std::map<std::int64_t, std::vector<Found>> results;
    const auto work = [&](Reader& reader, std::int64_t piece, int thread) -> Result<> {
        auto found = matchPiece(reader, patterns[static_cast<std::size_t>(thread)], piece, tested);
        if (!found) {
            return tl::unexpected(found.error());
        }
        const std::lock_guard lock(mutex);
        results[piece] = std::move(*found);
        return {};
    };
    const auto take = [&](std::int64_t piece) {
        std::vector<Found> found;
        {
            const std::lock_guard lock(mutex);
            found = std::move(results[piece]);
            results.erase(piece);
        }
        return found.empty() || callback(std::move(found));
    };
    auto all = scan.run(project, "searching a substructure", work, take);
    if (!all) {
        return tl::unexpected(all.error());
    }
    return ScanCounts{tested, *all};
}

Result<std::vector<Found>> scanSimilar(store::Project& project, const chem::Fingerprint& wanted, int top, double least,
                                       int threads, Control& control)
{
    Scan scan(project, IndexPart::Fingerprint, threads, control);
    std::vector<Comparer> comparers(static_cast<std::size_t>(scan.threadCount()), Comparer(wanted, top, least));
    auto all = scan.run(
        project, "comparing fingerprints",
        [&](Reader& reader, std::int64_t piece, int thread) {
            return comparers[static_cast<std::size_t>(thread)].compare(reader, piece);
        },
        [](std::int64_t) { return true; });
    if (!all) {
        return tl::unexpected(all.error());
    }
    Best best(top, least);
    for (const Comparer& comparer : comparers) {
        best.add(comparer.best());
    }
    std::vector<Found> found = std::move(best).sorted();
    PAPILIO_TRY(addSmiles(project, found));
    return found;
}

} // namespace papilio::data
