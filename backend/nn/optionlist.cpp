// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/describe.h"

#include <algorithm>

namespace papilio::nn
{

namespace options
{

namespace
{

template <typename... Ts> struct Overloaded : Ts... {
    using Ts::operator()...;
};
template <typename... Ts> Overloaded(Ts...) -> Overloaded<Ts...>;

Json enumeration(const Names& names)
{
    Json list = Json::array();
    for (const std::string_view name : names) {
        list.push_back(name);
    }
    return {{"enum", std::move(list)}};
}

Json range(const Field& field, const char* type)
{
    return {{"type", type}, {"minimum", field.least}, {"maximum", field.most}};
}

Json wholeRange(const Field& field)
{
    return {{"type", "integer"},
            {"minimum", static_cast<std::int64_t>(field.least)},
            {"maximum", static_cast<std::int64_t>(field.most)}};
}

Json listOf(Json items)
{
    return {{"type", "array"}, {"items", std::move(items)}};
}

Json schemaOf(const Field& field)
{
    Json json = std::visit(Overloaded{
                               [&](const int*) { return wholeRange(field); },
                               [&](const double*) { return range(field, "number"); },
                               [](const bool*) {
                                   return Json{{"type", "boolean"}};
                               },
                               [](const std::string*) {
                                   return Json{{"type", "string"}};
                               },
                               [](const Choice& choice) { return enumeration(*choice.names); },
                               [](const Choices& choices) { return listOf(enumeration(*choices.names)); },
                               [&](const std::vector<int>*) {
                                   Json several = listOf(wholeRange(field));
                                   several["minItems"] = 1;
                                   return Json{{"anyOf", {wholeRange(field), several}}};
                               },
                               [&](const std::vector<double>*) { return listOf(range(field, "number")); },
                               [](const std::vector<std::string>*) {
                                   return listOf({{"type", "string"}});
                               },
                               [](const Group& group) {
                                   Json object = schema(group.fields);
                                   object["type"] = group.present != nullptr ? Json{"object", "null"} : Json("object");
                                   return object;
                               },
                               [](const List& list) { return listOf(schema(list.example())); },
                               [](const Object& object) { return schema(object.example()); },
                           },
                           field.target);
    json["description"] = field.meaning;
    if (!std::holds_alternative<Group>(field.target) && !std::holds_alternative<Object>(field.target)) {
        Field copy = field;
        copy.written = true;
        json["default"] = write({copy})[field.key];
    }
    return json;
}

OptionInfo::Type typeOf(const Field& field)
{
    return std::visit(Overloaded{
                          [](const int*) { return OptionInfo::Type::Whole; },
                          [](const double*) { return OptionInfo::Type::Number; },
                          [](const bool*) { return OptionInfo::Type::Flag; },
                          [](const std::string*) { return OptionInfo::Type::Text; },
                          [](const Choice&) { return OptionInfo::Type::Choice; },
                          // No 'auto': it would fit pointers to changeable values better than the lines above.
                          [](const Choices&) { return OptionInfo::Type::List; },
                          [](const std::vector<int>*) { return OptionInfo::Type::List; },
                          [](const std::vector<double>*) { return OptionInfo::Type::List; },
                          [](const std::vector<std::string>*) { return OptionInfo::Type::List; },
                          [](const Group&) { return OptionInfo::Type::List; },
                          [](const List&) { return OptionInfo::Type::List; },
                          [](const Object&) { return OptionInfo::Type::List; },
                      },
                      field.target);
}

OptionInfo infoOf(const Field& field, const std::string& path, bool relevant)
{
    OptionInfo info;
    info.path = path;
    info.type = typeOf(field);
    info.least = field.least;
    info.most = field.most;
    info.expected = expected(field);
    info.meaning = field.meaning;
    info.relevant = relevant;
    const Names* names = nullptr;
    if (const auto* choice = std::get_if<Choice>(&field.target)) {
        names = choice->names;
    } else if (const auto* choices = std::get_if<Choices>(&field.target)) {
        names = choices->names;
    }
    if (names != nullptr) {
        info.choices.assign(names->begin(), names->end());
    }
    Field copy = field;
    copy.written = true;
    const Json value = write({copy})[field.key];
    info.value = value.is_string() ? value.get<std::string>() : value.dump();
    return info;
}

void flatten(const Fields& fields, const std::string& prefix, bool relevant, std::vector<OptionInfo>& out)
{
    for (const Field& field : fields) {
        const bool matters = relevant && field.written;
        const std::string path = prefix + field.key;
        if (const auto* group = std::get_if<Group>(&field.target)) {
            flatten(group->fields, path + ".", matters && (group->present == nullptr || *group->present), out);
            continue;
        }
        out.push_back(infoOf(field, path, matters));
        // Items of lists that have names are options of their own.
        const auto* list = std::get_if<List>(&field.target);
        for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
            flatten(list->at(i), path + "." + std::to_string(i) + ".", matters, out);
        }
    }
}

} // namespace

Json schema(const Fields& fields)
{
    Json properties = Json::object();
    for (const Field& field : fields) {
        properties[field.key] = schemaOf(field);
    }
    return {{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
}

} // namespace options

nlohmann::json architectureSchema()
{
    Architecture defaults;
    nlohmann::json json = options::schema(options::describe(defaults));
    json["properties"]["format"] = {{"const", architectureFormat}, {"description", "Version of this layout."}};
    json["required"] = {"format"};
    json["$schema"] = "https://json-schema.org/draft/2020-12/schema";
    json["title"] = "Architecture of a network";
    return json;
}

std::vector<OptionInfo> architectureOptions(const Architecture& architecture)
{
    Architecture copy = architecture;
    std::vector<OptionInfo> list;
    options::flatten(options::describe(copy), "", true, list);
    return list;
}

Result<> checkRelevant(const Architecture& architecture, const std::vector<std::string>& paths,
                       const Architecture& base)
{
    const std::vector<OptionInfo> options = architectureOptions(architecture), before = architectureOptions(base);
    for (const std::string& path : paths) {
        const auto option = std::ranges::find(options, path, &OptionInfo::path);
        if (option == options.end() || option->relevant) {
            continue;
        }
        const auto old = std::ranges::find(before, path, &OptionInfo::path);
        if (old == before.end() || old->value != option->value) {
            return fail(ErrorCode::BadInput, "architecture: '" + path + "' does nothing here: nothing depends on it.",
                        "Leave it out, or choose the kind of layer, encoder or loss that has it.");
        }
    }
    return {};
}

std::vector<std::string> valuePaths(const nlohmann::json& given)
{
    std::vector<std::string> paths;
    const auto add = [&paths](const auto& self, const nlohmann::json& json, const std::string& path) -> void {
        const bool items = json.is_array() && !json.empty() && json.front().is_object();
        if (!json.is_object() && !items) {
            paths.push_back(path);
            return;
        }
        for (const auto& [key, value] : json.items()) {
            self(self, value, path.empty() ? key : path + "." + key);
        }
    };
    add(add, given, "");
    return paths;
}

} // namespace papilio::nn
