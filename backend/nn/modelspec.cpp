// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/text.h"
#include "nn/architecture.h"
#include "nn/describe.h"
#include "nn/names.h"

namespace papilio::nn
{

namespace
{

using Json = nlohmann::json;

tl::unexpected<Error> badHead(const std::string& what, const std::string& hint = {})
{
    return fail(ErrorCode::BadInput, "model: " + what + ".", hint);
}

Result<HeadSpec> headFromJson(const Json& json, const Architecture& architecture)
{
    HeadSpec head;
    const std::string where = "model: head";
    Json present = json;
    if (json.is_object() && json.contains("hidden") && !json.contains("mlp")) {
        // Before format 2 a head had nothing but a width of its own.
        present.erase("hidden");
        head.mlp = architecture.heads.mlp;
        PAPILIO_TRY(options::read(options::describeHidden(head.mlp), {{"hidden", json["hidden"]}}, where));
    }
    PAPILIO_TRY(options::read(options::describe(head), present, where));
    if (head.columns.empty()) {
        return badHead("head '" + elided(head.name, 60) + "' needs a list of columns");
    }
    if (head.kind == TaskKind::Multiclass && head.classes < 2) {
        return badHead("head '" + elided(head.name, 60) + "' does not tell its number of classes",
                       "A head of several classes has 'classes' of 2 or more.");
    }
    if (!json.contains("mlp") && !json.contains("hidden")) {
        const LossSpec loss = head.loss;
        applyHeadDefaults(architecture, head);
        head.loss = json.contains("loss") ? loss : head.loss;
    } else if (!json.contains("loss")) {
        const MlpSpec mlp = head.mlp;
        applyHeadDefaults(architecture, head);
        head.mlp = mlp;
    }
    head.mlp.outDim = head.outputWidth();
    return head;
}

} // namespace

Result<ModelSpec> modelSpecFromJson(const Json& json)
{
    if (!json.is_object() || !json.contains("architecture") || !json.contains("heads") || !json["heads"].is_array()) {
        return badHead("it needs an architecture and a list of heads");
    }
    for (const auto& [key, value] : json.items()) {
        if (key != "architecture" && key != "heads") {
            return unknownKey("model", key, {"architecture", "heads"});
        }
    }
    auto architecture = architectureFromJson(json["architecture"]);
    if (!architecture) {
        return tl::unexpected<Error>(std::move(architecture).error());
    }
    ModelSpec spec;
    spec.architecture = std::move(*architecture);
    for (const Json& item : json["heads"]) {
        auto head = headFromJson(item, spec.architecture);
        if (!head) {
            return tl::unexpected<Error>(std::move(head).error());
        }
        spec.heads.push_back(std::move(*head));
    }
    return spec;
}

Json modelSpecToJson(const ModelSpec& spec)
{
    Json heads = Json::array();
    for (const HeadSpec& head : spec.heads) {
        HeadSpec copy = head;
        heads.push_back(options::write(options::describe(copy)));
    }
    return {{"architecture", architectureToJson(spec.architecture)}, {"heads", std::move(heads)}};
}

} // namespace papilio::nn
