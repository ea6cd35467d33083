// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/modelfile.h"

#include <cmath>

#include "learn/modelcodec.h"
#include "store/runs.h"

namespace papilio::learn
{

namespace
{

using nlohmann::json;

/// Metrics of the epoch whose weights are passed on, for people who get the file alone. Undefined ones are null.
json metricsJson(const std::vector<store::Metric>& metrics)
{
    json list = json::array();
    for (const store::Metric& metric : metrics) {
        if (metric.scope == "task") {
            continue; // thousands of them at times; the project has them
        }
        json item{{"part", store::partName(metric.part)}, {"scope", metric.scope}, {"name", metric.name},
                  {"n", metric.n}};
        item["value"] = std::isfinite(metric.value) ? json(metric.value) : json(nullptr);
        if (!metric.head.empty()) {
            item["head"] = metric.head;
        }
        list.push_back(std::move(item));
    }
    return list;
}

json parsed(const std::string& text)
{
    json value = json::parse(text, nullptr, false);
    return value.is_discarded() ? json(nullptr) : value;
}

/// No wall-clock times but the run's date: the same run and epoch make the same file, byte by byte.
json summaryOf(const store::RunRecord& run, const store::Checkpoint& checkpoint,
               const std::vector<store::Metric>& metrics)
{
    return {{"run", run.id},
            {"name", run.name},
            {"created", run.created},
            {"state", store::runStateName(run.state)},
            {"epochs", run.epochs},
            {"epochs_planned", run.epochsPlanned},
            {"epoch", checkpoint.epoch},
            {"step", checkpoint.step},
            {"seed", run.seed},
            {"parameters", run.parameters},
            {"data_hash", run.dataHash},
            {"config", parsed(run.config)},
            {"versions", parsed(run.versions)},
            {"metrics", metricsJson(metrics)}};
}

} // namespace

Result<SavedModel> readModel(const std::string& path)
{
    auto file = nn::readSafetensors(path);
    if (!file) {
        return tl::unexpected(file.error());
    }
    return fromTensorFile(std::move(*file), path);
}

Result<> writeModel(const std::string& path, const SavedModel& model)
{
    return nn::writeSafetensors(path, toTensorFile(model));
}

namespace
{

/// Best, else last; or what is kept of an epoch.
Result<store::Checkpoint> checkpointOf(const store::Runs& runs, std::int64_t run, std::optional<std::int64_t> epoch)
{
    std::vector<std::int64_t> epochs;
    for (const auto kind : {store::CheckpointKind::Best, store::CheckpointKind::Last}) {
        auto checkpoint = runs.checkpoint(run, kind);
        if (!checkpoint) {
            return tl::unexpected(checkpoint.error());
        }
        if (*checkpoint && (!epoch || (kind == store::CheckpointKind::Best && (*checkpoint)->epoch == *epoch))) {
            return std::move(**checkpoint);
        }
        if (*checkpoint && kind == store::CheckpointKind::Best) {
            epochs.push_back((*checkpoint)->epoch);
        }
    }
    const std::string name = "Run " + std::to_string(run);
    if (!epoch) {
        return fail(ErrorCode::NotFound, name + " has no checkpoint yet.", "Let it train for an epoch.");
    }
    auto kept = runs.keptCheckpoint(run, *epoch);
    if (!kept) {
        return tl::unexpected(kept.error());
    }
    if (*kept) {
        return std::move(**kept);
    }
    const auto others = runs.keptEpochs(run);
    if (!others) {
        return tl::unexpected(others.error());
    }
    epochs.insert(epochs.end(), others->begin(), others->end());
    std::string list;
    for (const std::int64_t known : epochs) {
        list += (list.empty() ? "" : ", ") + std::to_string(known);
    }
    return fail(ErrorCode::NotFound, name + " has not kept epoch " + std::to_string(*epoch) + ".",
                list.empty() ? "It has kept none; see keep_best." : "It has kept: " + list + ".");
}

} // namespace

Result<SavedModel> modelOfRun(store::Project& project, std::int64_t run, std::optional<std::int64_t> epoch)
{
    store::Runs runs(project);
    const auto record = runs.byId(run);
    if (!record) {
        return tl::unexpected(record.error());
    }
    const auto checkpoint = checkpointOf(runs, run, epoch);
    if (!checkpoint) {
        return tl::unexpected(checkpoint.error());
    }
    const std::string where = "The checkpoint of run " + std::to_string(run);
    auto file = nn::parseSafetensors(checkpoint->tensors, where);
    if (!file) {
        return tl::unexpected(file.error());
    }
    auto model = fromTensorFile(std::move(*file), where);
    if (!model) {
        return tl::unexpected(model.error());
    }
    takeOptimiserState(model->weights);
    const auto metrics = runs.metrics(run, checkpoint->epoch);
    if (!metrics) {
        return tl::unexpected(metrics.error());
    }
    model->summary = summaryOf(*record, *checkpoint, *metrics);
    return model;
}

Result<std::unique_ptr<nn::Model>> instantiate(const SavedModel& saved, const nn::ModelFactory& factory,
                                               const nn::ModelOptions& options)
{
    auto model = factory(saved.spec, options);
    if (!model) {
        return model;
    }
    PAPILIO_TRY((*model)->setWeights(saved.weights));
    return model;
}

} // namespace papilio::learn
