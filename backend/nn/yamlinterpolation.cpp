// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <variant>

#include "core/text.h"
#include "nn/yamltree.h"

namespace papilio::nn::yaml
{

namespace
{

using Json = nlohmann::ordered_json;
using Path = std::vector<std::string>;

std::string pointerOf(const Path& path)
{
    std::string pointer;
    for (const std::string& key : path) {
        pointer = childPointer(pointer, key);
    }
    return pointer;
}

bool mayInterpolate(const Json& value)
{
    return value.is_string() && value.get_ref<const std::string&>().find("${") != std::string::npos;
}

/// A scalar as Python writes it into a text; none for lists and maps.
std::optional<std::string> asText(const Json& value)
{
    if (value.is_string()) {
        return value.get<std::string>();
    }
    if (value.is_boolean()) {
        return value.get<bool>() ? "True" : "False";
    }
    if (value.is_null()) {
        return "None";
    }
    if (value.is_number_float()) {
        return formatNumber(value.get<double>());
    }
    return value.is_structured() ? std::nullopt : std::optional(value.dump());
}

/// End of the "${…}" that starts at 'start', behind its brace; npos if there is none.
std::size_t endOf(std::string_view text, std::size_t start)
{
    int depth = 0;
    for (std::size_t i = start; i < text.size(); ++i) {
        if (text[i] == '{' && i > 0 && text[i - 1] == '$') {
            ++depth;
        } else if (text[i] == '}' && --depth == 0) {
            return i + 1;
        }
    }
    return text.npos;
}

/// "a.b[0]" → a, b, 0; none if a part is empty.
std::optional<Path> splitReference(std::string_view reference)
{
    Path path;
    std::string part;
    bool closed = false; // behind a ']', where a '.' or '[' must follow
    for (std::size_t i = 0; i <= reference.size(); ++i) {
        const char c = i < reference.size() ? reference[i] : '.';
        if (c != '.' && c != '[' && c != ']') {
            if (closed) {
                return std::nullopt;
            }
            part += c;
            continue;
        }
        if (part.empty() && !closed) {
            return std::nullopt;
        }
        if (!part.empty()) {
            path.push_back(std::exchange(part, {}));
        }
        closed = c == ']';
    }
    return path;
}

class Interpolator
{
public:
    Interpolator(YamlDocument& document, const std::string& where) : m_document(document), m_where(where) {}

    /// Everything at and below a place.
    Result<> resolve(Json& value, const Path& path, int depth)
    {
        const std::string pointer = pointerOf(path);
        PAPILIO_TRY(spend(1, pointer.size(), pointer));
        if (m_done.contains(pointer)) {
            return {};
        }
        if (mayInterpolate(value)) {
            return resolveText(value, path, pointer, depth);
        }
        Path child = path;
        child.emplace_back();
        std::size_t index = 0;
        for (auto it = value.begin(); value.is_structured() && it != value.end(); ++it) {
            child.back() = value.is_object() ? it.key() : std::to_string(index++);
            PAPILIO_TRY(resolve(it.value(), child, depth));
        }
        return {};
    }

private:
    /// What a reference gives: a value, or the reason why there is none.
    using Found = std::variant<Json, std::string>;

    Result<> spend(std::size_t values, std::size_t bytes, const std::string& pointer)
    {
        m_values += values;
        m_bytes += bytes;
        if (m_values > 10 * mostValues || m_bytes > 10 * mostBytes) {
            return badYaml(m_where, m_document.lineOf(pointer), "its interpolations make it grow without bounds");
        }
        return {};
    }

    Result<> spendOn(const Json& value, const std::string& pointer)
    {
        PAPILIO_TRY(spend(1, value.is_string() ? value.get_ref<const std::string&>().size() : 8, pointer));
        for (auto it = value.begin(); value.is_structured() && it != value.end(); ++it) {
            PAPILIO_TRY(spendOn(*it, pointer));
        }
        return {};
    }

    Result<> resolveText(Json& value, const Path& path, const std::string& pointer, int depth)
    {
        if (!m_active.insert(pointer).second) {
            return badYaml(m_where, m_document.lineOf(pointer),
                           "the interpolation of '" + elided(pointer, 200) + "' refers to itself in a circle");
        }
        if (depth > deepest) {
            return badYaml(m_where, m_document.lineOf(pointer), "its interpolations are nested too deep");
        }
        const std::string text = value.get<std::string>();
        auto replaced = expand(text, path, pointer, depth);
        if (!replaced) {
            return tl::unexpected<Error>(replaced.error());
        }
        PAPILIO_TRY(spendOn(*replaced, pointer));
        value = std::move(*replaced);
        m_active.erase(pointer);
        m_done.insert(pointer);
        return {};
    }

