// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/search.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <set>

#include "chem/fingerprint.h"
#include "chem/inchi.h"
#include "chem/substructure.h"
#include "core/text.h"
#include "data/inchikeys.h"
#include "data/searchscan.h"
#include "store/datasets.h"
#include "store/molecules.h"
#include "store/search.h"

namespace papilio::data
{

namespace
{

constexpr std::size_t batchSize = 100;
constexpr std::size_t longestText = 20'000;
constexpr double leastInAuto = 0.3; ///< similarity that is worth showing where it was not asked for
constexpr std::array<std::string_view, 7> kindNames = {"auto", "name", "smiles", "inchi", "inchikey", "smarts", "similar"};

bool isSmiles(std::string_view text)
{
    return text.find_first_of(" \t") == std::string_view::npos && chem::Molecule::fromSmiles(text).has_value();
}

/// One search under way: turns what is found into hits and hands them on in batches.
class Searcher
{
public:
    Searcher(store::Project& project, const SearchQuery& query, const std::function<bool(std::vector<SearchHit>&&)>& callback,
             Control& control)
        : m_project(project), m_query(query), m_callback(callback), m_control(control), m_molecules(project),
          m_names(project), m_places(project)
    {
    }

    Result<SearchReport> run()
    {
        const auto begin = std::chrono::steady_clock::now();
        auto count = store::SearchIndex(m_project).lastMolecule();
        auto datasets = store::Datasets(m_project).all();
        if (!count || !datasets) {
            return tl::unexpected(!count ? count.error() : datasets.error());
        }
        for (const store::DatasetRecord& dataset : *datasets) {
            m_datasets[dataset.id] = dataset.name;
        }
        const std::string text(trimmed(m_query.text));
        m_report.understood = m_query.kind == SearchKind::Auto ? understand(text) : std::vector{m_query.kind};
        m_report.complete = true;
        for (const SearchKind kind : m_report.understood) {
            PAPILIO_TRY(runKind(kind, text));
            if (!flush()) {
                break;
            }
        }
        m_report.molecules = std::max<std::int64_t>(*count, 0);
        m_report.complete = m_report.complete && !m_ended;
        m_report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        return std::move(m_report);
    }

private:
    Result<> runKind(SearchKind kind, const std::string& text)
    {
        switch (kind) {
        case SearchKind::Name:
            return runNames(text);
        case SearchKind::Smiles:
            return runSmiles(text);
        case SearchKind::Inchi:
            return runInchi(text);
        case SearchKind::InchiKey:
            return runKey(text);
        case SearchKind::Smarts:
            return runSmarts(text);
        case SearchKind::Similar:
            return runSimilar(text);
        case SearchKind::Auto:
            break;
        }
        return {};
    }

    Result<> runNames(const std::string& text)
    {
        const auto empty = m_names.empty();
        PAPILIO_TRY(empty);
        if (*empty && m_query.kind == SearchKind::Name) {
            m_report.notes.emplace_back("No names are indexed: no dataset of this project has a column of names or ids, or it "
                                        "was imported by an older version. Importing it again indexes them.");
        }
        const auto add = [&](store::NameHit&& name, HitReason reason) {
            if (!m_named.insert({name.dataset, name.row}).second) {
                return true;
            }
            SearchHit hit;
            hit.reason = reason;
            hit.molecule = name.molecule;
            hit.dataset = name.dataset;
            hit.row = name.row;
            hit.name = std::move(name.text);
            hit.column = std::move(name.column);
            return add1(std::move(hit));
        };
        PAPILIO_TRY(m_names.exact(text, [&](store::NameHit&& hit) { return add(std::move(hit), HitReason::Name); }));
        if (m_ended || !flush()) {
            return checked();
        }
        if (m_query.kind == SearchKind::Auto && m_report.understood.size() > 1) {
            return checked(); // a structure: what contains it as letters is chance
        }
        PAPILIO_TRY(m_names.containing(
            text, [&](store::NameHit&& hit) { return add(std::move(hit), HitReason::NameContains); },
            [&] { return !m_control.stopRequested() && flush(); }));
        return checked();
    }

    Result<> runSmiles(const std::string& text)
    {
        auto molecule = chem::Molecule::fromSmiles(text);
        if (!molecule) {
            return tl::unexpected(molecule.error());
        }
        auto id = m_molecules.idOf(molecule->canonicalSmiles());
        PAPILIO_TRY(id);
        if (*id) {
            add1(structureHit(HitReason::Same, {**id, 1, molecule->canonicalSmiles()}));
            m_same.insert(**id);
        }
        return checked();
    }

