// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/split.h"

#include <algorithm>

#include "core/random.h"
#include "core/text.h"

namespace papilio::learn
{

namespace
{

bool isPlainRandom(const SplitSpec& spec)
{
    return spec.kind == SplitKind::Random && !spec.perDataset;
}

store::Split randomSplit(const std::string& text, const SplitSpec& spec, std::uint64_t seed,
                         const std::vector<std::int64_t>& molecules)
{
    store::Split split;
    split.spec = std::string(trimmed(text));
    split.seed = seed;
    split.molecules = molecules;
    std::sort(split.molecules.begin(), split.molecules.end());
    split.molecules.erase(std::unique(split.molecules.begin(), split.molecules.end()), split.molecules.end());
    const std::size_t n = split.molecules.size();
    split.parts.assign(n, store::Part::Train);
    const std::size_t validation = shareOf(spec.fractions[1], n);
    const std::size_t test = shareOf(spec.fractions[2], n);
    const auto order = shuffledIndices(n, seed);
    for (std::size_t i = 0; i < validation + test; ++i) {
        split.parts[order[i]] = i < validation ? store::Part::Validation : store::Part::Test;
    }
    split.hash = store::splitHash(split);
    return split;
}

Result<> checkUsable(const store::Split& split, const std::string& spec)
{
    if (std::find(split.parts.begin(), split.parts.end(), store::Part::Train) == split.parts.end()) {
        return fail(ErrorCode::BadInput, "Split '" + spec + "' leaves none of the chosen tasks' molecules for training.",
                    "Choose another split or other tasks.");
    }
    return {};
}

} // namespace

Result<> checkSplitSpec(const std::string& spec)
{
    if (auto parsed = parseSplitSpec(spec); !parsed) {
        return tl::unexpected<Error>(parsed.error());
    }
    return {};
}

Result<store::Split> makeSplit(const std::string& spec, std::uint64_t seed, const std::vector<std::int64_t>& molecules)
{
    const auto parsed = parseSplitSpec(spec);
    if (!parsed) {
        return tl::unexpected<Error>(parsed.error());
    }
    if (!isPlainRandom(*parsed)) {
        return fail(ErrorCode::Unsupported, "Split '" + spec + "' needs structures or tables, which this program has not.",
                    "Use random:0.8/0.1/0.1.");
    }
    return randomSplit(spec, *parsed, seed, molecules);
}

Result<store::Split> makeSplit(store::Project& project, const std::string& spec, std::uint64_t seed,
                               const Selection& selection, const std::vector<std::int64_t>& molecules,
                               const SplitMaker& maker, Control& control)
{
    const auto parsed = parseSplitSpec(spec);
    if (!parsed) {
        return tl::unexpected<Error>(parsed.error());
    }
    auto split = isPlainRandom(*parsed) || !maker ? makeSplit(spec, seed, molecules)
                                                  : maker(project, *parsed, seed, selection, molecules, control);
    if (split) {
        PAPILIO_TRY(checkUsable(*split, spec));
    }
    return split;
}

} // namespace papilio::learn
