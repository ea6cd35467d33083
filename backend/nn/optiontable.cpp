// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/optiontable.h"

#include <algorithm>

#include "core/text.h"
#include "nn/names.h"

namespace papilio::nn::options
{

namespace
{

template <typename... Ts> struct Overloaded : Ts... {
    using Ts::operator()...;
};
template <typename... Ts> Overloaded(Ts...) -> Overloaded<Ts...>;

tl::unexpected<Error> badValue(const std::string& where, const std::string& path, const Field& field, const Json& given)
{
    return fail(ErrorCode::BadInput, where + ": '" + path + "' must be " + expected(field) + ", not " +
                                         elided(given.dump(-1, ' ', false, Json::error_handler_t::replace), 60) + ".");
}

std::string joined(const Names& names)
{
    std::string text;
    for (const std::string_view name : names) {
        text += (text.empty() ? "" : ", ") + std::string(name);
    }
    return text;
}

/// Compared as double: a number beyond int is out of range before it is narrowed.
bool inRange(const Field& field, const Json& json)
{
    return json.is_number() && json.get<double>() >= field.least && json.get<double>() <= field.most;
}

int indexOf(const Names& names, const Json& json)
{
    for (std::size_t i = 0; json.is_string() && i < names.size(); ++i) {
        if (equalsIgnoringCase(json.get_ref<const std::string&>(), names[i])) {
            return static_cast<int>(i);
        }
    }
    return -1;
}

/// Values of one place; false = the wrong kind or out of range.
bool assign(const Field& field, const Json& json)
{
    const auto all = [&](auto fits) { return json.is_array() && std::all_of(json.begin(), json.end(), fits); };
    return std::visit(Overloaded{
                          [&](int* value) {
                              const bool fits = json.is_number_integer() && inRange(field, json);
                              *value = fits ? json.get<int>() : *value;
                              return fits;
                          },
                          [&](double* value) {
                              const bool fits = inRange(field, json);
                              *value = fits ? json.get<double>() : *value;
                              return fits;
                          },
                          [&](bool* value) {
                              *value = json.is_boolean() ? json.get<bool>() : *value;
                              return json.is_boolean();
                          },
                          [&](std::string* value) {
                              *value = json.is_string() ? json.get<std::string>() : *value;
                              return json.is_string();
                          },
                          [&](const Choice& choice) {
                              const int index = indexOf(*choice.names, json);
                              *choice.value = index >= 0 ? static_cast<std::uint8_t>(index) : *choice.value;
                              return index >= 0;
                          },
                          [&](const Choices& choices) {
                              if (!all([&](const Json& item) { return indexOf(*choices.names, item) >= 0; })) {
                                  return false;
                              }
                              std::vector<std::uint8_t> indices;
                              for (const Json& item : json) {
                                  indices.push_back(static_cast<std::uint8_t>(indexOf(*choices.names, item)));
                              }
                              choices.set(indices);
                              return true;
                          },
                          [&](std::vector<int>* value) {
                              const auto fits = [&](const Json& item) {
                                  return item.is_number_integer() && inRange(field, item);
                              };
                              if (fits(json)) {
                                  *value = {json.get<int>()};
                                  return true;
                              }
                              const bool good = all(fits) && !json.empty();
                              *value = good ? json.get<std::vector<int>>() : *value;
                              return good;
                          },
                          [&](std::vector<double>* value) {
                              const bool good = all([&](const Json& item) { return inRange(field, item); });
                              *value = good ? json.get<std::vector<double>>() : *value;
                              return good;
                          },
                          [&](std::vector<std::string>* value) {
                              const bool good = all([](const Json& item) { return item.is_string(); });
                              *value = good ? json.get<std::vector<std::string>>() : *value;
                              return good;
                          },
                          [](const auto&) { return false; },
                      },
                      field.target);
}

Result<> readList(const List& list, const Field& field, const Json& json, const std::string& where,
                  const std::string& path)
{
    if (!json.is_array()) {
        return badValue(where, path, field, json);
    }
    list.reset(json.size());
    for (std::size_t i = 0; i < json.size(); ++i) {
        if (list.prepare) {
            list.prepare(i, json[i]);
        }
        PAPILIO_TRY(read(list.at(i), json[i], where, path + "." + std::to_string(i) + "."));
    }
    return {};
}

Result<> readField(const Field& field, const Json& json, const std::string& where, const std::string& path)
{
    if (const auto* group = std::get_if<Group>(&field.target)) {
        if (group->present != nullptr) {
            *group->present = !json.is_null();
            if (json.is_null()) {
                return {};
            }
        }
        return json.is_object() ? read(group->fields, json, where, path + ".") : badValue(where, path, field, json);
    }
    if (const auto* list = std::get_if<List>(&field.target)) {
        return readList(*list, field, json, where, path);
    }
    if (const auto* object = std::get_if<Object>(&field.target)) {
        PAPILIO_TRY(read(object->example(), json, where, path + "."));
        *object->text = json.dump();
        return {};
    }
    return assign(field, json) ? Result<>{} : badValue(where, path, field, json);
}

const Field* find(const Fields& fields, std::string_view key)
{
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.key == key; });
    return found == fields.end() ? nullptr : &*found;
}

