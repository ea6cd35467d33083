// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace papilio
{

/// Positional encodings of one molecule of N atoms, in the graph's atom order. Values are rounded to half precision, as
/// the published system stores them, so that a stored and a freshly computed molecule give the same numbers.
struct Encodings {
    static constexpr int laplacianCount = 8;
    static constexpr int walkCount = 16;

    std::vector<float> laplacianVectors; ///< N × 8, row-major; 0 where the component has fewer eigenvectors
    std::vector<float> laplacianValues;  ///< N × 8, the eigenvalues of the atom's component on each of its atoms
    std::vector<float> walkReturns;      ///< N × 16, probability to be back after k = 1 … 16 steps

    std::size_t atomCount() const { return laplacianVectors.size() / laplacianCount; }

    /// Half-precision bytes for storage, 64 a atom behind 2 bytes of format version.
    std::string toBytes() const;
    /// The same bytes from values that are not rounded yet, in the shapes of the members; beyond half precision: its
    /// largest number.
    static std::string toBytes(std::span<const double> laplacianVectors, std::span<const double> laplacianValues,
                               std::span<const double> walkReturns);
    static Result<Encodings> fromBytes(std::string_view bytes);
};

/// Name that is stored with encodings; a change of formula changes it.
inline constexpr std::string_view encodingSetName = "laplacian8-walk16-v1";

std::uint16_t toHalf(float value);   ///< IEEE 754 binary16, round to nearest even
float fromHalf(std::uint16_t value);
/// To single precision; what lies beyond half precision becomes its largest number, 65504.
inline float inHalfRange(double value) { return static_cast<float>(value > 65504 ? 65504 : value < -65504 ? -65504 : value); }
inline float roundToHalf(float value) { return fromHalf(toHalf(value)); }

} // namespace papilio
