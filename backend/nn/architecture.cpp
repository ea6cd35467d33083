// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/architecture.h"

#include <algorithm>
#include <variant>

#include <nlohmann/json.hpp>

#include "core/text.h"
#include "nn/names.h"
#include "nn/presets.h"

namespace papilio::nn
{

namespace
{

using Json = nlohmann::json;

constexpr double widest = 16384; // of any layer; beyond it a mistyped width would only eat the memory
constexpr double deepest = 100;

/// One value of an architecture under its JSON path, so that reading, writing and setting share one table.
struct Field {
    std::string path;
    std::variant<int*, double*, bool*, std::string*, LayerType*, Pooling*> value;
    double least = 0;
    double most = 0;
};

const std::vector<std::pair<std::string, LayerType>> layerNames = {
    {"gcn", LayerType::Gcn}, {"gin", LayerType::Gin}, {"gine", LayerType::Gine}};
const std::vector<std::pair<std::string, Pooling>> poolingNames = {
    {"sum", Pooling::Sum}, {"mean", Pooling::Mean}, {"max", Pooling::Max}};

void addMlp(std::vector<Field>& fields, const std::string& path, MlpSpec& mlp)
{
    fields.push_back({path + ".out", &mlp.outDim, 1, widest});
    fields.push_back({path + ".hidden", &mlp.hiddenDim, 1, widest});
    fields.push_back({path + ".depth", &mlp.depth, 1, deepest});
    fields.push_back({path + ".dropout", &mlp.dropout, 0, 0.99});
    fields.push_back({path + ".layer_norm", &mlp.layerNorm});
    fields.push_back({path + ".last_layer_norm", &mlp.lastLayerNorm});
}

std::vector<Field> fieldsOf(Architecture& a)
{
    std::vector<Field> fields = {
        {"name", &a.name},
        {"title", &a.title},
        {"description", &a.description},
        {"encoders.out", &a.encodingDim, 1, widest},
        {"encoders.hidden", &a.encoderHidden, 1, widest},
        {"encoders.layers", &a.encoderLayers, 1, deepest},
        {"encoders.dropout", &a.encoderDropout, 0, 0.99},
        {"encoders.random_signs", &a.randomSigns},
    };
    addMlp(fields, "pre_node", a.preNode);
    addMlp(fields, "pre_edge", a.preEdge);
    fields.push_back({"gnn.layer", &a.layer});
    fields.push_back({"gnn.hidden", &a.hidden, 1, widest});
    fields.push_back({"gnn.depth", &a.depth, 1, deepest});
    fields.push_back({"gnn.dropout", &a.dropout, 0, 0.99});
    fields.push_back({"pooling", &a.pooling});
    addMlp(fields, "output", a.output);
    addMlp(fields, "output_node", a.outputNode);
    addMlp(fields, "output_edge", a.outputEdge);
    fields.push_back({"heads.hidden", &a.headHidden, 1, widest});
    fields.push_back({"heads.dropout", &a.headDropout, 0, 0.99});
    return fields;
}

constexpr const char* widthsPath = "heads.widths";

std::vector<std::string> pathsOf(const std::vector<Field>& fields)
{
    std::vector<std::string> paths = {widthsPath};
    for (const Field& field : fields) {
        paths.push_back(field.path);
    }
    return paths;
}

tl::unexpected<Error> badValue(const std::string& path, const std::string& expected, const Json& given)
{
    return fail(ErrorCode::BadInput, "architecture: '" + path + "' must be " + expected + ", not " +
                                         elided(given.dump(-1, ' ', false, Json::error_handler_t::replace), 60) + ".");
}

template <typename Enum>
Result<> assignName(const Field& field, Enum* target, const std::vector<std::pair<std::string, Enum>>& names,
                    const Json& json)
{
    std::string known;
    for (const auto& [name, value] : names) {
        if (json.is_string() && equalsIgnoringCase(json.get<std::string>(), name)) {
            *target = value;
            return {};
        }
        known += (known.empty() ? "" : ", ") + name;
    }
    return badValue(field.path, "one of " + known, json);
}

std::string rangeText(const Field& field)
{
    return "from " + formatNumber(field.least) + " to " + formatNumber(field.most);
}

Result<> assign(const Field& field, const Json& json)
{
    if (auto* const* layer = std::get_if<LayerType*>(&field.value)) {
        return assignName(field, *layer, layerNames, json);
    }
    if (auto* const* pooling = std::get_if<Pooling*>(&field.value)) {
        return assignName(field, *pooling, poolingNames, json);
    }
    if (auto* const* text = std::get_if<std::string*>(&field.value)) {
        if (!json.is_string()) {
            return badValue(field.path, "a text", json);
        }
        **text = json.get<std::string>();
        return {};
    }
    if (auto* const* flag = std::get_if<bool*>(&field.value)) {
        if (!json.is_boolean()) {
            return badValue(field.path, "true or false", json);
        }
        **flag = json.get<bool>();
        return {};
    }
    const bool whole = std::holds_alternative<int*>(field.value);
    const bool fits = whole ? json.is_number_integer() : json.is_number();
    // Compared as double: a number beyond int is out of range before it is narrowed.
    if (!fits || !(json.get<double>() >= field.least && json.get<double>() <= field.most)) {
        return badValue(field.path, (whole ? "a whole number " : "a number ") + rangeText(field), json);
    }
    if (whole) {
        *std::get<int*>(field.value) = json.get<int>();
    } else {
        *std::get<double*>(field.value) = json.get<double>();
    }
    return {};
}

Result<> assignWidths(Architecture& architecture, const Json& json)
{
    if (!json.is_array()) {
        return badValue(widthsPath, "a list of {\"dataset\": pattern, \"hidden\": width}", json);
    }
    std::vector<Architecture::HeadWidth> widths;
    for (const auto& item : json) {
        if (!item.is_object() || item.size() != 2 || !item.contains("dataset") || !item["dataset"].is_string() ||
            !item.contains("hidden")) {
            return badValue(widthsPath, "a list of {\"dataset\": pattern, \"hidden\": width}", item);
        }
        Architecture::HeadWidth width;
        width.datasetPattern = item["dataset"].get<std::string>();
        PAPILIO_TRY(assign({std::string(widthsPath) + ".hidden", &width.hidden, 1, widest}, item["hidden"]));
        widths.push_back(std::move(width));
    }
    architecture.headWidths = std::move(widths);
    return {};
}

bool startsGroup(const std::vector<std::string>& paths, const std::string& path)
{
    return std::any_of(paths.begin(), paths.end(),
                       [&](const std::string& known) { return known.starts_with(path + "."); });
}

Result<> readInto(Architecture& architecture, const std::vector<Field>& fields, const Json& json,
                  const std::string& prefix)
{
    const auto paths = pathsOf(fields);
    for (const auto& [key, value] : json.items()) {
        const std::string path = prefix + key;
        const auto field =
            std::find_if(fields.begin(), fields.end(), [&](const Field& known) { return known.path == path; });
        if (field != fields.end()) {
            PAPILIO_TRY(assign(*field, value));
        } else if (path == widthsPath) {
            PAPILIO_TRY(assignWidths(architecture, value));
        } else if (!startsGroup(paths, path) && !(value.is_object() && !value.empty() && prefix.empty())) {
            return unknownKey("architecture", path, paths);
        } else if (!value.is_object()) {
            return badValue(path, "an object", value);
        } else {
            PAPILIO_TRY(readInto(architecture, fields, value, path + "."));
        }
    }
    return {};
}

template <typename Enum> std::string nameOf(Enum value, const std::vector<std::pair<std::string, Enum>>& names)
{
    return std::find_if(names.begin(), names.end(), [&](const auto& name) { return name.second == value; })->first;
}

Json valueOf(const Field& field)
{
    return std::visit(
        [](auto* value) -> Json {
            using T = std::remove_pointer_t<decltype(value)>;
            if constexpr (std::is_same_v<T, LayerType>) {
                return nameOf(*value, layerNames);
            } else if constexpr (std::is_same_v<T, Pooling>) {
                return nameOf(*value, poolingNames);
            } else {
                return *value;
            }
        },
        field.value);
}

} // namespace

int HeadSpec::outputWidth() const
{
    return static_cast<int>(columns.size()) * (kind == TaskKind::Multiclass ? classes : 1);
}

Result<Architecture> architectureFromJson(const Json& json)
{
    if (!json.is_object()) {
        return badValue("architecture", "an object", json);
    }
    Architecture architecture;
    PAPILIO_TRY(readInto(architecture, fieldsOf(architecture), json, ""));
    return architecture;
}

Json architectureToJson(const Architecture& architecture)
{
    Architecture copy = architecture;
    Json json = Json::object();
    for (const Field& field : fieldsOf(copy)) {
        std::string pointer = "/" + field.path;
        std::replace(pointer.begin(), pointer.end(), '.', '/');
        json[Json::json_pointer(pointer)] = valueOf(field);
    }
    Json widths = Json::array();
    for (const auto& width : copy.headWidths) {
        widths.push_back({{"dataset", width.datasetPattern}, {"hidden", width.hidden}});
    }
    json["heads"]["widths"] = std::move(widths);
    return json;
}

Result<> setArchitectureValue(Architecture& architecture, const std::string& key, const std::string& value)
{
    const auto fields = fieldsOf(architecture);
    if (key == widthsPath) {
        return assignWidths(architecture, Json::parse(value, nullptr, false));
    }
    const auto field =
        std::find_if(fields.begin(), fields.end(), [&](const Field& known) { return known.path == key; });
    if (field == fields.end()) {
        return unknownKey("architecture", key, pathsOf(fields));
    }
    const bool text = std::holds_alternative<std::string*>(field->value) ||
                      std::holds_alternative<LayerType*>(field->value) ||
                      std::holds_alternative<Pooling*>(field->value);
    Json json = text ? Json(toUtf8(value)) : Json::parse(value, nullptr, false);
    return assign(*field, json.is_discarded() ? Json(toUtf8(value)) : json);
}

int headHidden(const Architecture& architecture, const std::string& dataset)
{
    const auto lower = [](std::string text) {
        std::transform(text.begin(), text.end(), text.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
        return text;
    };
    for (const auto& width : architecture.headWidths) {
        if (matchesPattern(lower(dataset), lower(width.datasetPattern))) {
            return width.hidden;
        }
    }
    return architecture.headHidden;
}

std::vector<std::string> presetNames()
{
    std::vector<std::string> names;
    for (const PresetText& text : presetTexts()) {
        names.emplace_back(text.name);
    }
    return names;
}

Result<Architecture> preset(const std::string& name)
{
    for (const PresetText& text : presetTexts()) {
        if (equalsIgnoringCase(text.name, name)) {
            return architectureFromJson(Json::parse(text.json, nullptr, false));
        }
    }
    const auto names = presetNames();
    std::string known;
    for (const std::string& other : names) {
        known += (known.empty() ? "" : ", ") + other;
    }
    return fail(ErrorCode::NotFound, "there is no preset '" + elided(toUtf8(name), 60) + "'.",
                "Did you mean '" + nearestName(name, names) + "'? There are: " + known + ".");
}

} // namespace papilio::nn
