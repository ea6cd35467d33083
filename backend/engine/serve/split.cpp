// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/serve/job.h"
#include "engine/serve/methods.h"
#include "engine/splitting.h"
#include "engine/trainrequest.h"

namespace papilio::engine
{

namespace
{

/// What every method here begins with: the project, the configuration, and the split that comes of them.
struct Made {
    store::Project project;
    SplitJob job;
    data::MadeSplit made;
};

Result<Made> make(const json& params, Job& job, store::Access access)
{
    const auto request = trainRequestFromJson(params.at("config"));
    if (!request)
        return tl::unexpected<Error>(request.error());
    const auto config = resolve(*request);
    if (!config)
        return tl::unexpected<Error>(config.error());
    auto project = store::Project::open(params.at("project").get<std::string>(), access);
    if (!project)
        return tl::unexpected<Error>(project.error());
    auto splitJob = splitJobOf(*project, *config, job);
    if (!splitJob)
        return tl::unexpected<Error>(splitJob.error());
    auto split = makeSplitOf(*project, *splitJob, *config, job);
    if (!split)
        return tl::unexpected<Error>(split.error());
    return Made{std::move(*project), std::move(*splitJob), std::move(*split)};
}

Result<json> report(const json& params, Job& job)
{
    auto made = make(params, job, store::Access::ReadOnly);
    if (!made)
        return tl::unexpected<Error>(made.error());
    const auto told = data::reportSplit(made->project, made->job.request, made->made.split, job);
    if (!told)
        return tl::unexpected<Error>(told.error());
    json result = splitToJson(made->made.split);
    result["notes"] = made->made.notes;
    result["report"] = splitReportToJson(*told);
    return result;
}

Result<json> keep(const json& params, Job& job)
{
    auto made = make(params, job, store::Access::ReadWrite);
    if (!made)
        return tl::unexpected<Error>(made.error());
    const auto id = store::Runs(made->project).addSplit(made->made.split);
    if (!id)
        return tl::unexpected<Error>(id.error());
    made->made.split.id = *id;
    json result = splitToJson(made->made.split);
    result["notes"] = made->made.notes;
    return result;
}

Result<json> list(const json& params, Job&)
{
    auto project = store::Project::open(params.at("project").get<std::string>(), store::Access::ReadOnly);
    if (!project)
        return tl::unexpected<Error>(project.error());
    const auto splits = store::Runs(*project).splits();
    if (!splits)
        return tl::unexpected<Error>(splits.error());
    json all = json::array();
    for (const store::Split& split : *splits)
        all.push_back(splitToJson(split));
    return json{{"splits", all}};
}

Result<json> exportTo(const json& params, Job& job)
{
    auto made = make(params, job, store::Access::ReadOnly);
    if (!made)
        return tl::unexpected<Error>(made.error());
    const auto files = exportSplit(made->project, made->job, made->made.split, params.at("path").get<std::string>());
    if (!files)
        return tl::unexpected<Error>(files.error());
    return json{{"files", *files}};
}

} // namespace

std::vector<Method> splitMethods()
{
    const Param project{"project", ParamType::String, true}, config{"config", ParamType::Object, true};
    return {{"split.report", Method::Kind::Read, {project, config}, report},
            {"split.store", Method::Kind::Write, {project, config}, keep},
            {"split.list", Method::Kind::Read, {project}, list},
            {"split.export", Method::Kind::Read, {project, config, {"path", ParamType::String, true}}, exportTo}};
}

} // namespace papilio::engine
