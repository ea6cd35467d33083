// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "nn/yamlconfig.h"

/// Private to yamlconfig.cpp, yamltree.cpp and yamlinterpolation.cpp.
namespace papilio::nn::yaml
{

// A small file can refer to itself so often that it fills all memory: what an expanded document may have.
inline constexpr std::size_t mostValues = 100'000, mostKeys = 10'000, mostBytes = std::size_t{16} << 20;
inline constexpr int deepest = 64;

tl::unexpected<Error> badYaml(const std::string& where, int line, const std::string& what);
std::string childPointer(const std::string& pointer, const std::string& key);

/// Parses, and expands anchors, aliases and merges; interpolations stay as they are written.
Result<YamlDocument> composeYaml(std::string_view text, const std::string& where);

/// Replaces the interpolations of a composed document.
Result<> interpolateYaml(YamlDocument& document, const std::string& where);

} // namespace papilio::nn::yaml