    Result<> runInchi(const std::string& text)
    {
        auto key = chem::inchiKeyOf(text);
        if (!key) {
            return tl::unexpected(key.error());
        }
        const auto molecule = chem::Molecule::fromInchi(text);
        if (!molecule) {
            return tl::unexpected(molecule.error());
        }
        auto id = m_molecules.idOf(molecule->canonicalSmiles()); // the likely form of it, at once
        PAPILIO_TRY(id);
        if (*id) {
            add1(structureHit(HitReason::Same, {**id, -1, molecule->canonicalSmiles()}));
            m_same.insert(**id);
        }
        flush();
        return findKey(*key, text);
    }

    Result<> runKey(const std::string& text)
    {
        if (!chem::looksLikeInchiKey(text)) {
            return fail(ErrorCode::BadInput, std::string("'").append(elided(text, 60)).append("' is no InChIKey."),
                        "A key is AAAAAAAAAAAAAA-BBBBBBBBBB-N; its first 14 letters alone find any stereo.");
        }
        return findKey(text, {});
    }

    Result<> findKey(const std::string& key, const std::string& inchi)
    {
        auto all = findInchiKey(
            m_project, key, inchi,
            [&](std::int64_t molecule) {
                if (!m_same.insert(molecule).second) {
                    return true;
                }
                auto smiles = m_molecules.smilesOf({molecule});
                if (!smiles && smiles.error().code != ErrorCode::NotFound) {
                    m_error = smiles.error();
                    return false;
                }
                if (!smiles) { // it has left the project
                    return true;
                }
                return add1(structureHit(HitReason::SameKey, {molecule, -1, std::move(smiles->front())})) && flush();
            },
            m_control);
        PAPILIO_TRY(all);
        return checked();
    }

    Result<> runSmarts(const std::string& text)
    {
        auto counts = scanSubstructure(
            m_project, text, m_query.threads,
            [&](std::vector<Found>&& found) {
                for (Found& one : found) {
                    if (!add1(structureHit(HitReason::Substructure, std::move(one)))) {
                        return false;
                    }
                }
                return flush();
            },
            m_control);
        PAPILIO_TRY(counts);
        m_report.tested = counts->tested;
        return checked();
    }

    Result<> runSimilar(const std::string& text)
    {
        auto molecule = chem::looksLikeInchi(text) ? chem::Molecule::fromInchi(text) : chem::Molecule::fromSmiles(text);
        const bool asked = m_query.kind == SearchKind::Similar;
        if (!molecule && !asked) {
            m_report.notes.push_back("Similar molecules were not looked for: " + molecule.error().message);
            return {};
        }
        if (!molecule) {
            return tl::unexpected(molecule.error());
        }
        const double least = asked ? m_query.least : std::max(m_query.least, leastInAuto);
        auto found = mostSimilar(chem::morganFingerprint(*molecule), least);
        PAPILIO_TRY(found);
        for (Found& one : *found) {
            if (!add1(structureHit(HitReason::Similar, std::move(one)))) {
                break;
            }
        }
        return checked();
    }

    /// So many as are asked for of those that are to be seen.
    Result<std::vector<Found>> mostSimilar(const chem::Fingerprint& wanted, double least)
    {
        const auto enough = static_cast<std::size_t>(std::max(m_query.top, 0));
        for (int most = m_query.top + static_cast<int>(m_same.size());; most *= 2) {
            auto found = scanSimilar(m_project, wanted, most, least, m_query.threads, m_control);
            if (!found) {
                return found;
            }
            const bool all = found->size() < static_cast<std::size_t>(std::max(most, 0));
            std::erase_if(*found, [&](const Found& one) { return m_same.contains(one.molecule) || grows(one.molecule); });
            if (all || found->size() >= enough || m_control.stopRequested()) {
                found->erase(found->begin() + static_cast<std::ptrdiff_t>(std::min(enough, found->size())), found->end());
                return found;
            }
        }
    }

    /// Whether a molecule belongs only to what grows in the place of a dataset.
    bool grows(std::int64_t molecule) const
    {
        const auto place = m_places.of(molecule);
        return place && place->dataset != 0 && !m_datasets.contains(place->dataset);
    }

    SearchHit structureHit(HitReason reason, Found&& found) const
    {
        SearchHit hit;
        hit.reason = reason;
        hit.molecule = found.molecule;
        hit.smiles = std::move(found.smiles);
        hit.similarity = reason == HitReason::Similar || reason == HitReason::Same ? found.similarity : -1;
        return hit;
    }