Json namesAt(const Names& names, const std::vector<std::uint8_t>& indices)
{
    Json list = Json::array();
    for (const std::uint8_t index : indices) {
        list.push_back(names[index]);
    }
    return list;
}

Json valueOf(const Field& field)
{
    return std::visit(
        Overloaded{
            [](const Choice& choice) { return Json((*choice.names)[*choice.value]); },
            [](const Choices& choices) { return namesAt(*choices.names, choices.get()); },
            [](const std::vector<int>* value) { return value->size() == 1 ? Json(value->front()) : Json(*value); },
            [](const Group& group) {
                return group.present != nullptr && !*group.present ? Json() : write(group.fields);
            },
            [](const List& list) {
                Json items = Json::array();
                for (std::size_t i = 0; i < list.size(); ++i) {
                    items.push_back(write(list.at(i)));
                }
                return items;
            },
            [](const Object& object) {
                Json json = Json::parse(*object.text, nullptr, false);
                return json.is_object() ? json : Json::object();
            },
            [](const auto* value) { return Json(*value); },
        },
        field.target);
}

/// What stands on the command line as JSON: texts and names need no quotes, lists no brackets.
Json parsed(const Field& field, const std::string& value)
{
    const bool name =
        std::holds_alternative<std::string*>(field.target) || std::holds_alternative<Choice>(field.target);
    Json json = name ? Json(toUtf8(value)) : Json::parse(value, nullptr, false);
    const bool words = std::holds_alternative<Choices>(field.target) ||
                       std::holds_alternative<std::vector<std::string>*>(field.target);
    if (json.is_discarded() && words) {
        json = Json::array();
        for (const std::string& word : split(toUtf8(value), ',')) {
            json.push_back(std::string(trimmed(word)));
        }
    }
    if (json.is_discarded()) {
        json = Json::parse("[" + value + "]", nullptr, false);
        json = json.is_discarded() || json.size() < 2 ? Json(toUtf8(value)) : json;
    }
    return json;
}

/// The item of a list that a path names: by number, or by its "name".
int itemOf(const List& list, const std::string& key)
{
    for (std::size_t i = 0; i < list.size(); ++i) {
        const Fields fields = list.at(i);
        const Field* name = find(fields, "name");
        const bool named = name != nullptr && **std::get_if<std::string*>(&name->target) == key;
        if (named || std::to_string(i) == key) {
            return static_cast<int>(i);
        }
    }
    return -1;
}

Result<> setAt(const Fields& fields, const std::string& path, const std::string& done, const std::string& value,
               const std::string& where, const std::vector<std::string>& known)
{
    const std::size_t dot = path.find('.');
    const std::string key = path.substr(0, dot);
    const Field* field = find(fields, key);
    if (field == nullptr) {
        return unknownKey(where, done + path, known);
    }
    if (dot == std::string::npos) {
        return readField(*field, parsed(*field, value), where, done + path);
    }
    const std::string rest = path.substr(dot + 1);
    if (const auto* group = std::get_if<Group>(&field->target)) {
        PAPILIO_TRY(setAt(group->fields, rest, done + key + ".", value, where, known));
        if (group->present != nullptr) {
            *group->present = true;
        }
        return {};
    }
    const auto* list = std::get_if<List>(&field->target);
    const std::size_t next = rest.find('.');
    const int item = list != nullptr && next != std::string::npos ? itemOf(*list, rest.substr(0, next)) : -1;
    if (item < 0) {
        return unknownKey(where, done + path, known);
    }
    return setAt(list->at(static_cast<std::size_t>(item)), rest.substr(next + 1),
                 done + key + "." + rest.substr(0, next + 1), value, where, known);
}

