// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <set>

#include <nlohmann/json.hpp>

#include "core/text.h"
#include "learn/foreignfiles.h"
#include "learn/modelcodec.h"
#include "learn/modellibrary.h"
#include "learn/mupbase.h"
#include "learn/tasklist.h"
#include "nn/parameters.h"
#include "nn/published.h"
#include "nn/publishedinputs.h"
#include "nn/yamlconfig.h"

namespace papilio::learn
{

namespace
{

using Json = nlohmann::ordered_json;

/// The part of a configuration under a path; null where it is missing.
Json part(const Json& json, const std::string& pointer)
{
    const Json::json_pointer at(pointer);
    return json.contains(at) ? json.at(at) : Json(nullptr);
}

Result<double> divisorOf(const std::string& baseShapes, const nn::TensorMap& weights, const std::string& where)
{
    std::map<std::string, std::vector<std::int64_t>> shapes;
    for (const auto& [name, tensor] : weights) {
        shapes[name] = tensor.shape;
    }
    return mupDivisorOf(baseShapes, shapes, where + ": base_shape.yaml");
}

Result<nn::PublishedOptions> optionsOf(const Json& config, const ForeignFiles& files, const std::string& where)
{
    nn::PublishedOptions options;
    if (const Json features = part(config, "/datamodule/args/featurization"); features.is_object()) {
        auto inputs = nn::featureSetFromPublished(features);
        if (!inputs) {
            return tl::unexpected(inputs.error());
        }
        options.inputs = std::move(*inputs);
    }
    options.inputs = asPublished(std::move(options.inputs));
    if (const Json losses = part(config, "/predictor/loss_fun"); losses.is_object()) {
        for (const auto& [head, loss] : losses.items()) {
            auto task = nn::taskFromPublished(nlohmann::json(loss));
            if (!task) {
                return tl::unexpected(task.error());
            }
            options.tasks[head] = std::move(*task);
        }
    }
    if (!files.baseShapes.empty()) {
        const auto divisor = divisorOf(files.baseShapes, files.weights.tensors, where);
        if (!divisor) {
            return tl::unexpected(divisor.error());
        }
        options.mupDivisor = *divisor;
    } else if (part(config, "/architecture/mup_base_path").is_null()) {
        options.mupDivisor = 2; // the library's own choice
    } else {
        return fail(ErrorCode::BadInput, where + ": its configuration names a file of base shapes that is not there.",
                    "Put base_shape.yaml beside the weights: outputs depend on it.");
    }
    return options;
}

/// ε of GIN layers is stored with the weights and always 0 there; nothing of ours has it.
Result<> dropEpsilons(nn::TensorMap& weights, const std::string& where)
{
    for (auto at = weights.begin(); at != weights.end();) {
        if (!at->first.ends_with(".eps")) {
            ++at;
            continue;
        }
        if (std::any_of(at->second.values.begin(), at->second.values.end(), [](float value) { return value != 0; })) {
            return fail(ErrorCode::Unsupported, where + ": '" + at->first + "' is not 0.",
                        "Layers with an ε of their own are not offered.");
        }
        at = weights.erase(at);
    }
    return {};
}

/// Published checkpoints are loaded without insisting on every tensor: MiniMol's has none for the norm behind its shared
/// graph network, so that norm works with weights 1 and biases 0. Norms alone are completed so; returns their names.
std::vector<std::string> fillNorms(const nn::ModelSpec& spec, nn::TensorMap& weights)
{
    std::vector<std::string> filled;
    for (const nn::Parameter& parameter : nn::listParameters(spec)) {
        const bool weight = parameter.role == nn::Parameter::Role::NormWeight;
        if ((weight || parameter.role == nn::Parameter::Role::NormBias) && !weights.contains(parameter.name)) {
            nn::HostTensor tensor{parameter.shape, {}};
            tensor.values.assign(static_cast<std::size_t>(parameter.count()), weight ? 1.0F : 0.0F);
            weights[parameter.name] = std::move(tensor);
            filled.push_back(parameter.name);
        }
    }
    return filled;
}

std::string shapeText(const std::vector<std::int64_t>& shape)
{
    std::string text;
    for (const std::int64_t size : shape) {
        text += (text.empty() ? "" : " × ") + std::to_string(size);
    }
    return text.empty() ? "a single number" : text;
}

Result<> checkWeights(const nn::ModelSpec& spec, const nn::TensorMap& weights, const std::string& where)
{
    std::set<std::string> known;
    for (const nn::Parameter& parameter : nn::listParameters(spec)) {
        known.insert(parameter.name);
        const auto found = weights.find(parameter.name);
        if (found == weights.end()) {
            return fail(ErrorCode::BadInput, where + ": the tensor '" + parameter.name + "' is missing.",
                        "Weights and configuration do not belong together.");
        }
        if (found->second.shape != parameter.shape) {
            return fail(ErrorCode::BadInput, where + ": '" + parameter.name + "' is " +
                                                 shapeText(found->second.shape) + ", but the configuration makes it " +
                                                 shapeText(parameter.shape) + ".",
                        "Weights and configuration do not belong together.");
        }
        for (const float value : found->second.values) {
            if (!std::isfinite(value)) {
                return fail(ErrorCode::Damaged, where + ": '" + parameter.name + "' has values that are no numbers.");
            }
        }
    }
    for (const auto& [name, tensor] : weights) {
        if (!known.contains(name)) {
            return fail(ErrorCode::BadInput, where + ": nothing in the configuration has the tensor '" +
                                                 elided(toUtf8(name), 100) + "'.",
                        "Weights and configuration do not belong together.");
        }
    }
    return {};
}

std::string libraryName(const std::string& package)
{
    std::string name;
    for (const char c : package) {
        const bool fits = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
                          c == '_' || c == '-';
        name += fits ? c : '-';
    }
    return name.empty() || name[0] == '.' ? "model" + name : name;
}

/// "MIT License" → "MIT"; the first line that says something.
std::string licenceName(const std::string& text)
{
    for (const std::string& line : split(text, '\n')) {
        std::string name{trimmed(line)};
        if (!name.empty()) {
            const auto end = name.find(" License");
            return elided(name.substr(0, end), 60);
        }
    }
    return "not known";
}

ModelCard cardOf(const ForeignFiles& files, const Json& config, const nn::ModelSpec& spec)
{
    ModelCard card;
    card.name = libraryName(files.package);
    card.title = files.package;
    card.licence = licenceName(files.licenceText);
    card.licenceText = files.licenceText;
    card.source = files.source;
    for (const nn::HeadSpec& head : spec.heads) {
        card.trainedOn += (card.trainedOn.empty() ? "" : ", ") + head.dataset;
    }
    if (part(config, "/constants/name") == "minimol") {
        card.title = "MiniMol";
        card.trainedOn = "LargeMix (" + card.trainedOn + "): about 6 million molecules, 526 million labels";
        card.citation = "K. Kläser, B. Banaszewski, S. Maddrell-Mander, C. McLean, L. Müller, A. Parviz, S. Huang, "
                        "A. Fitzgibbon: MiniMol: A Parameter-Efficient Foundation Model for Molecular Learning, 2024. "
                        "arXiv 2404.14986";
        card.notes.emplace_back("It has seen most public assays, those of Tox21 among them: a result on Tox21, ToxCast "
                                "or a public ADMET set is no test of it.");
    } else if (!files.homepage.empty()) {
        card.citation = files.homepage;
    }
    const auto stored = files.weights.metadata.find("stored_as");
    if (stored != files.weights.metadata.end() && stored->second != "float32") {
        card.notes.push_back("Its weights were stored as " + stored->second + "; it computes in single precision.");
    }
    return card;
}

Result<ForeignModel> ownModel(nn::TensorFile file, const std::string& path)
{
    auto model = fromTensorFile(std::move(file), "'" + path + "'");
    if (!model) {
        return tl::unexpected(model.error());
    }
    ForeignModel foreign;
    foreign.model = std::move(*model);
    const auto& summary = foreign.model.summary;
    const std::string name = summary.is_object() && summary.contains("name") && summary["name"].is_string()
                                 ? summary["name"].get<std::string>()
                                 : foreign.model.spec.architecture.name;
    foreign.card.name = libraryName(name);
    foreign.card.title = name;
    foreign.card.licence = "yours";
    foreign.card.source = path;
    for (const nn::HeadSpec& head : foreign.model.spec.heads) {
        if (foreign.card.trainedOn.find(head.dataset) == std::string::npos) {
            foreign.card.trainedOn += (foreign.card.trainedOn.empty() ? "" : ", ") + head.dataset;
        }
    }
    return foreign;
}

} // namespace

Result<ForeignModel> readForeignModel(const std::string& path)
{
    auto files = collectForeignFiles(path);
    if (!files) {
        return tl::unexpected(files.error());
    }
    if (files->weights.metadata.contains("format_version") && files->weights.metadata.contains("spec")) {
        return ownModel(std::move(files->weights), path);
    }
    const std::string where = "'" + path + "'";
    if (files->config.empty()) {
        return fail(ErrorCode::BadInput, where + ": there is no configuration of the network.",
                    "Put the run's config.yaml beside the weights: shapes alone do not tell what is computed.");
    }
    const auto yaml = nn::parseYaml(files->config, where + ": config.yaml");
    if (!yaml) {
        return tl::unexpected(yaml.error());
    }
    const Json architecture = part(yaml->value, "/architecture");
    if (!architecture.is_object()) {
        return fail(ErrorCode::BadInput, where + ": its configuration has no 'architecture'.");
    }
    PAPILIO_TRY(dropEpsilons(files->weights.tensors, where));
    const auto options = optionsOf(yaml->value, *files, where);
    if (!options) {
        return tl::unexpected(options.error());
    }
    auto spec = nn::specFromPublished(architecture, nullptr, *options);
    if (!spec) {
        return tl::unexpected(spec.error());
    }
    const auto filled = fillNorms(*spec, files->weights.tensors);
    PAPILIO_TRY(checkWeights(*spec, files->weights.tensors, where));
    ForeignModel foreign;
    foreign.card = cardOf(*files, yaml->value, *spec);
    auto notes = nameTasks(spec->heads, files->tasks, where + ": tasks.json");
    if (!notes) {
        return tl::unexpected(notes.error());
    }
    foreign.card.notes.insert(foreign.card.notes.end(), notes->begin(), notes->end());
    if (!filled.empty()) {
        foreign.card.notes.push_back("The checkpoint lacks " + std::to_string(filled.size()) + " tensors of norms (" +
                                     filled.front() + (filled.size() > 1 ? " …" : "") +
                                     "): they are 1 and 0, as the published library loads them.");
    }
    spec->architecture.name = foreign.card.name;
    if (spec->architecture.title.empty()) {
        spec->architecture.title = foreign.card.title;
    }
    for (const nn::HeadSpec& head : spec->heads) {
        foreign.model.normalisation.emplace_back(head.columns.size());
    }
    foreign.model.summary = {{"source", foreign.card.source}, {"config", nlohmann::json(yaml->value)}};
    foreign.model.spec = std::move(*spec);
    foreign.model.weights = std::move(files->weights.tensors);
    return foreign;
}

} // namespace papilio::learn
