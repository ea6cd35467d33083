// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fingerprintfile.h"
#include "engine/modeladding.h"
#include "engine/modeljson.h"
#include "engine/serve/job.h"
#include "engine/serve/methods.h"
#include "engine/serve/source.h"

namespace papilio::engine
{

namespace
{

using nlohmann::json;

Result<json> listModels(const json&, Job&)
{
    const learn::ModelLibrary library;
    const auto entries = library.all();
    if (!entries)
        return tl::unexpected<Error>(entries.error());
    json models = json::array();
    for (const learn::LibraryEntry& entry : *entries)
        models.push_back(cardToJson(entry));
    return json{{"models", models}, {"folder", library.folder()}};
}

Result<json> add(const json& params, Job& job)
{
    const auto entry = addModel(params.at("path").get<std::string>(), params.value("name", ""), job);
    if (!entry)
        return tl::unexpected<Error>(entry.error());
    return cardToJson(*entry);
}

Result<json> infoOfRun(const ModelSource& source, Job& job)
{
    const auto model = job.models().get(source);
    if (!model)
        return tl::unexpected<Error>(model.error());
    learn::ModelCard card;
    card.name = (*model)->saved.summary.value("name", "run " + std::to_string(source.run));
    card.title = card.name;
    return modelToJson(entryOf((*model)->saved, std::move(card), ""), (*model)->saved);
}

Result<json> info(const json& params, Job& job)
{
    const auto source = neededModelSource(params);
    if (!source)
        return tl::unexpected<Error>(source.error());
    if (source->run != 0)
        return infoOfRun(*source, job);
    const auto found = describeModel(source->file);
    if (!found)
        return tl::unexpected<Error>(found.error());
    return modelToJson(found->entry, found->model);
}

Result<json> remove(const json& params, Job&)
{
    PAPILIO_TRY(learn::ModelLibrary().remove(params.at("model").get<std::string>()));
    return json::object();
}

Result<json> layers(const json& params, Job& job)
{
    const auto source = neededModelSource(params);
    if (!source)
        return tl::unexpected<Error>(source.error());
    const auto model = job.models().get(*source);
    if (!model)
        return tl::unexpected<Error>(model.error());
    const auto widths = layerWidths(**model);
    if (!widths)
        return tl::unexpected<Error>(widths.error());
    json list = json::array();
    for (const LayerWidth& layer : *widths)
        list.push_back({{"address", layer.address}, {"level", levelName(layer.level)}, {"width", layer.width}});
    return json{{"layers", list}};
}

Result<json> fingerprint(const json& params, Job& job)
{
    const auto source = neededModelSource(params);
    if (!source)
        return tl::unexpected<Error>(source.error());
    const std::string poolText = params.value("pool", "max");
    const auto pool = learn::poolFromName(poolText);
    if (!pool)
        return fail(ErrorCode::Usage, "There is no pooling '" + poolText + "'.", "Poolings: max, mean, sum, none.");
    const auto model = job.models().get(*source);
    if (!model)
        return tl::unexpected<Error>(model.error());
    const FingerprintRequest request{params.at("file").get<std::string>(), params.at("out").get<std::string>(), "",
                                     params.at("layer").get<std::string>(), *pool};
    const auto report = fingerprintFile(**model, request, job);
    if (!report)
        return tl::unexpected<Error>(report.error());
    return json{{"rows", report->rows},
                {"computed", report->computed},
                {"rejected", report->rejected},
                {"width", report->width},
                {"out", request.output}};
}

} // namespace

std::vector<Method> modelMethods()
{
    const std::vector<Param> source = {
        {"project", ParamType::String}, {"run", ParamType::Integer}, {"model", ParamType::String}};
    std::vector<Param> file = source;
    file.insert(file.end(), {{"file", ParamType::String, true},
                             {"out", ParamType::String, true},
                             {"layer", ParamType::String, true},
                             {"pool", ParamType::String}});
    return {{"model.list", Method::Kind::Read, {}, listModels},
            {"model.add",
             Method::Kind::Write,
             {{"path", ParamType::String, true}, {"name", ParamType::String}},
             add},
            {"model.info", Method::Kind::Read, source, info},
            {"model.remove", Method::Kind::Write, {{"model", ParamType::String, true}}, remove},
            {"model.layers", Method::Kind::Read, source, layers},
            {"fingerprint.file", Method::Kind::Read, file, fingerprint}};
}

} // namespace papilio::engine
