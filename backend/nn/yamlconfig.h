// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/error.h"

namespace papilio::nn
{

/// A YAML document as JSON, keys in their order, with the line of every value.
///
/// Plain scalars become numbers, booleans and null as YAML 1.1 and 1.2 write them, and also where only one of the two
/// does: 4e-5, 1.e-7, 1_000, 0x1f, .inf, yes/no/on/off; null, ~ and Python's None. What is quoted stays text. Anchors,
/// aliases and "<<" merges are expanded; "${a.b}", "${a[0]}" and the relative "${.b}", "${..b}" are replaced by what
/// they refer to, with its type if they are the whole text.
struct YamlDocument {
    /// An interpolation that stayed as it is written.
    struct Unresolved {
        std::string pointer; ///< of the value that has it
        std::string text;    ///< "${now:%Y}"
        std::string reason;  ///< for people
    };

    struct RepeatedKey {
        std::string key;
        int line = 0; ///< of the later one
    };

    nlohmann::ordered_json value;
    std::map<std::string, int> lines; ///< JSON pointer ("/a/b/0") → line, from 1; of the key where there is one
    std::vector<Unresolved> unresolved;
    std::vector<RepeatedKey> repeatedKeys; ///< keys that a map has twice; the last one counts

    /// Line of a value; where interpolation has put it, that of the value that was interpolated. 0: none.
    int lineOf(std::string_view pointer) const;
};

/// BadInput with the line for what is no YAML, keys that occur twice, tags of other languages, several documents,
/// circles, and documents that grow out of bounds when expanded.
Result<YamlDocument> parseYaml(std::string_view text, const std::string& where);
Result<YamlDocument> readYaml(const std::string& path);

} // namespace papilio::nn
