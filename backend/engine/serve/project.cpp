// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/project.h"

#include "engine/serve/methods.h"

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

} // namespace

std::vector<Method> projectMethods()
{
    return {{"project.create", Method::Kind::Write, {{"path", ParamType::String, true}}, createProject}};
}

} // namespace papilio::engine
