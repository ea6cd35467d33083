// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/predictfile.h"

#include "engine/serve/job.h"
#include "engine/serve/methods.h"
#include "engine/serve/source.h"

namespace papilio::engine
{

namespace
{

using nlohmann::json;

Result<json> predict(const json& params, Job& job)
{
    const auto source = neededModelSource(params);
    if (!source)
        return tl::unexpected<Error>(source.error());
    const auto model = job.models().get(*source);
    if (!model)
        return tl::unexpected<Error>(model.error());
    const std::string out = params.at("out").get<std::string>();
    PredictRequest request{params.at("file").get<std::string>(), out, "", {}};
    if (params.contains("tasks"))
        request.tasks = params["tasks"].get<std::vector<std::string>>();
    const auto report = predictFile(**model, request, job);
    if (!report)
        return tl::unexpected<Error>(report.error());
    return json{{"rows", report->rows}, {"predicted", report->predicted}, {"rejected", report->rejected}, {"out", out}};
}

} // namespace

std::vector<Method> predictMethods()
{
    return {{"predict.file",
             Method::Kind::Read,
             {{"project", ParamType::String},
              {"run", ParamType::Integer},
              {"model", ParamType::String},
              {"file", ParamType::String, true},
              {"out", ParamType::String, true},
              {"tasks", ParamType::StringList}},
             predict}};
}

} // namespace papilio::engine
