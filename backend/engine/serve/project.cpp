// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/project.h"

#include "engine/rowsfile.h"
#include "engine/serve/methods.h"
#include "store/datasets.h"

namespace papilio::engine
{

namespace
{

using nlohmann::json;

Result<json> createProject(const json& params, Job&)
{
    const auto project = store::Project::create(params.at("path").get<std::string>());
    if (!project)
        return tl::unexpected<Error>(project.error());
    return json{{"path", project->path()}};
}

Result<json> exportRows(const json& params, Job&)
{
    const std::string word = params.value("status", "");
    const auto status = store::rowStatusFromName(word);
    if (!word.empty() && !status)
        return fail(ErrorCode::Usage, "There is no status '" + word + "'.",
                    "Statuses: used, merged, repaired, rejected.");
    auto project = store::Project::open(params.at("project").get<std::string>(), store::Access::ReadOnly);
    if (!project)
        return tl::unexpected<Error>(project.error());
    const auto dataset = store::Datasets(*project).byName(params.at("dataset").get<std::string>());
    if (!dataset)
        return tl::unexpected<Error>(dataset.error());
    const std::string path = params.at("path").get<std::string>();
    const auto rows = writeRows(*project, *dataset, {status, params.value("reason", "")}, path, params.value("source", false));
    if (!rows)
        return tl::unexpected<Error>(rows.error());
    return json{{"rows", *rows}, {"path", path}};
}

} // namespace

std::vector<Method> projectMethods()
{
    return {{"project.create", Method::Kind::Write, {{"path", ParamType::String, true}}, createProject},
            {"rows.export",
             Method::Kind::Read,
             {{"project", ParamType::String, true},
              {"dataset", ParamType::String, true},
              {"path", ParamType::String, true},
              {"status", ParamType::String},
              {"reason", ParamType::String},
              {"source", ParamType::Boolean}},
             exportRows}};
}

} // namespace papilio::engine
