// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/coverage.h"
#include "data/pairs.h"
#include "engine/nearest.h"
#include "engine/serve/job.h"
#include "engine/serve/methods.h"
#include "store/project.h"

namespace papilio::engine
{

namespace
{

using nlohmann::json;

Result<json> pairs(const json& params, Job& job)
{
    auto project = store::Project::open(params.at("project").get<std::string>(), store::Access::ReadWrite);
    if (!project)
        return tl::unexpected<Error>(project.error());
    const auto dataset = params.at("dataset").get<std::int64_t>();
    PAPILIO_TRY(data::ensurePairs(*project, dataset, params.value("other", dataset), job));
    return json::object();
}

Result<json> coverage(const json& params, Job& job)
{
    const std::string name = params.at("order").get<std::string>();
    const auto order = data::moleculeOrderFromName(name);
    if (!order)
        return fail(ErrorCode::Usage, "There is no order '" + name + "'.",
                    didYouMean(name, {"import", "coverage", "scaffold", "cluster"}));
    auto project = store::Project::open(params.at("project").get<std::string>(), store::Access::ReadWrite);
    if (!project)
        return tl::unexpected<Error>(project.error());
    PAPILIO_TRY(data::ensureCoverage(*project, *order, job));
    return json::object();
}

} // namespace

std::vector<Method> statisticsMethods()
{
    const Param project{"project", ParamType::String, true};
    return {{"tasks.pairs",
             Method::Kind::Write,
             {project, {"dataset", ParamType::Integer, true}, {"other", ParamType::Integer}},
             pairs},
            {"coverage.order", Method::Kind::Write, {project, {"order", ParamType::String, true}}, coverage}};
}

} // namespace papilio::engine
