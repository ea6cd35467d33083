// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/error.h"
#include "nn/optionnames.h"

/// One description of a settings struct serves reading, writing, setting single values, and the JSON Schema.
namespace papilio::nn::options
{

using Json = nlohmann::json;

struct Field;
using Fields = std::vector<Field>;

/// One of several names; the enum's byte itself.
struct Choice {
    std::uint8_t* value = nullptr;
    const Names* names = nullptr;
};
/// Several of them, in their order.
struct Choices {
    std::function<std::vector<std::uint8_t>()> get;
    std::function<void(const std::vector<std::uint8_t>&)> set;
    const Names* names = nullptr;
};
/// A struct within; with 'present' it may be null.
struct Group {
    Fields fields;
    bool* present = nullptr;
};
/// A list of structs.
struct List {
    std::function<std::size_t()> size;
    std::function<void(std::size_t)> reset; ///< that many with default values
    std::function<Fields(std::size_t)> at;
    std::function<Fields()> example; ///< an item with default values
    /// Sets the default values of an item that is about to be read from this object; may be empty.
    std::function<void(std::size_t, const Json&)> prepare;
};
/// A JSON object kept as text; 'example' tells what it may hold.
struct Object {
    std::string* text = nullptr;
    std::function<Fields()> example;
};

using Target = std::variant<int*, double*, bool*, std::string*, Choice, Choices, std::vector<int>*,
                            std::vector<double>*, std::vector<std::string>*, Group, List, Object>;

struct Field {
    std::string key;
    Target target;
    std::string meaning; ///< one line, for people
    double least = 0, most = 0;
    bool written = true; ///< false: nothing depends on it as the rest stands, so it is left out of what is written
};

// Makers of fields.
Field number(std::string key, int& value, double least, double most, std::string meaning);
Field number(std::string key, double& value, double least, double most, std::string meaning);
Field numbers(std::string key, std::vector<double>& value, double least, double most, std::string meaning);
Field widths(std::string key, std::vector<int>& value, std::string meaning);
Field flag(std::string key, bool& value, std::string meaning);
Field text(std::string key, std::string& value, std::string meaning);
Field texts(std::string key, std::vector<std::string>& value, std::string meaning);
Field group(std::string key, Fields fields, std::string meaning, bool* present = nullptr);

template <typename Enum> Field choice(std::string key, Enum& value, std::string meaning)
{
    static_assert(sizeof(Enum) == 1);
    return {std::move(key), Choice{reinterpret_cast<std::uint8_t*>(&value), &namesOf<Enum>()}, std::move(meaning)};
}

template <typename Enum> Field choices(std::string key, std::vector<Enum>& value, std::string meaning)
{
    auto get = [&value] {
        std::vector<std::uint8_t> bytes;
        for (const Enum item : value) {
            bytes.push_back(static_cast<std::uint8_t>(item));
        }
        return bytes;
    };
    auto set = [&value](const std::vector<std::uint8_t>& bytes) {
        value.clear();
        for (const std::uint8_t byte : bytes) {
            value.push_back(static_cast<Enum>(byte));
        }
    };
    return {std::move(key), Choices{get, set, &namesOf<Enum>()}, std::move(meaning)};
}

template <typename Item>
Field list(std::string key, std::vector<Item>& value, Fields (*describe)(Item&), std::string meaning)
{
    List list;
    list.size = [&value] { return value.size(); };
    list.reset = [&value](std::size_t size) { value.assign(size, Item{}); };
    list.at = [&value, describe](std::size_t i) { return describe(value[i]); };
    list.example = [describe, item = std::make_shared<Item>()] { return describe(*item); };
    return {std::move(key), std::move(list), std::move(meaning)};
}

/// The field, written only where 'relevant'.
inline Field when(bool relevant, Field field)
{
    field.written = relevant;
    return field;
}

/// Reads an object over what the fields hold. 'where' begins every message ("architecture"), 'path' every key.
Result<> read(const Fields& fields, const Json& json, const std::string& where, const std::string& path = {});
Json write(const Fields& fields);
/// Sets the value at a path of keys ("gnn.depth"); items of lists by number, or by their "name".
Result<> set(const Fields& fields, const std::string& path, const std::string& value, const std::string& where);
/// JSON Schema of an object with these fields; their present values are the defaults.
Json schema(const Fields& fields);
/// Paths of all values; of lists the list's own.
std::vector<std::string> paths(const Fields& fields, const std::string& prefix = {});

/// What a value must be, for messages and for people: "a whole number from 1 to 100".
std::string expected(const Field& field);

} // namespace papilio::nn::options
