// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as the preset of a data set, a curation recipe, or the text of a split.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/recipe.h"
#include "core/splitspec.h"
#include "data/presets.h"

using namespace papilio;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string text(reinterpret_cast<const char*>(data), size);
    static_cast<void>(data::presetFromJson(text, "fuzz"));
    if (const auto recipe = recipeFromJson(text)) {
        if (recipeFromJson(recipeToJson(*recipe)) != *recipe) {
            std::abort();
        }
    }
    if (const auto split = parseSplitSpec(text)) {
        if (!parseSplitSpec(splitSpecText(*split))) {
            std::abort();
        }
    }
    return 0;
}
