// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/error.h"
#include "nn/yamlconfig.h"

namespace papilio::learn
{

/// A part of a foreign configuration that was not used.
struct UnusedLine {
    int line = 0;    ///< 0: not known
    std::string key; ///< "trainer.trainer.min_epochs"
    std::string why;
    friend bool operator==(const UnusedLine&, const UnusedLine&) = default;
};

/// A YAML document that remembers what was asked for. Places are JSON pointers.
class TrackedYaml
{
public:
    using Json = nlohmann::ordered_json;

    TrackedYaml(const nn::YamlDocument& document, std::string where);

    /// What is there; null where nothing is. Counts as used, with all below it.
    const Json* take(const std::string& pointer);
    const Json* look(const std::string& pointer) const; ///< does not count
    Result<> number(const std::string& pointer, double& value);
    Result<> whole(const std::string& pointer, std::int64_t& value);
    std::optional<std::string> text(const std::string& pointer); ///< nothing too where it is no text

    void refuse(const std::string& pointer, const std::string& why); ///< there, and of no use
    tl::unexpected<Error> fault(const std::string& pointer, const std::string& what, std::string hint = {}) const;
    int lineOf(const std::string& pointer) const { return m_lines.lineOf(pointer); }

    /// All that was refused or never asked for, by line. 'why': for the latter, by place.
    std::vector<UnusedLine> unused(std::string (*why)(const std::string& pointer)) const;

    /// Puts what an object holds into another one, where that has it not.
    void fillIn(const std::string& from, const std::string& to);

private:
    void collect(const Json& json, const std::string& pointer, std::string (*why)(const std::string&),
                 std::vector<UnusedLine>& lines) const;
    void fill(const Json& from, const std::string& source, Json& to, const std::string& target);

    Json m_json;
    nn::YamlDocument m_lines; ///< for its lines alone
    std::string m_where;
    std::set<std::string> m_used;
    std::vector<UnusedLine> m_refused;
};

std::string pointerTo(const std::string& parent, const std::string& key); ///< with "~" and "/" of the key escaped
std::string dotted(const std::string& pointer);                           ///< "/a/b" → "a.b"

} // namespace papilio::learn