/// "gnnn" with {"depth": 3} is about "gnnn.depth": it tells more, and is nearer to what was meant.
std::string firstLeaf(const std::string& key, const Json& value)
{
    return value.is_object() && !value.empty() ? key + "." + value.begin().key() : key;
}

} // namespace

Field number(std::string key, int& value, double least, double most, std::string meaning)
{
    return {std::move(key), &value, std::move(meaning), least, most};
}

Field number(std::string key, double& value, double least, double most, std::string meaning)
{
    return {std::move(key), &value, std::move(meaning), least, most};
}

Field numbers(std::string key, std::vector<double>& value, double least, double most, std::string meaning)
{
    return {std::move(key), &value, std::move(meaning), least, most};
}

Field widths(std::string key, std::vector<int>& value, std::string meaning)
{
    return {std::move(key), &value, std::move(meaning), 1, 16384};
}

Field flag(std::string key, bool& value, std::string meaning)
{
    return {std::move(key), &value, std::move(meaning)};
}

Field text(std::string key, std::string& value, std::string meaning)
{
    return {std::move(key), &value, std::move(meaning)};
}

Field texts(std::string key, std::vector<std::string>& value, std::string meaning)
{
    return {std::move(key), &value, std::move(meaning)};
}

Field group(std::string key, Fields fields, std::string meaning, bool* present)
{
    return {std::move(key), Group{std::move(fields), present}, std::move(meaning)};
}

std::string expected(const Field& field)
{
    const std::string range = "from " + formatNumber(field.least) + " to " + formatNumber(field.most);
    return std::visit(
        Overloaded{
            [&](const int*) { return "a whole number " + range; },
            [&](const double*) { return "a number " + range; },
            [](const bool*) { return std::string("true or false"); },
            [](const std::string*) { return std::string("a text"); },
            [](const Choice& choice) { return "one of " + joined(*choice.names); },
            [](const Choices& choices) { return "a list of " + joined(*choices.names); },
            [&](const std::vector<int>*) { return "a whole number " + range + ", or a list of them"; },
            [&](const std::vector<double>*) { return "a list of numbers " + range; },
            [](const std::vector<std::string>*) { return std::string("a list of texts"); },
            [](const Group& group) { return std::string(group.present ? "an object or null" : "an object"); },
            [](const List&) { return std::string("a list of objects"); },
            [](const Object&) { return std::string("an object"); },
        },
        field.target);
}

Result<> read(const Fields& fields, const Json& json, const std::string& where, const std::string& path)
{
    if (!json.is_object()) {
        std::string what = path.empty() ? std::string("it") : std::string("'");
        if (!path.empty()) {
            what.append(path, 0, path.size() - 1).append("'");
        }
        return fail(ErrorCode::BadInput, where + ": " + what + " must be an object, not " +
                                             elided(json.dump(-1, ' ', false, Json::error_handler_t::replace), 60) +
                                             ".");
    }
    for (const auto& [key, value] : json.items()) {
        const Field* field = find(fields, key);
        if (field == nullptr) {
            return unknownKey(where, path + firstLeaf(key, value), paths(fields, path));
        }
        PAPILIO_TRY(readField(*field, value, where, path + key));
    }
    return {};
}

Json write(const Fields& fields)
{
    Json json = Json::object();
    for (const Field& field : fields) {
        if (field.written) {
            json[field.key] = valueOf(field);
        }
    }
    return json;
}

Result<> set(const Fields& fields, const std::string& path, const std::string& value, const std::string& where)
{
    return setAt(fields, path, "", value, where, paths(fields));
}

std::vector<std::string> paths(const Fields& fields, const std::string& prefix)
{
    std::vector<std::string> all;
    for (const Field& field : fields) {
        all.push_back(prefix + field.key);
        if (const auto* group = std::get_if<Group>(&field.target)) {
            const auto inner = paths(group->fields, prefix + field.key + ".");
            all.insert(all.end(), inner.begin(), inner.end());
        }
    }
    return all;
}

} // namespace papilio::nn::options
