// SPDX-License-Identifier: GPL-3.0-or-later
#include <nlohmann/json.hpp>

#include "core/text.h"
#include "nn/architecture.h"
#include "nn/names.h"
#include "nn/presets.h"

namespace papilio::nn
{

namespace
{

using Json = nlohmann::json;

constexpr std::string_view publishedSuffix = "-published";
constexpr double publishedDivisor = 2; ///< of muP, where a configuration names no base network

const PresetText* find(std::string_view name)
{
    for (const PresetText& text : presetTexts()) {
        if (equalsIgnoringCase(text.name, name)) {
            return &text;
        }
    }
    return nullptr;
}

/// The file's content over that of its "base".
Json resolved(const PresetText& text)
{
    Json json = Json::parse(text.json, nullptr, false);
    if (!json.is_object() || !json.contains("base")) {
        return json;
    }
    const PresetText* base = json["base"].is_string() ? find(json["base"].get<std::string>()) : nullptr;
    if (base == nullptr || base == &text) {
        return Json();
    }
    Json merged = resolved(*base);
    json.erase("base");
    merged.merge_patch(json);
    return merged;
}

} // namespace

std::vector<std::string> presetNames()
{
    std::vector<std::string> names;
    for (const PresetText& text : presetTexts()) {
        names.emplace_back(text.name);
    }
    return names;
}

Result<Architecture> preset(const std::string& name)
{
    if (const PresetText* text = find(name)) {
        return architectureFromJson(resolved(*text));
    }
    if (name.size() > publishedSuffix.size() && name.ends_with(publishedSuffix)) {
        if (const PresetText* text = find(name.substr(0, name.size() - publishedSuffix.size()))) {
            auto architecture = architectureFromJson(resolved(*text));
            if (architecture) {
                architecture->name += publishedSuffix;
                architecture->title += ", with the published library's faults";
                architecture->quirks = Quirks::published();
                architecture->inputs = asPublished(std::move(architecture->inputs));
                architecture->mupDivisor = publishedDivisor;
            }
            return architecture;
        }
    }
    const auto names = presetNames();
    std::string known;
    for (const std::string& other : names) {
        known += (known.empty() ? "" : ", ") + other;
    }
    return fail(ErrorCode::NotFound, "there is no preset '" + elided(toUtf8(name), 60) + "'.",
                "Did you mean '" + nearestName(name, names) + "'? There are: " + known +
                    "; each also as NAME-published, with the published library's faults.");
}

} // namespace papilio::nn
