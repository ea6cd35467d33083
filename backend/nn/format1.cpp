// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/format1.h"

#include <nlohmann/json.hpp>

#include "core/text.h"
#include "nn/architecture.h"
#include "nn/names.h"

namespace papilio::nn
{

namespace
{

using Json = nlohmann::json;

/// All keys of the layout with the values of those that a file leaves out.
const Json& defaults()
{
    static const Json json = [] {
        const Json pre = {{"hidden", 256},           {"depth", 2}, {"dropout", 0.18}, {"layer_norm", true},
                          {"last_layer_norm", true}, {"out", 64}};
        Json edge = pre;
        edge["hidden"] = 128;
        edge["out"] = 32;
        const Json output = {
            {"hidden", 96}, {"depth", 1}, {"dropout", 0.18}, {"layer_norm", true}, {"last_layer_norm", false},
            {"out", 96}};
        return Json{
            {"name", ""},
            {"title", ""},
            {"description", ""},
            {"encoders", {{"out", 32}, {"hidden", 64}, {"layers", 2}, {"dropout", 0.1}, {"random_signs", true}}},
            {"pre_node", pre},
            {"pre_edge", edge},
            {"gnn", {{"layer", "gine"}, {"hidden", 96}, {"depth", 4}, {"dropout", 0.1}}},
            {"pooling", "sum"},
            {"output", output},
            {"output_node", output},
            {"output_edge", output},
            {"heads", {{"hidden", 64}, {"dropout", 0.18}, {"widths", Json::array()}}}};
    }();
    return json;
}

std::vector<std::string> paths(const Json& known, const std::string& prefix = {})
{
    std::vector<std::string> all;
    for (const auto& [key, value] : known.items()) {
        all.push_back(prefix + key);
        if (value.is_object()) {
            const auto inner = paths(value, prefix + key + ".");
            all.insert(all.end(), inner.begin(), inner.end());
        }
    }
    return all;
}

Result<> checkKeys(const Json& json, const Json& known, const std::string& prefix = {})
{
    for (const auto& [key, value] : json.items()) {
        const std::string path = prefix + key;
        if (!known.contains(key)) {
            auto error = unknownKey("architecture", path, paths(known, prefix));
            error.value().hint +=
                " (A description in the present layout has \"format\": " + std::to_string(architectureFormat) + ".)";
            return error;
        }
        if (known[key].is_object()) {
            if (!value.is_object()) {
                return fail(ErrorCode::BadInput,
                            "architecture: '" + path + "' must be an object, not " +
                                elided(value.dump(-1, ' ', false, Json::error_handler_t::replace), 60) + ".");
            }
            PAPILIO_TRY(checkKeys(value, known[key], path + "."));
        }
    }
    return {};
}

Result<Json> normName(const Json& value, const std::string& path)
{
    if (!value.is_boolean()) {
        return fail(ErrorCode::BadInput, "architecture: '" + path + "' must be true or false.");
    }
    return Json(value.get<bool>() ? "layer" : "none");
}

Result<Json> mlp(const Json& old, const std::string& path)
{
    auto norm = normName(old["layer_norm"], path + ".layer_norm");
    auto last = normName(old["last_layer_norm"], path + ".last_layer_norm");
    if (!norm || !last) {
        return !norm ? norm : last;
    }
    return Json{{"out", old["out"]},         {"hidden", old["hidden"]}, {"depth", old["depth"]},
                {"dropout", old["dropout"]}, {"norm", *norm},           {"last_norm", *last}};
}

Json encoders(const Json& old)
{
    Json laplacian = {{"name", "la_pos"}, {"type", "laplacian"}, {"inputs", {"laplacian_eigvec", "laplacian_eigval"}}};
    Json walks = {{"name", "rw_pos"},
                  {"type", "mlp"},
                  {"inputs", Json::array({"rw_return_probs"})},
                  {"norm", "layer"},
                  {"first_norm", "layer"}};
    for (Json* encoder : {&laplacian, &walks}) {
        for (const char* key : {"out", "hidden", "layers", "dropout"}) {
            (*encoder)[key] = old[key];
        }
    }
    return {{"out", old["out"]}, {"pool", "sum"}, {"list", {laplacian, walks}}};
}

Json gnn(const Json& old)
{
    return {{"layer", old["layer"]},     {"depth", old["depth"]},
            {"hidden", old["hidden"]},   {"out", old["hidden"]},
            {"activation", "gelu"},      {"last_activation", "gelu"},
            {"dropout", old["dropout"]}, {"last_dropout", old["dropout"]},
            {"norm", "layer"},           {"last_norm", "layer"},
            {"residual", "simple"}};
}

Result<Json> heads(const Json& old)
{
    const Json& widths = old["widths"];
    Json overrides = Json::array();
    const auto good = [](const Json& item) {
        return item.is_object() && item.size() == 2 && item.contains("dataset") && item.contains("hidden");
    };
    if (!widths.is_array() || !std::all_of(widths.begin(), widths.end(), good)) {
        return fail(ErrorCode::BadInput,
                    "architecture: 'heads.widths' must be a list of {\"dataset\": pattern, \"hidden\": width}.");
    }
    for (const Json& width : widths) {
        overrides.push_back({{"dataset", width["dataset"]}, {"options", {{"hidden", width["hidden"]}}}});
    }
    return Json{{"mlp", {{"hidden", old["hidden"]}, {"dropout", old["dropout"]}, {"depth", 2}, {"norm", "layer"}}},
                {"overrides", std::move(overrides)}};
}

} // namespace

Result<Json> architectureFromFormat1(const Json& json)
{
    PAPILIO_TRY(checkKeys(json, defaults()));
    Json old = defaults();
    old.merge_patch(json);
    Json now = {{"encoders", encoders(old["encoders"])},
                {"random_signs", old["encoders"]["random_signs"]},
                {"gnn", gnn(old["gnn"])}};
    for (const char* key : {"name", "title", "description"}) {
        now[key] = old[key];
    }
    const struct {
        const char* from;
        const char* to;
    } networks[] = {{"pre_node", "/pre_node"},        {"pre_edge", "/pre_edge"},
                    {"output", "/outputs/graph"},     {"output_node", "/outputs/node"},
                    {"output_edge", "/outputs/edge"}, {"output_edge", "/outputs/nodepair"}};
    for (const auto& network : networks) {
        auto converted = mlp(old[network.from], network.from);
        if (!converted) {
            return converted;
        }
        now[Json::json_pointer(network.to)] = std::move(*converted);
    }
    now["outputs"]["graph"]["pooling"] = Json::array({old["pooling"]});
    auto converted = heads(old["heads"]);
    if (!converted) {
        return converted;
    }
    now["heads"] = std::move(*converted);
    return now;
}

} // namespace papilio::nn
