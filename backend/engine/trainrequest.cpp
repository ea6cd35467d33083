// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/trainrequest.h"

#include <thread>

#include "core/text.h"
#include "engine/chemistry.h"
#include "engine/json.h"
#include "engine/nearest.h"
#include "learn/rundocument.h"
#include "nn/torchmodel.h"

namespace papilio::engine
{

namespace
{

/// The parameters of a training's "config", checked as those of a method are.
const Method& configShape()
{
    static const Method shape{"config",
                              Method::Kind::Read,
                              {{"preset", ParamType::String, true},
                               {"tasks", ParamType::StringList},
                               {"split", ParamType::String},
                               {"seed", ParamType::Integer},
                               {"epochs", ParamType::Integer},
                               {"set", ParamType::Object}},
                              nullptr};
    return shape;
}

} // namespace

Result<TrainRequest> trainRequestFromJson(const json& config)
{
    PAPILIO_TRY(checkParams(configShape(), config));
    TrainRequest request;
    request.preset = config.at("preset").get<std::string>();
    request.tasks = config.value("tasks", std::vector<std::string>{});
    if (config.contains("split"))
        request.split = config.at("split").get<std::string>();
    if (config.contains("seed")) {
        if (!config.at("seed").is_number_unsigned())
            return fail(ErrorCode::Usage, "The seed must not be negative.");
        request.seed = config.at("seed").get<std::uint64_t>();
    }
    const json assignments = config.value("set", json::object());
    for (const auto& [key, value] : assignments.items()) {
        if (value.is_structured() || value.is_null())
            return fail(ErrorCode::Usage, "The value of '" + key + "' in 'set' must be a text or a number.");
        request.assignments.push_back(key + "=" + (value.is_string() ? value.get<std::string>() : value.dump()));
    }
    if (config.contains("epochs"))
        request.assignments.push_back("epochs=" + config.at("epochs").dump());
    return request;
}

Result<nn::Architecture> presetByName(const std::string& name)
{
    auto architecture = nn::preset(name);
    if (architecture || architecture.error().code != ErrorCode::NotFound)
        return architecture;
    const std::vector<std::string> names = nn::presetNames();
    std::string all = "Presets:";
    for (const std::string& known : names)
        all += " " + known;
    return fail(ErrorCode::Usage, "There is no preset '" + elided(toUtf8(name), 60) + "'.",
                didYouMean(name, names, all + "; each also as NAME-published."));
}

Result<learn::TrainConfig> resolve(const TrainRequest& request)
{
    learn::TrainConfig config;
    if (!request.document.empty()) {
        auto document = learn::readRunDocument(request.document);
        if (!document)
            return document;
        config = std::move(*document);
    } else {
        auto architecture = presetByName(request.preset);
        if (!architecture)
            return tl::unexpected<Error>(architecture.error());
        config.architecture = std::move(*architecture);
    }
    if (!request.tasks.empty())
        config.tasks = request.tasks;
    if (request.split)
        config.split = *request.split;
    if (request.seed)
        config.seed = *request.seed;
    PAPILIO_TRY(learn::setTrainValues(config, request.assignments));
    return config;
}

std::string versionsOf(const learn::TrainConfig& config)
{
    const int threads = config.threads > 0 ? config.threads : static_cast<int>(std::thread::hardware_concurrency());
    return toLine({{"papilio", PAPILIO_VERSION},
                   {"libtorch", nn::torchVersion()},
                   {"rdkit", chemistryVersion()},
                   {"threads", threads},
                   {"device", config.device}});
}

} // namespace papilio::engine
