// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/import.h"

#include "data/sample.h"
#include "engine/importrequest.h"
#include "engine/jsonchem.h"
#include "engine/readingoptions.h"
#include "engine/serve/job.h"
#include "engine/serve/methods.h"

namespace papilio::engine
{

namespace
{

using nlohmann::json;

Result<data::ColumnChoice> choiceOf(const json& params)
{
    auto choice = columnChoice(params.value("smiles", ""), params.value("labels", ""), params.value("level", ""),
                               params.value("kind", ""));
    if (choice && params.contains("reading"))
        PAPILIO_TRY(addReading(params.at("reading"), *choice));
    return choice;
}

Result<json> createSample(const json& params, Job& job)
{
    const std::string path = params.at("path").get<std::string>();
    PAPILIO_TRY(data::createSample(path, job));
    return json{{"path", path}};
}

Result<json> preview(const json& params, Job&)
{
    const auto choice = choiceOf(params);
    if (!choice)
        return tl::unexpected<Error>(choice.error());
    const auto seen = data::previewFile(params.at("file").get<std::string>(), *choice);
    if (!seen)
        return tl::unexpected<Error>(seen.error());
    return previewToJson(*seen);
}

Result<json> runImport(const json& params, Job& job)
{
    const auto choice = choiceOf(params);
    if (!choice)
        return tl::unexpected<Error>(choice.error());
    data::ImportOptions options;
    options.dataset = params.value("dataset", "");
    options.columns = *choice;
    options.replace = params.value("replace", false);
    if (params.contains("recipe")) {
        const auto recipe = recipeFromJson(params.at("recipe").dump());
        if (!recipe)
            return tl::unexpected<Error>(recipe.error());
        options.recipe = *recipe;
    }
    const auto files = params.at("files").get<std::vector<std::string>>();
    if (files.empty())
        return fail(ErrorCode::Usage, "import.run needs at least one file.");
    auto project = store::Project::openOrCreate(params.at("project").get<std::string>());
    if (!project)
        return tl::unexpected<Error>(project.error());
    const auto reports = data::importFiles(*project, files, options, job);
    if (!reports)
        return tl::unexpected<Error>(reports.error());
    return json{{"reports", reportsToJson(*reports)}};
}

} // namespace

std::vector<Method> importMethods()
{
    const Param smiles{"smiles", ParamType::String}, labels{"labels", ParamType::String},
        level{"level", ParamType::String}, kind{"kind", ParamType::String}, reading{"reading", ParamType::Object};
    return {{"sample.create", Method::Kind::Write, {{"path", ParamType::String, true}}, createSample},
            {"import.preview",
             Method::Kind::Read,
             {{"file", ParamType::String, true}, smiles, labels, level, kind, reading},
             preview},
            {"import.run",
             Method::Kind::Write,
             {{"project", ParamType::String, true},
              {"files", ParamType::StringList, true},
              {"dataset", ParamType::String},
              smiles,
              labels,
              level,
              kind,
              reading,
              {"replace", ParamType::Boolean},
              {"recipe", ParamType::Object}},
             runImport}};
}

} // namespace papilio::engine
