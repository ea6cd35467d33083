// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

namespace papilio::data
{

/// A file of resources/datasets, compiled in.
struct PresetText {
    const char* name;
    const char* json;
};

std::span<const PresetText> datasetPresetTexts();

} // namespace papilio::data
