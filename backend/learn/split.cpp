// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/split.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/hash.h"
#include "core/random.h"
#include "core/text.h"

namespace papilio::learn
{

namespace
{

Result<std::array<double, 3>> parseFractions(const std::string& spec)
{
    constexpr std::string_view prefix = "random:";
    const char* hint = "Write random:TRAIN/VALIDATION/TEST, for example random:0.8/0.1/0.1.";
    const std::string_view text = trimmed(spec);
    if (text.substr(0, prefix.size()) != prefix) {
        return fail(ErrorCode::Usage, "Split '" + spec + "' is not known.", hint);
    }
    const auto parts = papilio::split(text.substr(prefix.size()), '/');
    std::array<double, 3> fractions{};
    if (parts.size() != fractions.size()) {
        return fail(ErrorCode::Usage, "Split '" + spec + "' does not have three fractions.", hint);
    }
    for (std::size_t i = 0; i < fractions.size(); ++i) {
        const auto number = parseNumber(parts[i]);
        if (!number || !(*number >= 0) || *number > 1) {
            return fail(ErrorCode::Usage, "Split '" + spec + "': '" + parts[i] + "' is not a fraction from 0 to 1.",
                        hint);
        }
        fractions[i] = *number;
    }
    if (fractions[0] <= 0) {
        return fail(ErrorCode::Usage, "Split '" + spec + "' leaves nothing for training.", hint);
    }
    const double sum = fractions[0] + fractions[1] + fractions[2];
    if (std::abs(sum - 1) > 1e-6) {
        return fail(ErrorCode::Usage, "Split '" + spec + "': the fractions add up to " + formatNumber(std::round(sum * 1e6) / 1e6) + ", not 1.",
                    hint);
    }
    return fractions;
}

/// floor(fraction × n), forgiving the last bit ("0.29 of 100" is 29, not 28).
std::size_t shareOf(double fraction, std::size_t n)
{
    return static_cast<std::size_t>(std::floor(fraction * static_cast<double>(n) + 1e-9));
}

std::string hashOf(const store::Split& split)
{
    Sha256 hash;
    for (std::size_t i = 0; i < split.molecules.size(); ++i) {
        hash.add(std::to_string(split.molecules[i]) + ':' + std::to_string(static_cast<int>(split.parts[i])) + '\n');
    }
    return hash.hex();
}

} // namespace

Result<> checkSplitSpec(const std::string& spec)
{
    if (auto fractions = parseFractions(spec); !fractions) {
        return tl::unexpected(fractions.error());
    }
    return {};
}

Result<store::Split> makeSplit(const std::string& spec, std::uint64_t seed, const std::vector<std::int64_t>& molecules)
{
    const auto fractions = parseFractions(spec);
    if (!fractions) {
        return tl::unexpected(fractions.error());
    }
    store::Split split;
    split.spec = std::string(trimmed(spec));
    split.seed = seed;
    split.molecules = molecules;
    std::sort(split.molecules.begin(), split.molecules.end());
    split.molecules.erase(std::unique(split.molecules.begin(), split.molecules.end()), split.molecules.end());
    const std::size_t n = split.molecules.size();
    split.parts.assign(n, store::Part::Train);
    const std::size_t validation = shareOf((*fractions)[1], n);
    const std::size_t test = shareOf((*fractions)[2], n);
    const auto order = shuffledIndices(n, seed);
    for (std::size_t i = 0; i < validation + test; ++i) {
        split.parts[order[i]] = i < validation ? store::Part::Validation : store::Part::Test;
    }
    split.hash = hashOf(split);
    return split;
}

} // namespace papilio::learn
