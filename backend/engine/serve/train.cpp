// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/trainer.h"

#include "engine/chemistry.h"
#include "engine/exportrun.h"
#include "engine/json.h"
#include "engine/remote/remoterun.h"
#include "engine/serve/job.h"
#include "engine/serve/methods.h"
#include "engine/trainrequest.h"
#include "nn/torchmodel.h"

namespace papilio::engine
{

namespace
{

Result<json> presets(const json&, Job&)
{
    return json{{"presets", presetsToJson()}};
}

Result<json> options(const json& params, Job&)
{
    learn::TrainConfig config;
    if (params.contains("preset") && params.contains("set")) {
        const auto request = trainRequestFromJson({{"preset", params.at("preset")}, {"set", params.at("set")}});
        if (!request)
            return tl::unexpected<Error>(request.error());
        auto resolved = resolve(*request);
        if (!resolved)
            return tl::unexpected<Error>(resolved.error());
        config = std::move(*resolved);
    } else if (params.contains("preset")) {
        auto architecture = presetByName(params.at("preset").get<std::string>());
        if (!architecture)
            return tl::unexpected<Error>(architecture.error());
        config.architecture = std::move(*architecture);
    }
    return json{{"options", optionsToJson(learn::trainOptions(config))}};
}

Result<learn::TrainConfig> configOf(const json& params)
{
    const auto request = trainRequestFromJson(params.at("config"));
    if (!request)
        return tl::unexpected<Error>(request.error());
    return resolve(*request);
}

Result<json> plan(const json& params, Job&)
{
    const auto config = configOf(params);
    if (!config)
        return tl::unexpected<Error>(config.error());
    auto project = store::Project::open(params.at("project").get<std::string>(), store::Access::ReadOnly);
    if (!project)
        return tl::unexpected<Error>(project.error());
    const auto planned = learn::planRun(*project, *config, splitMaker());
    if (!planned)
        return tl::unexpected<Error>(planned.error());
    return planToJson(*planned);
}

/// A training that 'train.pause' or 'train.stop' ended has a result; one that 'cancel' or the engine's end paused has
/// not.
Result<json> ended(const Result<store::RunRecord>& run, const Job& job)
{
    if (!run)
        return tl::unexpected<Error>(run.error());
    if (job.cancelled() && run->state == store::RunState::Paused)
        return fail(ErrorCode::Stopped, "Run " + std::to_string(run->id) + " was paused; it can be resumed.");
    return json{{"run", runToJson(*run)}};
}

Result<json> start(const json& params, Job& job)
{
    const auto config = configOf(params);
    if (!config)
        return tl::unexpected<Error>(config.error());
    auto project = store::Project::open(params.at("project").get<std::string>(), store::Access::ReadWrite);
    if (!project)
        return tl::unexpected<Error>(project.error());
    return ended(learn::startRun(*project, *config, versionsOf(*config), nn::createTorchModel, job, inputFiller(), splitMaker()), job);
}

Result<json> resume(const json& params, Job& job)
{
    auto project = store::Project::open(params.at("project").get<std::string>(), store::Access::ReadWrite);
    if (!project)
        return tl::unexpected<Error>(project.error());
    PAPILIO_TRY(checkTrainedHere(*project, params.at("run").get<std::int64_t>()));
    PAPILIO_TRY(store::Runs(*project).markCutOffRuns());
    return ended(learn::resumeRun(*project, params.at("run").get<std::int64_t>(), nn::createTorchModel, job, inputFiller()), job);
}

Result<json> exportModel(const json& params, Job&)
{
    auto project = store::Project::open(params.at("project").get<std::string>(), store::Access::ReadOnly);
    if (!project)
        return tl::unexpected<Error>(project.error());
    const auto bytes = exportRun(*project, params.at("run").get<std::int64_t>(), params.at("path").get<std::string>());
    if (!bytes)
        return tl::unexpected<Error>(bytes.error());
    return json{{"path", params.at("path")}, {"bytes", *bytes}};
}

} // namespace

std::vector<Method> trainMethods()
{
    const Param project{"project", ParamType::String, true}, config{"config", ParamType::Object, true},
        run{"run", ParamType::Integer, true}, path{"path", ParamType::String, true};
    return {{"train.presets", Method::Kind::Read, {}, presets},
            {"train.options", Method::Kind::Read, {{"preset", ParamType::String}, {"set", ParamType::Object}}, options},
            {"train.plan", Method::Kind::Read, {project, config}, plan},
            {"train.start", Method::Kind::Train, {project, config}, start},
            {"train.resume", Method::Kind::Train, {project, run}, resume},
            {"model.export", Method::Kind::Read, {project, run, path}, exportModel}};
}

} // namespace papilio::engine
