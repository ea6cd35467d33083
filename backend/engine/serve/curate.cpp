// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/curation.h"
#include "engine/serve/job.h"
#include "engine/serve/methods.h"
#include "store/datasets.h"

namespace papilio::engine
{

namespace
{

using nlohmann::json;

constexpr std::int64_t conflictsToldAtMost = 10'000;

Result<Recipe> recipeOf(const json& params)
{
    return recipeFromJson(params.at("recipe").dump());
}

Result<store::Project> opened(const json& params, store::Access access)
{
    return store::Project::open(params.at("project").get<std::string>(), access);
}

Result<json> state(const json& params, Job&)
{
    auto project = opened(params, store::Access::ReadOnly);
    if (!project)
        return tl::unexpected<Error>(project.error());
    const auto outcome = data::curationOf(*project, params.at("dataset").get<std::string>());
    if (!outcome)
        return tl::unexpected<Error>(outcome.error());
    return outcomeToJson(*outcome);
}

Result<json> preview(const json& params, Job& job)
{
    const auto recipe = recipeOf(params);
    if (!recipe)
        return tl::unexpected<Error>(recipe.error());
    auto project = opened(params, store::Access::ReadOnly);
    if (!project)
        return tl::unexpected<Error>(project.error());
    const auto outcome = data::previewCuration(*project, params.at("dataset").get<std::string>(), *recipe, 0, job);
    if (!outcome)
        return tl::unexpected<Error>(outcome.error());
    return outcomeToJson(*outcome);
}

Result<json> apply(const json& params, Job& job)
{
    const auto recipe = recipeOf(params);
    if (!recipe)
        return tl::unexpected<Error>(recipe.error());
    auto project = opened(params, store::Access::ReadWrite);
    if (!project)
        return tl::unexpected<Error>(project.error());
    const auto outcome = data::applyCuration(*project, params.at("dataset").get<std::string>(), *recipe, 0, job);
    if (!outcome)
        return tl::unexpected<Error>(outcome.error());
    return outcomeToJson(*outcome);
}

Result<json> conflicts(const json& params, Job&)
{
    auto project = opened(params, store::Access::ReadOnly);
    if (!project)
        return tl::unexpected<Error>(project.error());
    const auto dataset = store::Datasets(*project).byName(params.at("dataset").get<std::string>());
    if (!dataset)
        return tl::unexpected<Error>(dataset.error());
    if (params.contains("path")) {
        const auto written = writeConflicts(*project, *dataset, params.at("path").get<std::string>());
        if (!written)
            return tl::unexpected<Error>(written.error());
        return json{{"contradictions", *written}};
    }
    const std::int64_t limit = std::clamp<std::int64_t>(params.value("limit", 1000), 0, conflictsToldAtMost);
    const auto list = conflictsOf(*project, dataset->id, static_cast<std::size_t>(limit));
    if (!list)
        return tl::unexpected<Error>(list.error());
    return conflictsToJson(*list);
}

} // namespace

std::vector<Method> curateMethods()
{
    const Param project{"project", ParamType::String, true}, dataset{"dataset", ParamType::String, true},
        recipe{"recipe", ParamType::Object, true};
    return {{"curate.state", Method::Kind::Read, {project, dataset}, state},
            {"curate.preview", Method::Kind::Read, {project, dataset, recipe}, preview},
            {"curate.apply", Method::Kind::Write, {project, dataset, recipe}, apply},
            {"curate.conflicts",
             Method::Kind::Read,
             {project, dataset, {"limit", ParamType::Integer}, {"path", ParamType::String}},
             conflicts}};
}

} // namespace papilio::engine
