// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/presets.h"

#include <algorithm>
#include <array>

#include "core/text.h"
#include "data/presettexts.h"

namespace papilio::data
{

namespace
{
/// The order in which collections are shown; others follow.
constexpr std::array<std::string_view, 8> collections{"ToyMix",      "LargeMix",  "UltraLarge",          "MoleculeNet",
                                                      "TDC ADMET", "Quantum chemistry", "Drug-like molecules", "Models"};

std::size_t rankOf(const DatasetPreset& preset)
{
    const auto found = std::find(collections.begin(), collections.end(), preset.collection);
    return 2 * static_cast<std::size_t>(found - collections.begin()) + (preset.isGroup() ? 0 : 1);
}

/// The members of groups stand in the group's order, everything else by title.
std::size_t placeOf(const std::vector<DatasetPreset>& all, const DatasetPreset& preset)
{
    for (const DatasetPreset& group : all) {
        const auto found = std::find(group.members.begin(), group.members.end(), preset.name);
        if (found != group.members.end()) {
            return static_cast<std::size_t>(found - group.members.begin());
        }
    }
    return all.size();
}

std::vector<DatasetPreset> readAll()
{
    std::vector<DatasetPreset> presets;
    for (const PresetText& text : datasetPresetTexts()) {
        if (auto preset = presetFromJson(text.json, text.name)) { // a test holds all of them against this
            presets.push_back(std::move(*preset));
        }
    }
    const std::vector<DatasetPreset> unordered = presets;
    std::stable_sort(presets.begin(), presets.end(), [&](const DatasetPreset& a, const DatasetPreset& b) {
        const auto keyA = std::pair(rankOf(a), placeOf(unordered, a));
        const auto keyB = std::pair(rankOf(b), placeOf(unordered, b));
        return keyA != keyB ? keyA < keyB : a.title < b.title;
    });
    return presets;
}
} // namespace

const std::vector<DatasetPreset>& datasetPresets()
{
    static const std::vector<DatasetPreset> presets = readAll();
    return presets;
}

Result<DatasetPreset> datasetPreset(const std::string& name)
{
    std::vector<std::string> names;
    for (const DatasetPreset& preset : datasetPresets()) {
        if (equalsIgnoringCase(preset.name, name)) {
            return preset;
        }
        names.push_back(preset.name);
    }
    for (const DatasetPreset& preset : datasetPresets()) {
        if (equalsIgnoringCase(preset.dataset, name) || equalsIgnoringCase(preset.title, name)) {
            return preset;
        }
    }
    return fail(ErrorCode::NotFound, "There is no data set '" + elided(toUtf8(name), 60) + "'.",
                "Did you mean '" + nearestName(name, names) + "'? papilio-engine data list shows all.");
}

std::vector<DatasetPreset> membersOf(const DatasetPreset& preset)
{
    if (!preset.isGroup()) {
        return {preset};
    }
    std::vector<DatasetPreset> members;
    for (const std::string& name : preset.members) {
        if (auto member = datasetPreset(name)) {
            members.push_back(std::move(*member));
        }
    }
    return members;
}

} // namespace papilio::data
