// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/random.h"
#include "data/coverage.h"
#include "data/search.h"
#include "engine/bench/projectparts.h"
#include "engine/bench/timing.h"
#include "store/coverage.h"
#include "store/molecules.h"

namespace papilio::engine
{

namespace
{

constexpr double lookUpGoal = 50, similarGoal = 300, substructureGoal = 1000, tileGoal = 16; ///< ms
constexpr std::size_t page = 50;
constexpr int similarQueries = 15, lookUps = 100, tilesPerLevel = 9;
/// From what nearly all molecules have to what few or none have.
constexpr const char* patterns[] = {"c1ccccc1", "C(=O)N", "c1ccncc1", "S(=O)(=O)N", "[nH]1cccc1", "C1CC1", "C#N",
                                    "c1ccc2[nH]ccc2c1", "[N+](=O)[O-]", "OC(F)F", "C1CCNCC1C(=O)Nc1ccccc1",
                                    "[B]", "c1ccc(cc1)c1ccc(cc1)c1ccccc1", "[Se]"};

/// Milliseconds until a page of hits is there, or all.
Result<double> firstPage(store::Project& project, const data::SearchQuery& query, std::int64_t& hits, Control& control)
{
    hits = 0;
    const Stopwatch watch;
    double milliseconds = -1;
    const auto report = data::search(
        project, query,
        [&](std::vector<data::SearchHit>&& batch) {
            hits += static_cast<std::int64_t>(batch.size());
            return hits < static_cast<std::int64_t>(page) || query.kind != data::SearchKind::Smarts;
        },
        control);
    if (!report) {
        return tl::unexpected<Error>(report.error());
    }
    milliseconds = 1000 * watch.seconds();
    return milliseconds;
}

Result<Figure> searched(store::Project& project, const std::string& what, const std::vector<std::string>& texts,
                        data::SearchKind kind, double goal, Control& control)
{
    std::vector<double> times;
    std::string slowest;
    double most = 0;
    std::int64_t slowestHits = 0;
    for (const std::string& text : texts) {
        control.report({"searching", static_cast<std::int64_t>(times.size()), static_cast<std::int64_t>(texts.size()),
                        "queries", 0, -1});
        data::SearchQuery query;
        query.text = text;
        query.kind = kind;
        std::int64_t hits = 0;
        const auto time = firstPage(project, query, hits, control);
        if (!time) {
            return tl::unexpected<Error>(time.error());
        }
        times.push_back(*time);
        if (*time > most) {
            most = *time;
            slowest = text;
            slowestHits = hits;
        }
    }
    Figure figure = withGoal(medianOf(what, "ms", times), Figure::Goal::AtMost, goal);
    figure.note = "slowest: " + slowest + " (" + std::to_string(slowestHits) + " hits)";
    return figure;
}

Result<Figures> tiles(store::Project& project, Control& control)
{
    PAPILIO_TRY(data::ensureCoverage(project, data::MoleculeOrder::Import, control));
    const store::Coverage coverage(project);
    const auto order = coverage.order(data::moleculeOrderName(data::MoleculeOrder::Import));
    if (!order || !*order) {
        return fail(ErrorCode::Internal, "The project has no images of its coverage.");
    }
    Random random(11);
    std::vector<double> kept, counted;
    const int top = (*order)->topLevel();
    for (int level = 0; level <= top; ++level) {
        const std::int64_t strips =
            ((*order)->bins(level) + store::Coverage::stripBins - 1) / store::Coverage::stripBins;
        for (int i = 0; i < tilesPerLevel; ++i) {
            const auto strip = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(strips)));
            const Stopwatch watch;
            const auto image = coverage.strip(**order, level, strip);
            if (!image) {
                return tl::unexpected<Error>(image.error());
            }
            (level < store::Coverage::firstLevel ? counted : kept).push_back(1000 * watch.seconds());
        }
    }
    Figures figures{withGoal(medianOf("project: coverage tile that is kept", "ms", kept), Figure::Goal::AtMost, tileGoal),
                    withGoal(medianOf("project: coverage tile counted from labels", "ms", counted),
                             Figure::Goal::AtMost, tileGoal)};
    for (Figure& figure : figures) {
        figure.note = std::to_string(store::Coverage::stripBins) + " bins × all tasks";
    }
    return figures;
}

} // namespace

Result<Figures> measureSearch(store::Project& project, const std::vector<std::int64_t>& ids, Control& control)
{
    Random random(7);
    std::vector<std::int64_t> some;
    for (int i = 0; i < std::max(lookUps, similarQueries); ++i) {
        some.push_back(ids[random.below(ids.size())]);
    }
    const auto smiles = store::Molecules(project).smilesOf(some);
    if (!smiles) {
        return tl::unexpected<Error>(smiles.error());
    }
    Figures figures;
    const auto add = [&](const std::string& what, const std::vector<std::string>& texts, data::SearchKind kind,
                         double goal) -> Result<> {
        auto figure = searched(project, what, texts, kind, goal, control);
        if (!figure) {
            return tl::unexpected<Error>(figure.error());
        }
        figures.push_back(std::move(*figure));
        return {};
    };
    PAPILIO_TRY(add("project: exact look-up by SMILES", *smiles, data::SearchKind::Smiles, lookUpGoal));
    PAPILIO_TRY(add("project: similarity, top 100", {smiles->begin(), smiles->begin() + similarQueries},
                    data::SearchKind::Similar, similarGoal));
    PAPILIO_TRY(add("project: substructure, first " + std::to_string(page),
                    {std::begin(patterns), std::end(patterns)}, data::SearchKind::Smarts, substructureGoal));
    const auto images = tiles(project, control);
    if (!images) {
        return tl::unexpected<Error>(images.error());
    }
    figures.insert(figures.end(), images->begin(), images->end());
    return figures;
}

} // namespace papilio::engine
