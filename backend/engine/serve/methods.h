// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/error.h"

namespace papilio::engine
{

class Job;

enum class ParamType : std::uint8_t { String, Integer, Number, Boolean, StringList, Object };

struct Param {
    std::string name;
    ParamType type = ParamType::String;
    bool required = false;
};

/// One request of PROTOCOL.md. The handler runs on a worker thread with parameters that have been checked.
struct Method {
    enum class Kind : std::uint8_t {
        Read,       ///< may run beside anything
        Write,      ///< writes a project: one at a time
        Train,      ///< a Write that train.pause and train.stop reach
        NotBuiltIn, ///< known, but this build cannot do it
    };
    std::string name;
    Kind kind = Kind::Read;
    std::vector<Param> params;
    std::function<Result<nlohmann::json>(const nlohmann::json& params, Job& job)> handle;
};

/// Missing, unknown and mistyped parameters are errors of the code Usage.
Result<> checkParams(const Method& method, const nlohmann::json& params);

/// Methods that every build has.
std::vector<Method> basicMethods();

// One group a file.
std::vector<Method> projectMethods();
std::vector<Method> trainMethods();
std::vector<Method> remoteMethods();
std::vector<Method> importMethods();
std::vector<Method> predictMethods();
std::vector<Method> moleculeMethods();
std::vector<Method> modelMethods();
std::vector<Method> dataMethods();
std::vector<Method> curateMethods();
std::vector<Method> splitMethods();
std::vector<Method> searchMethods();
std::vector<Method> statisticsMethods();

} // namespace papilio::engine
