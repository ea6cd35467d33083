// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace papilio::nn
{

/// What a plain (unquoted) scalar means; text if nothing else.
nlohmann::ordered_json yamlScalar(const std::string& text);

} // namespace papilio::nn
