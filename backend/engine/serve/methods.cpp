// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/serve/methods.h"

#include <algorithm>

#include "engine/nearest.h"

namespace papilio::engine
{

namespace
{

bool isOfType(const nlohmann::json& value, ParamType type)
{
    switch (type) {
    case ParamType::String:
        return value.is_string();
    case ParamType::Integer:
        return value.is_number_integer();
    case ParamType::Number:
        return value.is_number();
    case ParamType::Boolean:
        return value.is_boolean();
    case ParamType::StringList:
        return value.is_array() &&
               std::all_of(value.begin(), value.end(), [](const auto& item) { return item.is_string(); });
    case ParamType::Object:
        return value.is_object();
    }
    return false;
}

const char* typeName(ParamType type)
{
    switch (type) {
    case ParamType::String:
        return "a text";
    case ParamType::Integer:
        return "a whole number";
    case ParamType::Number:
        return "a number";
    case ParamType::Boolean:
        return "true or false";
    case ParamType::StringList:
        return "a list of texts";
    case ParamType::Object:
        return "an object";
    }
    return "";
}

} // namespace

Result<> checkParams(const Method& method, const nlohmann::json& params)
{
    if (!params.is_object())
        return fail(ErrorCode::Usage, "The parameters of " + method.name + " must be an object.");
    std::vector<std::string> names;
    for (const Param& param : method.params)
        names.push_back(param.name);
    for (const auto& [name, value] : params.items()) {
        const auto found = std::find_if(method.params.begin(), method.params.end(),
                                        [&](const Param& param) { return param.name == name; });
        if (found == method.params.end()) {
            std::string known = "It takes no parameters.";
            for (std::size_t i = 0; i < names.size(); ++i)
                known = (i == 0 ? "Known: " : known + ", ") + names[i];
            return fail(ErrorCode::Usage, method.name + " has no parameter '" + name + "'.",
                        didYouMean(name, names, known));
        }
        if (!isOfType(value, found->type))
            return fail(ErrorCode::Usage,
                        "The parameter '" + name + "' of " + method.name + " must be " + typeName(found->type) + ".");
    }
    for (const Param& param : method.params)
        if (param.required && !params.contains(param.name))
            return fail(ErrorCode::Usage, method.name + " needs the parameter '" + param.name + "'.");
    return {};
}

std::vector<Method> basicMethods()
{
    std::vector<Method> methods = projectMethods();
    for (auto* const more : {trainMethods, remoteMethods})
        for (Method& method : more())
            methods.push_back(std::move(method));
    return methods;
}

} // namespace papilio::engine
