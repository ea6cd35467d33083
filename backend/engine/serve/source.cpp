// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/serve/source.h"

#include <nlohmann/json.hpp>

namespace papilio::engine
{

Result<ModelSource> modelSource(const nlohmann::json& params)
{
    ModelSource source;
    source.project = params.value("project", "");
    source.file = params.value("model", "");
    source.run = params.value("run", std::int64_t{0});
    if (params.contains("run") && source.run <= 0)
        return fail(ErrorCode::Usage, "The parameter 'run' must be the number of a run, from 1 on.");
    if (source.run != 0 && !source.file.empty())
        return fail(ErrorCode::Usage, "The parameters 'run' and 'model' exclude each other.");
    if (source.run != 0 && source.project.empty())
        return fail(ErrorCode::Usage, "The parameter 'run' needs the parameter 'project'.");
    return source;
}

Result<ModelSource> neededModelSource(const nlohmann::json& params)
{
    auto source = modelSource(params);
    if (source && !source->given())
        return fail(ErrorCode::Usage, "Say which model: 'project' and 'run', or 'model'.");
    return source;
}

} // namespace papilio::engine
