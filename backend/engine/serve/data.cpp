// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/datasets.h"
#include "engine/serve/job.h"
#include "engine/serve/methods.h"

namespace papilio::engine
{

namespace
{

using nlohmann::json;

json outcomesToJson(const std::vector<DatasetOutcome>& outcomes)
{
    json list = json::array();
    for (const DatasetOutcome& outcome : outcomes)
        list.push_back(outcomeToJson(outcome));
    return json{{"datasets", list}};
}

Result<json> list(const json&, Job&)
{
    json sets = json::array();
    for (const data::DatasetPreset& preset : data::datasetPresets())
        sets.push_back(presetToJson(preset));
    return json{{"datasets", sets}, {"folder", data::datasetsFolder()}};
}

Result<json> find(const json& params, Job&)
{
    const auto outcomes = findDatasets(params.at("name").get<std::string>(), params.at("folder").get<std::string>());
    if (!outcomes)
        return tl::unexpected<Error>(outcomes.error());
    return outcomesToJson(*outcomes);
}

Result<json> get(const json& params, Job& job)
{
    DatasetRequest request;
    request.name = params.at("name").get<std::string>();
    request.project = params.value("project", "");
    request.from = params.value("from", "");
    request.to = params.value("to", "");
    request.replace = params.value("replace", false);
    request.withSplit = params.value("split", true);
    const auto outcomes = getDatasets(request, job);
    if (!outcomes)
        return tl::unexpected<Error>(outcomes.error());
    return outcomesToJson(*outcomes);
}

} // namespace

std::vector<Method> dataMethods()
{
    return {{"data.list", Method::Kind::Read, {}, list},
            {"data.find",
             Method::Kind::Read,
             {{"name", ParamType::String, true}, {"folder", ParamType::String, true}},
             find},
            {"data.get",
             Method::Kind::Write,
             {{"name", ParamType::String, true},
              {"project", ParamType::String},
              {"from", ParamType::String},
              {"to", ParamType::String},
              {"replace", ParamType::Boolean},
              {"split", ParamType::Boolean}},
             get}};
}

} // namespace papilio::engine