    /// The text with its interpolations replaced; what cannot be is listed and stays.
    Result<Json> expand(std::string_view text, const Path& path, const std::string& pointer, int depth)
    {
        std::string out;
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t start = text.find("${", at);
            const std::size_t end = start == text.npos ? text.npos : endOf(text, start);
            if (end == text.npos) {
                out += text.substr(at);
                break;
            }
            out += text.substr(at, start - at);
            at = end;
            const std::string_view whole = text.substr(start, end - start);
            if (start > 0 && text[start - 1] == '\\') { // an escape, as the original has it
                out.pop_back();
                out += whole;
                continue;
            }
            auto found = refer(whole.substr(2, whole.size() - 3), path, pointer, depth);
            if (!found) {
                return tl::unexpected<Error>(found.error());
            }
            const Json* value = std::get_if<Json>(&*found);
            if (value != nullptr && whole.size() == text.size()) {
                return *value;
            }
            const auto part = value != nullptr ? asText(*value) : std::nullopt;
            if (!part) {
                const std::string* reason = std::get_if<std::string>(&*found);
                m_document.unresolved.push_back(
                    {pointer, std::string(whole), reason != nullptr ? *reason : "a list or map within a text"});
            }
            out += part ? *part : std::string(whole);
            PAPILIO_TRY(spend(1, out.size(), pointer));
        }
        return Json(out);
    }

    Result<Found> refer(std::string_view inner, const Path& path, const std::string& pointer, int depth)
    {
        if (depth > deepest) {
            return badYaml(m_where, m_document.lineOf(pointer), "its interpolations are nested too deep");
        }
        std::string reference(trimmed(inner));
        if (reference.find(':') != std::string::npos) {
            return Found(elided(reference.substr(0, reference.find(':')), 80) +
                         ": is a function of the original; none is run");
        }
        if (reference.find("${") != std::string::npos) {
            auto expanded = expand(reference, path, pointer, depth + 1);
            if (!expanded) {
                return tl::unexpected<Error>(expanded.error());
            }
            reference = asText(*expanded).value_or("");
        }
        const std::size_t dots = std::min(reference.find_first_not_of('.'), reference.size());
        auto wanted = splitReference(std::string_view(reference).substr(dots));
        if (!wanted || dots > path.size()) {
            return Found(std::string("not the name of a value"));
        }
        if (dots > 0) { // relative: one dot is the map that the value stands in
            wanted->insert(wanted->begin(), path.begin(), path.end() - static_cast<std::ptrdiff_t>(dots));
        }
        return look(*wanted, depth);
    }

    /// Walks down to a value; whatever lies on the way, and the value itself, is resolved first.
    Result<Found> look(const Path& wanted, int depth)
    {
        Json* value = &m_document.value;
        Path here;
        bool done = false; // within what an interpolation has put there
        for (const std::string& key : wanted) {
            done = done || m_done.contains(pointerOf(here));
            if (!done && mayInterpolate(*value)) {
                PAPILIO_TRY(resolve(*value, here, depth + 1));
                done = true;
            }
            const std::size_t index =
                value->is_array() && !key.empty() && key.size() < 7 && key.find_first_not_of("0123456789") == key.npos
                    ? std::stoul(key)
                    : std::string::npos;
            if (value->is_object() && value->contains(key)) {
                value = &(*value)[key];
            } else if (value->is_array() && index < value->size()) {
                value = &(*value)[index];
            } else {
                return Found("there is no '" + elided(pointerOf(wanted), 200) + "' in this file");
            }
            here.push_back(key);
        }
        if (!done) {
            PAPILIO_TRY(resolve(*value, here, depth + 1));
        }
        return Found(*value);
    }

    YamlDocument& m_document;
    const std::string& m_where;
    std::set<std::string> m_active, m_done;
    std::size_t m_values = 0, m_bytes = 0;
};

} // namespace

Result<> interpolateYaml(YamlDocument& document, const std::string& where)
{
    return Interpolator(document, where).resolve(document.value, {}, 0);
}

} // namespace papilio::nn::yaml
