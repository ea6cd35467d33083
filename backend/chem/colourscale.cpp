// SPDX-License-Identifier: GPL-3.0-or-later
#include "chem/colourscale.h"

#include <algorithm>
#include <cmath>

namespace papilio::chem
{

std::string hexColour(int red, int green, int blue)
{
    static constexpr char digits[] = "0123456789abcdef";
    std::string text(1, '#');
    for (const int part : {red, green, blue}) {
        text += digits[(part >> 4) & 15];
        text += digits[part & 15];
    }
    return text;
}

std::string divergingColour(double value)
{
    const double clamped = std::isfinite(value) ? std::clamp(value, -1.0, 1.0) : 0.0;
    std::size_t upper = 1;
    while (upper + 1 < divergingStops.size() && divergingStops[upper].at < clamped) {
        ++upper;
    }
    const ColourStop& low = divergingStops[upper - 1];
    const ColourStop& high = divergingStops[upper];
    const double part = (clamped - low.at) / (high.at - low.at);
    const auto mix = [part](int a, int b) { return static_cast<int>(std::lround(a + part * (b - a))); };
    return hexColour(mix(low.red, high.red), mix(low.green, high.green), mix(low.blue, high.blue));
}

} // namespace papilio::chem