    /// False = enough.
    bool add1(SearchHit&& hit)
    {
        if (m_ended) {
            return false;
        }
        if (const auto placed = place(hit); !placed) {
            m_error = placed.error();
            m_ended = true;
            return false;
        }
        if (hit.dataset != 0 && !m_datasets.contains(hit.dataset)) {
            return true; // of one that grows in the place of another
        }
        const bool limited = hit.reason != HitReason::Similar && m_query.most > 0;
        m_batch.push_back(std::move(hit));
        ++m_report.hits;
        if (limited && m_report.hits >= m_query.most) {
            flush();
            m_ended = true;
            return false;
        }
        return m_batch.size() < batchSize || flush();
    }

    Result<> place(SearchHit& hit) const
    {
        if (hit.smiles.empty() && hit.molecule > 0) {
            auto smiles = m_molecules.smilesOf({hit.molecule});
            PAPILIO_TRY(smiles);
            hit.smiles = std::move(smiles->front());
        }
        if (m_query.places && hit.molecule > 0) {
            auto place = m_places.of(hit.molecule);
            PAPILIO_TRY(place);
            if (hit.dataset == 0) {
                hit.dataset = place->dataset;
                hit.row = place->row;
                hit.name = std::move(place->name);
            }
            hit.labels = place->labels;
        }
        const auto dataset = m_datasets.find(hit.dataset);
        hit.datasetName = dataset == m_datasets.end() ? std::string() : dataset->second;
        return {};
    }

    bool flush()
    {
        if (!m_batch.empty() && !m_ended) {
            m_ended = !m_callback(std::move(m_batch));
        }
        m_batch.clear();
        return !m_ended;
    }

    Result<> checked() const
    {
        if (m_error) {
            return tl::unexpected(*m_error);
        }
        if (m_control.stopRequested()) {
            return fail(ErrorCode::Stopped, "The search was stopped.");
        }
        return {};
    }

    store::Project& m_project;
    const SearchQuery& m_query;
    const std::function<bool(std::vector<SearchHit>&&)>& m_callback;
    Control& m_control;
    store::Molecules m_molecules;
    store::NameIndex m_names;
    store::MoleculePlaces m_places;
    std::map<std::int64_t, std::string> m_datasets;
    std::set<std::pair<std::int64_t, std::int64_t>> m_named; ///< rows that are among the results by name
    std::set<std::int64_t> m_same;                          ///< molecules that are there as the same
    std::vector<SearchHit> m_batch;
    SearchReport m_report;
    std::optional<Error> m_error;
    bool m_ended = false;
};

} // namespace

std::string_view searchKindName(SearchKind kind)
{
    return kindNames[static_cast<std::size_t>(kind)];
}

std::optional<SearchKind> searchKindFromName(std::string_view name)
{
    if (name == "id") {
        return SearchKind::Name;
    }
    const auto found = std::find(kindNames.begin(), kindNames.end(), name);
    return found == kindNames.end() ? std::nullopt
                                    : std::optional(static_cast<SearchKind>(found - kindNames.begin()));
}

std::string_view hitReasonName(HitReason reason)
{
    constexpr std::array<std::string_view, 6> names = {"same", "same-key", "name", "name-contains", "substructure", "similar"};
    return names[static_cast<std::size_t>(reason)];
}

std::vector<SearchKind> understand(std::string_view text)
{
    const std::string_view asked = trimmed(text);
    if (chem::looksLikeInchi(asked)) {
        return {SearchKind::Inchi, SearchKind::Similar};
    }
    if (isSmiles(asked)) { // a name such as "CO" or "NBS" may be meant all the same
        return {SearchKind::Smiles, SearchKind::Name, SearchKind::Similar};
    }
    if (chem::looksLikeInchiKey(asked)) {
        return {SearchKind::Name, SearchKind::InchiKey};
    }
    if (asked.find_first_of("[]#*~&!;$@=()") != std::string_view::npos && chem::Pattern::fromSmarts(asked)) {
        return {SearchKind::Name, SearchKind::Smarts};
    }
    return {SearchKind::Name};
}

Result<SearchReport> search(store::Project& project, const SearchQuery& query,
                            const std::function<bool(std::vector<SearchHit>&&)>& callback, Control& control)
{
    const std::string_view text = trimmed(query.text);
    if (text.empty()) {
        return fail(ErrorCode::Usage, "Nothing to search for.",
                    "Give a name, an id, a SMILES, an InChI, an InChIKey or a SMARTS.");
    }
    if (text.size() > longestText) {
        return fail(ErrorCode::BadInput, "The text to search for has " + std::to_string(text.size()) +
                                             " characters; at most " + std::to_string(longestText) + " are read.");
    }
    if (query.top < 0 || query.least < 0 || query.least > 1 || query.most < 0) {
        return fail(ErrorCode::Usage, "The number of results must not be negative, the least similarity be 0 to 1.");
    }
    return Searcher(project, query, callback, control).run();
}

} // namespace papilio::data
