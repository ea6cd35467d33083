// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/parts.h"

#include <algorithm>
#include <cmath>

namespace papilio::nn
{

namespace
{

constexpr std::size_t culpritsNamed = 8;

/// First row of each molecule at a level, and the end.
std::vector<std::int64_t> startsOf(const Batch& part, Level level)
{
    if (level == Level::Node) {
        return part.nodeStart;
    }
    if (level == Level::Edge) {
        return part.edgeStart;
    }
    if (level == Level::NodePair) {
        return part.pairStart;
    }
    std::vector<std::int64_t> starts;
    for (std::int64_t g = 0; g <= part.graphs; ++g) {
        starts.push_back(g);
    }
    return starts;
}

/// First row of each molecule in an encoding, whose node pairs are ordered ones.
std::vector<std::int64_t> encodingStarts(const Batch& part, Level level)
{
    if (level != Level::NodePair) {
        return startsOf(part, level);
    }
    std::vector<std::int64_t> starts = {0};
    for (std::size_t g = 0; g < static_cast<std::size_t>(part.graphs); ++g) {
        const std::int64_t atoms = part.nodeStart[g + 1] - part.nodeStart[g];
        starts.push_back(starts.back() + atoms * atoms);
    }
    return starts;
}

/// Marks the molecules that have a value that is not finite among theirs.
void mark(std::span<const float> values, const std::vector<std::int64_t>& starts, std::int64_t width, bool nanAllowed,
          std::vector<bool>& marks, std::size_t firstMark)
{
    const auto bad = [nanAllowed](float value) { return !std::isfinite(value) && !(nanAllowed && std::isnan(value)); };
    for (std::size_t g = 0; g + 1 < starts.size(); ++g) {
        const auto molecule = values.subspan(static_cast<std::size_t>(starts[g] * width),
                                             static_cast<std::size_t>((starts[g + 1] - starts[g]) * width));
        if (std::any_of(molecule.begin(), molecule.end(), bad)) {
            marks[firstMark + g] = true;
        }
    }
}

void markInputs(const ModelSpec& spec, const Batch& part, std::vector<bool>& marks, std::size_t first)
{
    const auto width = [](const std::vector<float>& values, std::int64_t rows) {
        return rows > 0 ? static_cast<std::int64_t>(values.size()) / rows : 0;
    };
    mark(part.nodeFeatures, part.nodeStart, width(part.nodeFeatures, part.nodes), false, marks, first);
    mark(part.edgeFeatures, part.edgeStart, width(part.edgeFeatures, part.edges), false, marks, first);
    for (const EncodingRows& rows : part.encodings) {
        const bool mayBeMissing = rows.key.find(encodingTypeName(EncodingType::Positions)) != std::string::npos;
        mark(rows.values, encodingStarts(part, rows.level), rows.width, mayBeMissing, marks, first);
    }
    for (std::size_t h = 0; h < part.labels.size(); ++h) {
        const HeadSpec& head = spec.heads[h];
        if (!part.labels[h].empty()) {
            mark(part.labels[h], startsOf(part, head.level), static_cast<std::int64_t>(head.columns.size()), true,
                 marks, first);
        }
    }
}

std::vector<std::int64_t> places(const std::vector<bool>& marks)
{
    std::vector<std::int64_t> found;
    for (std::size_t i = 0; i < marks.size(); ++i) {
        if (marks[i]) {
            found.push_back(static_cast<std::int64_t>(i));
        }
    }
    return found;
}

} // namespace

std::vector<std::int64_t> findCulprits(const ModelSpec& spec, std::span<const Batch> parts,
                                       const std::vector<std::vector<std::vector<float>>>& outputs)
{
    std::int64_t graphs = 0;
    for (const Batch& part : parts) {
        graphs += part.graphs;
    }
    std::vector<bool> inputs(static_cast<std::size_t>(graphs), false);
    std::vector<bool> results = inputs;
    std::size_t first = 0;
    for (std::size_t p = 0; p < parts.size(); ++p) {
        markInputs(spec, parts[p], inputs, first);
        for (std::size_t h = 0; p < outputs.size() && h < spec.heads.size(); ++h) {
            const HeadSpec& head = spec.heads[h];
            mark(outputs[p][h], startsOf(parts[p], head.level), head.outputWidth(), false, results, first);
        }
        first += static_cast<std::size_t>(parts[p].graphs);
    }
    std::vector<std::int64_t> found = places(inputs);
    if (found.empty()) {
        found = places(results);
        if (graphs > 1 && 2 * static_cast<std::int64_t>(found.size()) > graphs) {
            found.clear(); // the weights are to blame
        }
    }
    return found;
}

tl::unexpected<Error> notFinite(const ModelSpec& spec, const Losses& losses, const std::vector<std::int64_t>& culprits)
{
    std::string heads;
    for (std::size_t h = 0; h < losses.heads.size(); ++h) {
        if (!std::isfinite(losses.heads[h])) {
            heads += (heads.empty() ? " of " : ", ") + spec.heads[h].name;
        }
    }
    std::string molecules;
    for (std::size_t i = 0; i < std::min(culprits.size(), culpritsNamed); ++i) {
        molecules += (i > 0 ? ", " : "") + std::to_string(culprits[i]);
    }
    if (culprits.size() > culpritsNamed) {
        molecules += " and " + std::to_string(culprits.size() - culpritsNamed) + " more";
    }
    if (!molecules.empty()) {
        return fail(
            ErrorCode::BadInput,
            "the training loss" + heads + " is not finite: molecule" + (culprits.size() > 1 ? "s " : " ") + molecules +
                " of the batch (counted from 0).",
            "Look for extreme labels or features of these molecules, or lower the learning rate. The weights are "
            "those before this step.");
    }
    return fail(ErrorCode::BadInput, "the training loss" + heads + " is not finite.",
                "Lower the learning rate, and look for extreme labels. The weights are those before this step.");
}

} // namespace papilio::nn
