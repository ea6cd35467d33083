// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/inchikeys.h"

#include <algorithm>
#include <cstring>

#include "chem/inchi.h"
#include "chem/molecule.h"
#include "chem/screen.h"
#include "data/pace.h"
#include "data/search.h"
#include "store/molecules.h"
#include "store/search.h"

namespace papilio::data
{

namespace
{

using store::IndexPart;
using store::SearchIndex;

constexpr std::size_t moleculesAtOnce = 500;
constexpr std::size_t blockLength = 14;
constexpr std::uint64_t none = ~std::uint64_t{0}; ///< a molecule that has no InChI

std::uint64_t hashOf(std::string_view text)
{
    std::uint64_t hash = 14695981039346656037u;
    for (const char letter : text) {
        hash = (hash ^ static_cast<unsigned char>(letter)) * 1099511628211u;
    }
    return hash == 0 || hash == none ? 1 : hash;
}

/// The first block, and the rest: what a search may ask for.
struct KeyHash {
    std::uint64_t block = none, rest = none;
};

KeyHash hashesOf(std::string_view key)
{
    return {hashOf(key.substr(0, blockLength)), key.size() > blockLength ? hashOf(key.substr(blockLength)) : 0};
}

bool fits(const KeyHash& entry, const KeyHash& wanted)
{
    return entry.block == wanted.block && (wanted.rest == 0 || entry.rest == wanted.rest);
}

KeyHash keyOf(const std::string& smiles)
{
    const auto molecule = chem::Molecule::fromSmiles(smiles);
    if (!molecule) {
        return {};
    }
    const auto inchi = chem::inchiOf(*molecule);
    return inchi ? hashesOf(inchi->key) : KeyHash{};
}

/// Goes through the known keys; 'unknown' gathers nothing, it only says whether there are others.
Result<bool> scanKnown(const SearchIndex& index, const KeyHash& wanted, std::vector<std::int64_t>& found)
{
    const auto last = index.lastMolecule();
    if (!last) {
        return tl::unexpected(last.error());
    }
    bool allKnown = true;
    for (std::int64_t chunk = 0; chunk * SearchIndex::chunkSize <= *last; ++chunk) {
        auto bytes = index.chunk(IndexPart::InchiKey, chunk);
        if (!bytes) {
            return tl::unexpected(bytes.error());
        }
        const std::int64_t wantedSlots = std::min(*last + 1 - chunk * SearchIndex::chunkSize, SearchIndex::chunkSize);
        const auto slots = static_cast<std::int64_t>(bytes->size() / sizeof(KeyHash));
        allKnown = allKnown && slots >= wantedSlots;
        for (std::int64_t slot = 0; slot < std::min(slots, wantedSlots); ++slot) {
            KeyHash entry;
            std::memcpy(&entry, bytes->data() + static_cast<std::size_t>(slot) * sizeof entry, sizeof entry);
            allKnown = allKnown && (entry.block != 0 || (chunk == 0 && slot == 0));
            if (fits(entry, wanted)) {
                found.push_back(chunk * SearchIndex::chunkSize + slot);
            }
        }
    }
    return allKnown;
}

Result<> keep(store::Project& project, const std::vector<std::int64_t>& molecules, const std::vector<KeyHash>& keys)
{
    if (molecules.empty() || project.access() == store::Access::ReadOnly) {
        return {};
    }
    std::string bytes(keys.size() * sizeof(KeyHash), '\0');
    std::memcpy(bytes.data(), keys.data(), bytes.size());
    store::Transaction transaction(project);
    PAPILIO_TRY(SearchIndex(project).put(IndexPart::InchiKey, molecules, bytes));
    return transaction.commit();
}

/// Which elements an InChI names, as the screen counts them; nothing where it cannot be read.
class Elements
{
public:
    explicit Elements(const std::string& inchi)
    {
        if (inchi.empty()) {
            return;
        }
        if (const auto molecule = chem::Molecule::fromInchi(inchi)) {
            m_given = true;
            m_screen = elementsOf(molecule->graph());
        }
    }
    bool given() const { return m_given; }
    bool fits(const MolGraph& graph) const { return !m_given || elementsOf(graph) == m_screen; }

private:
    static std::vector<int> elementsOf(const MolGraph& graph)
    {
        std::vector<int> counts(256);
        for (const AtomCode& atom : graph.atoms) {
            ++counts[atom.atomicNumber];
        }
        return counts;
    }
    bool m_given = false;
    std::vector<int> m_screen;
};

/// Computes the keys of molecules that have none, and asks 'take' about each; stops when it says so.
Result<bool> computeUnknown(store::Project& project, const Elements& elements,
                            const std::function<bool(std::int64_t, const KeyHash&)>& take, Control& control)
{
    const SearchIndex index(project);
    const store::Molecules molecules(project);
    const auto total = molecules.count();
    if (!total) {
        return tl::unexpected(total.error());
    }
    Pace pace(control);
    std::int64_t from = 0, done = 0;
    while (true) {
        const auto missing = index.missing(IndexPart::InchiKey, from, moleculesAtOnce);
        if (!missing) {
            return tl::unexpected(missing.error());
        }
        if (missing->empty()) {
            return true;
        }
        const auto smiles = molecules.smilesOf(*missing);
        if (!smiles) {
            return tl::unexpected(smiles.error());
        }
        std::vector<std::int64_t> ids;
        std::vector<KeyHash> keys;
        bool goOn = true;
        for (std::size_t i = 0; i < missing->size() && goOn && !control.stopRequested(); ++i) {
            if (elements.given()) {
                const auto molecule = chem::Molecule::fromSmiles((*smiles)[i]);
                if (!molecule || !elements.fits(molecule->graph())) {
                    continue;
                }
            }
            ids.push_back((*missing)[i]);
            keys.push_back(keyOf((*smiles)[i]));
            goOn = take(ids.back(), keys.back());
        }
        PAPILIO_TRY(keep(project, ids, keys));
        done += static_cast<std::int64_t>(missing->size());
        pace.report("computing InChIKeys", done, *total, "molecules");
        if (control.stopRequested()) {
            return fail(ErrorCode::Stopped, "Computing InChIKeys was stopped; those that are done are kept.");
        }
        if (!goOn) {
            return false;
        }
        from = missing->back() + 1;
    }
}

} // namespace

Result<bool> findInchiKey(store::Project& project, std::string_view key, const std::string& inchi,
                          const std::function<bool(std::int64_t molecule)>& callback, Control& control)
{
    const KeyHash wanted = hashesOf(key);
    std::vector<std::int64_t> found;
    const auto allKnown = scanKnown(SearchIndex(project), wanted, found);
    if (!allKnown) {
        return allKnown;
    }
    for (const std::int64_t molecule : found) {
        if (!callback(molecule)) {
            return false;
        }
    }
    if (*allKnown) {
        return true;
    }
    return computeUnknown(
        project, Elements(inchi),
        [&](std::int64_t molecule, const KeyHash& entry) { return !fits(entry, wanted) || callback(molecule); }, control);
}

Result<> completeInchiKeys(store::Project& project, Control& control)
{
    const auto all =
        computeUnknown(project, Elements({}), [](std::int64_t, const KeyHash&) { return true; }, control);
    return all ? Result<>() : tl::unexpected(all.error());
}

} // namespace papilio::data
