// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/trackedyaml.h"

#include <algorithm>
#include <cmath>

#include "core/text.h"

namespace papilio::learn
{

std::string pointerTo(const std::string& parent, const std::string& key)
{
    std::string escaped;
    for (const char c : key) {
        escaped += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    }
    return parent + '/' + escaped;
}

std::string dotted(const std::string& pointer)
{
    std::string text;
    for (std::size_t i = 1; i < pointer.size(); ++i) {
        const bool escape = pointer[i] == '~' && i + 1 < pointer.size();
        text += escape ? (pointer[i + 1] == '1' ? '/' : '~') : pointer[i] == '/' ? '.' : pointer[i];
        i += escape ? 1 : 0;
    }
    return text;
}

TrackedYaml::TrackedYaml(const nn::YamlDocument& document, std::string where)
    : m_json(document.value), m_where(std::move(where))
{
    m_lines.lines = document.lines;
}

const TrackedYaml::Json* TrackedYaml::look(const std::string& pointer) const
{
    const Json::json_pointer at(pointer);
    if (!m_json.contains(at)) {
        return nullptr;
    }
    const Json& found = m_json.at(at);
    return found.is_null() ? nullptr : &found;
}

const TrackedYaml::Json* TrackedYaml::take(const std::string& pointer)
{
    m_used.insert(pointer);
    return look(pointer);
}

tl::unexpected<Error> TrackedYaml::fault(const std::string& pointer, const std::string& what, std::string hint) const
{
    const int line = lineOf(pointer);
    return fail(ErrorCode::BadInput,
                m_where + (line > 0 ? ", line " + std::to_string(line) : "") + ": '" + dotted(pointer) + "' " + what,
                std::move(hint));
}

Result<> TrackedYaml::number(const std::string& pointer, double& value)
{
    const Json* found = take(pointer);
    if (found == nullptr) {
        return {};
    }
    if (!found->is_number()) {
        return fault(pointer, "must be a number.");
    }
    value = found->get<double>();
    return {};
}

Result<> TrackedYaml::whole(const std::string& pointer, std::int64_t& value)
{
    double number = static_cast<double>(value);
    PAPILIO_TRY(this->number(pointer, number));
    if (number != std::floor(number) || std::abs(number) > 1e15) {
        return fault(pointer, "must be a whole number.");
    }
    value = static_cast<std::int64_t>(number);
    return {};
}

std::optional<std::string> TrackedYaml::text(const std::string& pointer)
{
    const Json* found = take(pointer);
    return found != nullptr && found->is_string() ? std::optional(found->get<std::string>()) : std::nullopt;
}

void TrackedYaml::refuse(const std::string& pointer, const std::string& why)
{
    if (take(pointer) != nullptr) {
        m_refused.push_back({lineOf(pointer), dotted(pointer), why});
    }
}

void TrackedYaml::collect(const Json& json, const std::string& pointer, std::string (*why)(const std::string&),
                          std::vector<UnusedLine>& lines) const
{
    if (json.is_null() || m_used.contains(pointer)) {
        return;
    }
    const auto below = m_used.lower_bound(pointer + '/');
    const bool usedInside = below != m_used.end() && below->starts_with(pointer + '/');
    if (!json.is_object() || (!usedInside && !pointer.empty())) {
        lines.push_back({lineOf(pointer), dotted(pointer), why(pointer)});
        return;
    }
    for (const auto& [key, value] : json.items()) {
        collect(value, pointerTo(pointer, key), why, lines);
    }
}

std::vector<UnusedLine> TrackedYaml::unused(std::string (*why)(const std::string& pointer)) const
{
    std::vector<UnusedLine> lines = m_refused;
    collect(m_json, "", why, lines);
    std::stable_sort(lines.begin(), lines.end(),
                     [](const UnusedLine& a, const UnusedLine& b) { return a.line < b.line; });
    return lines;
}

void TrackedYaml::fill(const Json& from, const std::string& source, Json& to, const std::string& target)
{
    for (const auto& [key, value] : from.items()) {
        const std::string here = pointerTo(target, key);
        const std::string there = pointerTo(source, key);
        if (value.is_object() && to.contains(key) && to[key].is_object()) {
            fill(value, there, to[key], here);
        } else if (!to.contains(key)) {
            to[key] = value;
            m_lines.lines[here] = lineOf(there);
        }
    }
}

void TrackedYaml::fillIn(const std::string& from, const std::string& to)
{
    const Json* source = take(from);
    if (source != nullptr && source->is_object()) {
        const Json copy = *source;
        fill(copy, from, m_json[Json::json_pointer(to)], to);
    }
}

} // namespace papilio::learn
