// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string>

namespace papilio::chem
{

/// The signed scale of explanations on a white page: blue below 0, neutral at 0, orange above; equal lightness at +v
/// and −v.
struct ColourStop {
    double at = 0; ///< −1 … 1
    int red = 0, green = 0, blue = 0;
};
inline constexpr std::array<ColourStop, 9> divergingStops{{
    {-1.00, 0x46, 0x8F, 0xDB},
    {-0.75, 0x7A, 0xA7, 0xE4},
    {-0.50, 0xA4, 0xC0, 0xEC},
    {-0.25, 0xCC, 0xD9, 0xF3},
    {0.00, 0xF2, 0xF3, 0xF4},
    {0.25, 0xF1, 0xD3, 0xBC},
    {0.50, 0xE6, 0xB4, 0x8D},
    {0.75, 0xD6, 0x97, 0x60},
    {1.00, 0xC4, 0x7A, 0x34},
}};

/// "#rrggbb" for a value of −1 … 1, linear between the stops; values outside take the end's colour.
std::string divergingColour(double value);
std::string hexColour(int red, int green, int blue);

} // namespace papilio::chem
