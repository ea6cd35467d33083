// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

namespace papilio::nn
{

/// A file of resources/models, compiled in.
struct PresetText {
    const char* name;
    const char* json;
};

std::span<const PresetText> presetTexts();

} // namespace papilio::nn
