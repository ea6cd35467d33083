// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/control.h"
#include "core/error.h"
#include "store/project.h"

namespace papilio::data
{

enum class SearchKind : std::uint8_t {
    Auto,     ///< whatever the text can be: see understand()
    Name,     ///< names and ids: the same text first, then those that contain it
    Smiles,   ///< the same molecule, however it is written
    Inchi,    ///< the same molecule, as InChI sees it (tautomers included)
    InchiKey, ///< a whole key, or its first block (any stereo, isotopes and charge)
    Smarts,   ///< molecules that contain a substructure
    Similar,  ///< the most similar molecules
};
std::string_view searchKindName(SearchKind kind); ///< "auto", "name", "smiles", "inchi", "inchikey", "smarts", "similar"
std::optional<SearchKind> searchKindFromName(std::string_view name); ///< "id" is "name"

struct SearchQuery {
    std::string text;
    SearchKind kind = SearchKind::Auto;
    int top = 100;           ///< similar: how many
    double least = 0;        ///< similar: no less similar than that
    std::int64_t most = 0;   ///< all others: stop after so many; 0 = all
    int threads = 0;         ///< 0 = all cores
    bool places = true;      ///< tell where each molecule comes from (SearchHit::dataset, row, name, labels)
};

/// Why a molecule is among the results.
enum class HitReason : std::uint8_t { Same, SameKey, Name, NameContains, Substructure, Similar };
std::string_view hitReasonName(HitReason reason); ///< "same", "same-key", "name", "name-contains", …

struct SearchHit {
    HitReason reason = HitReason::Same;
    std::int64_t molecule = 0; ///< 0: a rejected row that has the name
    std::string smiles;        ///< canonical
    double similarity = -1;    ///< Tanimoto on Morgan fingerprints; −1 = not asked for
    std::int64_t dataset = 0, row = -1; ///< where it comes from: its first row, or the row with the name
    std::string datasetName, name, column; ///< 'column' of the name that was found
    std::int64_t labels = 0;   ///< tasks of that dataset that it has a label of
};

struct SearchReport {
    std::vector<SearchKind> understood; ///< what the text was taken for
    std::int64_t hits = 0;
    std::int64_t molecules = 0; ///< in the project
    std::int64_t tested = 0;    ///< substructure: molecules that passed the screen and were matched
    bool complete = false;      ///< nothing is left to find (for similar: among the top)
    double seconds = 0;
    std::vector<std::string> notes; ///< what was left out, and why
};

/// Looks through a project. Results come in batches while the search goes on, substructures by molecule id, similar ones
/// at the end, most similar first; the callback returns false to stop, which is no error (SearchReport::complete is
/// false then). Control::stopRequested() ends it with Stopped. InChIKeys that are not known yet are computed and, in a
/// project open for writing, kept.
Result<SearchReport> search(store::Project& project, const SearchQuery& query,
                            const std::function<bool(std::vector<SearchHit>&&)>& callback, Control& control);

/// What a text can be, in the order in which it is looked for.
std::vector<SearchKind> understand(std::string_view text);

/// Computes the InChIKeys of all molecules that have none yet; half a millisecond each, on one thread. Stopped, it keeps
/// what is done.
Result<> completeInchiKeys(store::Project& project, Control& control);

} // namespace papilio::data
