// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include <nlohmann/json.hpp>

/// Answers of an engine with a published model of thousands of tasks, made up but of its shape. Nothing for other methods.
/// An answer with "error" is one: {"error": {"code", "message"}}.
std::optional<nlohmann::json> answerOfModels(const std::string& method, const nlohmann::json& params);
