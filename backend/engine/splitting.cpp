// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/splitting.h"

#include <algorithm>
#include <filesystem>

#include "data/splitfile.h"
#include "data/splitmembers.h"
#include "engine/chemistry.h"
#include "engine/csvwriter.h"
#include "learn/rundata.h"

namespace papilio::engine
{

namespace
{

data::SplitRequest requestOf(const SplitSpec& spec, std::uint64_t seed, const learn::Selection& selection,
                             const std::vector<std::int64_t>& molecules, int threads)
{
    data::SplitRequest request;
    request.spec = spec;
    request.seed = seed;
    request.molecules = molecules;
    request.threads = threads;
    for (std::size_t h = 0; h < selection.heads.size(); ++h) {
        const nn::HeadSpec& head = selection.heads[h];
        const learn::HeadSource& source = selection.sources[h];
        for (std::size_t c = 0; c < source.positions.size(); ++c)
            request.tasks.push_back({source.dataset, head.dataset, head.columns[c].task, source.positions[c], head.level,
                                     head.kind, head.classes});
    }
    return request;
}

bool isPlainRandom(const SplitSpec& spec)
{
    return spec.kind == SplitKind::Random && !spec.perDataset;
}

json histogramToJson(const data::SimilarityHistogram& histogram)
{
    return {{"counts", histogram.counts},       {"n", histogram.n},           {"of", histogram.of},
            {"identical", histogram.identical}, {"mean", histogram.mean},     {"median", histogram.median},
            {"tenth", histogram.lowest}};
}

json pairsToJson(const std::vector<data::SplitPair>& pairs)
{
    const auto side = [](std::int64_t molecule, const std::string& smiles, const std::string& dataset, std::int64_t row) {
        return json{{"molecule", molecule}, {"smiles", smiles}, {"dataset", dataset}, {"row", row}};
    };
    json list = json::array();
    for (const data::SplitPair& pair : pairs)
        list.push_back({{"part", store::partName(pair.part)},
                        {"train", side(pair.train, pair.trainSmiles, pair.trainDataset, pair.trainRow)},
                        {"measured", side(pair.test, pair.testSmiles, pair.testDataset, pair.testRow)}});
    return list;
}

} // namespace

learn::SplitMaker splitMaker()
{
    return [](store::Project& project, const SplitSpec& spec, std::uint64_t seed, const learn::Selection& selection,
              const std::vector<std::int64_t>& molecules, Control& control) -> Result<store::Split> {
        auto made = data::makeSplit(project, requestOf(spec, seed, selection, molecules, 0), control);
        if (!made)
            return tl::unexpected<Error>(made.error());
        return std::move(made->split);
    };
}

Result<SplitJob> splitJobOf(store::Project& project, const learn::TrainConfig& config, Control& control)
{
    const auto spec = parseSplitSpec(config.split);
    if (!spec)
        return tl::unexpected<Error>(spec.error());
    learn::TrainConfig fitted = config;
    auto selection = learn::selectTasks(project, fitted);
    if (!selection)
        return tl::unexpected<Error>(selection.error());
    const auto labelled = learn::findLabelled(project, *selection, control);
    if (!labelled)
        return tl::unexpected<Error>(labelled.error());
    SplitJob job;
    job.request = requestOf(*spec, config.seed, *selection, labelled->molecules, config.threads);
    job.selection = std::move(*selection);
    return job;
}

Result<data::MadeSplit> makeSplitOf(store::Project& project, const SplitJob& job, const learn::TrainConfig& config,
                                    Control& control)
{
    if (!isPlainRandom(job.request.spec))
        return data::makeSplit(project, job.request, control);
    auto split = learn::makeSplit(config.split, config.seed, job.request.molecules);
    if (!split)
        return tl::unexpected<Error>(split.error());
    return data::MadeSplit{std::move(*split), {}};
}

Result<std::vector<std::string>> exportSplit(store::Project& project, const SplitJob& job, const store::Split& split,
                                             const std::string& path)
{
    const auto names = data::datasetNames(job.request);
    std::vector<std::string> read{project.path()}; // nothing of these may be written over
    for (const auto& [dataset, source] : job.request.spec.sources)
        read.push_back(source);
    std::vector<std::string> targets;
    for (const auto& [dataset, name] : names) {
        std::filesystem::path file(path);
        if (names.size() > 1) {
            std::string safe = name; // a dataset's name never leads into another folder
            std::replace_if(safe.begin(), safe.end(), [](char c) { return c == '/' || c == '\\' || c == '\0'; }, '_');
            file.replace_filename(file.stem().string() + "." + safe + file.extension().string());
        }
        PAPILIO_TRY(checkOutput(file.string(), read));
        if (std::find(targets.begin(), targets.end(), file.string()) != targets.end())
            return fail(ErrorCode::BadInput, "The splits of two datasets would be written to '" + file.string() + "'.",
                        "Write them one by one: --tasks 'DATASET:*'.");
        targets.push_back(file.string());
    }
    std::size_t at = 0;
    for (const auto& [dataset, name] : names) {
        const auto rows = data::moleculesOfRows(project, dataset);
        if (!rows)
            return tl::unexpected<Error>(rows.error());
        const std::vector<store::Part> parts = split.partsOf(dataset);
        std::vector<store::Part> ofRows;
        for (const std::int64_t molecule : *rows) {
            const auto found = std::lower_bound(split.molecules.begin(), split.molecules.end(), molecule);
            const bool known = found != split.molecules.end() && *found == molecule;
            ofRows.push_back(known ? parts[static_cast<std::size_t>(found - split.molecules.begin())]
                                   : store::Part::None);
        }
        PAPILIO_TRY(data::writeSplitFile(targets[at], ofRows));
        ++at;
    }
    return targets;
}

json perPartToJson(const data::PerPart& counts)
{
    return {{"train", counts[0]}, {"val", counts[1]}, {"test", counts[2]}, {"test_seen", counts[3]}};
}

json splitToJson(const store::Split& split)
{
    return {{"split", split.id}, {"spec", split.spec}, {"seed", split.seed}, {"hash", split.hash}};
}

json splitReportToJson(const data::SplitReport& report)
{
    json document{{"molecules", perPartToJson(report.molecules)},
                  {"unused", report.unused},
                  {"sameMolecules", report.sameMolecules},
                  {"stereoTwins", report.stereoTwins},
                  {"same", pairsToJson(report.same)},
                  {"twins", pairsToJson(report.twins)},
                  {"warnings", report.warnings},
                  {"datasets", json::array()},
                  {"similarity", json::array()},
                  {"tasks", json::array()},
                  {"leaks", json::array()}};
    for (const auto& dataset : report.datasets)
        document["datasets"].push_back({{"dataset", dataset.name}, {"molecules", perPartToJson(dataset.molecules)}});
    for (const auto& similarity : report.similarity)
        document["similarity"].push_back({{"dataset", similarity.dataset},
                                          {"part", store::partName(similarity.part)},
                                          {"split", histogramToJson(similarity.split)},
                                          {"random", histogramToJson(similarity.random)}});
    for (const auto& task : report.tasks) {
        json entry{{"dataset", task.dataset},
                   {"task", task.task},
                   {"kind", kindName(task.kind)},
                   {"labels", perPartToJson(task.molecules)}};
        if (task.kind == TaskKind::Binary)
            entry["positives"] = perPartToJson(task.positives);
        document["tasks"].push_back(std::move(entry));
    }
    for (const auto& leak : report.leaks)
        document["leaks"].push_back({{"test", leak.testDataset},
                                     {"train", leak.trainDataset},
                                     {"molecules", leak.molecules},
                                     {"of", leak.of}});
    return document;
}

} // namespace papilio::engine
