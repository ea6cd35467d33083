// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/encodings.h"

#include <bit>

#include "core/bytes.h"

namespace papilio
{

namespace
{
constexpr std::uint16_t formatVersion = 1;
constexpr std::size_t valuesPerAtom = 2 * Encodings::laplacianCount + Encodings::walkCount;

void appendHalves(std::string& out, const std::vector<float>& values)
{
    for (const float value : values) {
        appendU16(out, toHalf(value));
    }
}

void readHalves(std::string_view bytes, std::size_t& at, std::vector<float>& values)
{
    for (float& value : values) {
        value = fromHalf(readU16(bytes, at));
        at += 2;
    }
}
} // namespace

std::string Encodings::toBytes() const
{
    std::string out;
    out.reserve(2 + atomCount() * valuesPerAtom * 2);
    appendU16(out, formatVersion);
    appendHalves(out, laplacianVectors);
    appendHalves(out, laplacianValues);
    appendHalves(out, walkReturns);
    return out;
}

std::string Encodings::toBytes(std::span<const double> laplacianVectors, std::span<const double> laplacianValues,
                               std::span<const double> walkReturns)
{
    std::string out;
    appendU16(out, formatVersion);
    std::size_t at = out.size();
    out.resize(at + 2 * (laplacianVectors.size() + laplacianValues.size() + walkReturns.size()));
    for (const std::span<const double> values : {laplacianVectors, laplacianValues, walkReturns}) {
        for (const double value : values) {
            const std::uint16_t half = toHalf(inHalfRange(value));
            out[at++] = static_cast<char>(half & 0xff);
            out[at++] = static_cast<char>(half >> 8);
        }
    }
    return out;
}

Result<Encodings> Encodings::fromBytes(std::string_view bytes)
{
    if (bytes.size() < 2 || readU16(bytes, 0) != formatVersion || (bytes.size() - 2) % (2 * valuesPerAtom) != 0) {
        return fail(ErrorCode::Damaged, "Stored positional encodings are damaged (" + std::to_string(bytes.size()) +
                                            " bytes).");
    }
    const std::size_t atoms = (bytes.size() - 2) / (2 * valuesPerAtom);
    Encodings encodings;
    encodings.laplacianVectors.resize(atoms * laplacianCount);
    encodings.laplacianValues.resize(atoms * laplacianCount);
    encodings.walkReturns.resize(atoms * walkCount);
    std::size_t at = 2;
    readHalves(bytes, at, encodings.laplacianVectors);
    readHalves(bytes, at, encodings.laplacianValues);
    readHalves(bytes, at, encodings.walkReturns);
    return encodings;
}

std::uint16_t toHalf(float value)
{
    const auto bits = std::bit_cast<std::uint32_t>(value);
    const std::uint32_t sign = (bits >> 16) & 0x8000U;
    const std::uint32_t magnitude = bits & 0x7fffffffU;
    if (magnitude > 0x7f800000U) { // NaN, kept quiet
        return static_cast<std::uint16_t>(sign | 0x7e00U);
    }
    if (magnitude >= 0x47800000U) { // 65536 and more
        return static_cast<std::uint16_t>(sign | 0x7c00U);
    }
    if (magnitude < 0x38800000U) { // zero and subnormals: adding 0.5 shifts and rounds the significand as it has to be
        const float shifted = std::bit_cast<float>(magnitude) + 0.5F;
        return static_cast<std::uint16_t>(sign | (std::bit_cast<std::uint32_t>(shifted) - 0x3f000000U));
    }
    // A new bias of the exponent, and to nearest, ties to even; a carry moves into the exponent as it should.
    const std::uint32_t odd = (magnitude >> 13) & 1U;
    return static_cast<std::uint16_t>(sign | ((magnitude - 0x38000000U + 0xfffU + odd) >> 13));
}

float fromHalf(std::uint16_t value)
{
    const std::uint32_t sign = static_cast<std::uint32_t>(value & 0x8000U) << 16;
    const std::uint32_t exponent = (value >> 10) & 0x1fU;
    const std::uint32_t fraction = value & 0x3ffU;
    if (exponent == 0) { // zero and subnormals: fraction × 2^-24
        const float magnitude = static_cast<float>(fraction) * 0x1p-24F;
        return sign != 0 ? -magnitude : magnitude;
    }
    const std::uint32_t wideExponent = exponent == 31 ? 255U : exponent + 112U;
    return std::bit_cast<float>(sign | (wideExponent << 23) | (fraction << 13));
}

} // namespace papilio
