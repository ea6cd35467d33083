// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lookup.h"

#include "chem/conformer.h"
#include "chem/depict.h"
#include "data/structures.h"
#include "engine/explanation.h"
#include "engine/json.h"
#include "engine/jsonchem.h"
#include "engine/nearest.h"
#include "engine/serve/job.h"
#include "engine/serve/methods.h"
#include "engine/serve/source.h"
#include "store/coordinates.h"
#include "store/datasets.h"
#include "store/molecules.h"

namespace papilio::engine
{

namespace
{

constexpr std::size_t mostDepictions = 500;

json depictOne(const std::string& smiles)
{
    const auto molecule = data::readStructure(smiles, false);
    if (!molecule)
        return {{"smiles", smiles}, {"error", molecule.error().message}};
    const auto depiction = chem::depict(*molecule);
    if (!depiction)
        return {{"smiles", smiles}, {"error", depiction.error().message}};
    return {{"smiles", smiles}, {"canonical", molecule->canonicalSmiles()}, {"depiction", depictionToJson(*depiction)}};
}

Result<json> depict(const json& params, Job& job)
{
    const json& list = params.at("smiles");
    if (list.size() > mostDepictions)
        return fail(ErrorCode::Usage,
                    "molecule.depict takes " + std::to_string(mostDepictions) + " molecules at most.");
    json molecules = json::array();
    for (const json& smiles : list) {
        if (job.stopRequested())
            return fail(ErrorCode::Stopped, "The drawing was stopped.");
        molecules.push_back(depictOne(smiles.get<std::string>()));
    }
    return json{{"molecules", std::move(molecules)}};
}

Result<json> lookup(const json& params, Job& job)
{
    const auto source = modelSource(params);
    if (!source)
        return tl::unexpected<Error>(source.error());
    return lookUp(job.models(), params.at("smiles").get<std::string>(), *source);
}

Result<ExplainRequest> explainRequest(const json& params)
{
    ExplainRequest request;
    request.smiles = params.at("smiles").get<std::string>();
    request.head = params.at("head").get<std::string>();
    request.task = params.at("task").get<std::string>();
    if (params.contains("class"))
        request.classIndex = params.at("class").get<std::int64_t>();
    const std::string name = params.value("method", "gradient-input");
    const auto method = explain::methodFromName(name);
    if (!method)
        return fail(ErrorCode::Usage, "There is no method '" + name + "'.",
                    didYouMean(name, {"gradient-input", "integrated-gradients"},
                               "Methods: gradient-input, integrated-gradients."));
    request.method = *method;
    return request;
}

Result<json> explain(const json& params, Job& job)
{
    const auto request = explainRequest(params);
    if (!request)
        return tl::unexpected<Error>(request.error());
    const auto source = neededModelSource(params);
    if (!source)
        return tl::unexpected<Error>(source.error());
    const auto model = job.models().get(*source);
    if (!model)
        return tl::unexpected<Error>(model.error());
    const auto explanation = explainMolecule(**model, *request);
    if (!explanation)
        return tl::unexpected<Error>(explanation.error());
    json result = attributionToJson(explanation->attribution, explanation->hasBonds);
    if (explanation->classIndex >= 0)
        result["class"] = explanation->classIndex;
    return result;
}

/// The coordinates that a dataset of the project has of the molecule; null if none has.
Result<json> storedConformer(const std::string& path, const chem::Molecule& molecule)
{
    auto project = store::Project::open(path, store::Access::ReadOnly);
    if (!project)
        return tl::unexpected<Error>(project.error());
    const auto id = store::Molecules(*project).idOf(molecule.canonicalSmiles());
    if (!id)
        return tl::unexpected<Error>(id.error());
    if (!*id)
        return json();
    const auto found = store::CoordinateTable(*project).anyOf(**id);
    if (!found)
        return tl::unexpected<Error>(found.error());
    if (!*found)
        return json();
    const auto placed = chem::placedConformer(molecule, (*found)->coordinates);
    if (!placed)
        return tl::unexpected<Error>(placed.error());
    json result = conformerToJson(*placed);
    const auto datasets = store::Datasets(*project).all();
    for (const auto& dataset : datasets ? *datasets : std::vector<store::DatasetRecord>())
        if (dataset.id == (*found)->dataset)
            result["dataset"] = dataset.name;
    return result;
}

Result<json> conformer(const json& params, Job&)
{
    const auto molecule = data::readStructure(params.at("smiles").get<std::string>(), false);
    if (!molecule)
        return tl::unexpected<Error>(molecule.error());
    if (params.contains("project")) {
        auto stored = storedConformer(params.at("project").get<std::string>(), *molecule);
        if (!stored || !stored->is_null())
            return stored;
    }
    const auto embedded = chem::embedConformer(*molecule);
    if (!embedded)
        return tl::unexpected<Error>(embedded.error());
    return conformerToJson(*embedded);
}

} // namespace

std::vector<Method> moleculeMethods()
{
    const Param smiles{"smiles", ParamType::String, true}, project{"project", ParamType::String},
        run{"run", ParamType::Integer}, model{"model", ParamType::String};
    return {{"molecule.depict", Method::Kind::Read, {{"smiles", ParamType::StringList, true}}, depict},
            {"molecule.lookup", Method::Kind::Read, {smiles, project, run, model}, lookup},
            {"molecule.explain",
             Method::Kind::Read,
             {smiles,
              project,
              run,
              model,
              {"head", ParamType::String, true},
              {"task", ParamType::String, true},
              {"method", ParamType::String},
              {"class", ParamType::Integer}},
             explain},
            {"molecule.conformer", Method::Kind::Read, {smiles, project}, conformer}};
}

} // namespace papilio::engine
