// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/checks.h"

#include <cmath>

#include "core/features.h"
#include "nn/shards.h"

namespace papilio::nn
{

namespace
{

Result<> wrongLength(const std::string& what, std::size_t is, std::int64_t should)
{
    return fail(ErrorCode::Internal,
                "batch: " + what + " has " + std::to_string(is) + " values instead of " + std::to_string(should) + ".");
}

bool increasing(const std::vector<std::int64_t>& starts, std::int64_t end)
{
    for (std::size_t i = 1; i < starts.size(); ++i) {
        if (starts[i] < starts[i - 1]) {
            return false;
        }
    }
    return starts.front() == 0 && starts.back() == end;
}

/// Atoms and edges of a molecule stand together: shards of whole molecules rely on it.
bool moleculesTogether(const Batch& batch)
{
    for (std::size_t g = 0; g < static_cast<std::size_t>(batch.graphs); ++g) {
        const std::int64_t first = batch.nodeStart[g];
        const std::int64_t end = batch.nodeStart[g + 1];
        for (std::int64_t i = first; i < end; ++i) {
            if (batch.graphOf[static_cast<std::size_t>(i)] != static_cast<std::int64_t>(g)) {
                return false;
            }
        }
        for (std::int64_t e = batch.edgeStart[g]; e < batch.edgeStart[g + 1]; ++e) {
            const std::int64_t sender = batch.senders[static_cast<std::size_t>(e)];
            const std::int64_t receiver = batch.receivers[static_cast<std::size_t>(e)];
            if (sender < first || sender >= end || receiver < first || receiver >= end) {
                return false;
            }
        }
    }
    return true;
}

Result<> checkLabels(const Batch& batch, const HeadSpec& head, const std::vector<float>& labels)
{
    const std::int64_t expected = batch.rows(head.level) * static_cast<std::int64_t>(head.columns.size());
    if (!labels.empty() && static_cast<std::int64_t>(labels.size()) != expected) {
        return wrongLength("labels of head '" + head.name + "'", labels.size(), expected);
    }
    for (const float label : labels) {
        if (std::isnan(label) || head.kind == TaskKind::Regression) {
            continue;
        }
        if (head.kind == TaskKind::Binary && !(label >= 0 && label <= 1)) {
            return fail(ErrorCode::BadInput,
                        "head '" + head.name + "': label " + std::to_string(label) + " is not between 0 and 1.");
        }
        if (head.kind == TaskKind::Multiclass &&
            !(label >= 0 && label < static_cast<float>(head.classes) && label == std::floor(label))) {
            return fail(ErrorCode::BadInput,
                        "head '" + head.name + "': label " + std::to_string(label) + " is not one of its " +
                            std::to_string(head.classes) + " classes.",
                        "Classes are whole numbers from 0 to " + std::to_string(head.classes - 1) + ".");
        }
    }
    return {};
}

/// The encodings of the feature set, in its order.
Result<> checkEncodings(const Batch& batch, const FeatureSet& set)
{
    if (batch.encodings.size() != set.encodings.size()) {
        return wrongLength("list of encodings", batch.encodings.size(),
                           static_cast<std::int64_t>(set.encodings.size()));
    }
    const RowCounts counts = rowCounts(batch);
    for (std::size_t i = 0; i < set.encodings.size(); ++i) {
        const EncodingRows& rows = batch.encodings[i];
        const EncodingSpec& spec = set.encodings[i];
        if (rows.key != encodingKey(spec) || rows.level != spec.level || rows.width != encodingWidth(spec)) {
            return fail(ErrorCode::Internal,
                        "batch: encoding '" + rows.key + "' stands in the place of '" + encodingKey(spec) + "'.");
        }
        const std::int64_t count = rows.level == Level::NodePair ? counts.squares : counts.of(rows.level);
        if (static_cast<std::int64_t>(rows.values.size()) != count * rows.width) {
            return wrongLength("encoding '" + rows.key + "'", rows.values.size(), count * rows.width);
        }
    }
    return {};
}

bool rightPairs(const Batch& batch)
{
    for (std::size_t g = 0; g < static_cast<std::size_t>(batch.graphs); ++g) {
        const std::int64_t atoms = batch.nodeStart[g + 1] - batch.nodeStart[g];
        if (batch.pairStart[g + 1] - batch.pairStart[g] != atoms * (atoms - 1) / 2) {
            return false;
        }
    }
    return batch.pairStart.front() == 0;
}

std::string shapeText(const std::vector<std::int64_t>& shape)
{
    std::string text = "[";
    for (const std::int64_t size : shape) {
        text += (text.size() > 1 ? ", " : "") + std::to_string(size);
    }
    return text + "]";
}

} // namespace

Result<> checkBatch(const Batch& batch, const ModelSpec& spec)
{
    if (batch.graphs < 0 || batch.nodes < 0 || batch.edges < 0) {
        return fail(ErrorCode::Internal, "batch: a count is negative.");
    }
    const FeatureSet& set = spec.architecture.inputs;
    const struct {
        const char* name;
        std::size_t is;
        std::int64_t should;
    } lengths[] = {
        {"node features", batch.nodeFeatures.size(), batch.nodes * atomWidth(set)},
        {"edge features", batch.edgeFeatures.size(), batch.edges * bondWidth(set)},
        {"senders", batch.senders.size(), batch.edges},
        {"receivers", batch.receivers.size(), batch.edges},
        {"molecule of each atom", batch.graphOf.size(), batch.nodes},
        {"first atoms", batch.nodeStart.size(), batch.graphs + 1},
        {"first edges", batch.edgeStart.size(), batch.graphs + 1},
        {"first pairs", batch.pairStart.size(), batch.graphs + 1},
    };
    for (const auto& length : lengths) {
        if (static_cast<std::int64_t>(length.is) != length.should) {
            return wrongLength(length.name, length.is, length.should);
        }
    }
    if (!increasing(batch.nodeStart, batch.nodes) || !increasing(batch.edgeStart, batch.edges) ||
        !moleculesTogether(batch) || !rightPairs(batch)) {
        return fail(ErrorCode::Internal, "batch: an index points outside its molecule.");
    }
    PAPILIO_TRY(checkEncodings(batch, set));
    if (!batch.labels.empty() && batch.labels.size() != spec.heads.size()) {
        return wrongLength("list of labels", batch.labels.size(), static_cast<std::int64_t>(spec.heads.size()));
    }
    for (std::size_t i = 0; i < batch.labels.size(); ++i) {
        PAPILIO_TRY(checkLabels(batch, spec.heads[i], batch.labels[i]));
    }
    return {};
}

Result<> checkTarget(const Batch& batch, const ModelSpec& spec, const GradientTarget& target)
{
    if (target.head < 0 || target.head >= static_cast<int>(spec.heads.size())) {
        return fail(ErrorCode::BadInput, "there is no head " + std::to_string(target.head) + ".");
    }
    const HeadSpec& head = spec.heads[static_cast<std::size_t>(target.head)];
    if (target.column < 0 || target.column >= static_cast<int>(head.columns.size())) {
        return fail(ErrorCode::BadInput,
                    "head '" + head.name + "' has no column " + std::to_string(target.column) + ".");
    }
    const int classes = head.kind == TaskKind::Multiclass ? head.classes : 1;
    if (target.classIndex < 0 || target.classIndex >= classes) {
        return fail(ErrorCode::BadInput,
                    "head '" + head.name + "' has no class " + std::to_string(target.classIndex) + ".");
    }
    if (target.row >= batch.rows(head.level)) {
        return fail(ErrorCode::BadInput,
                    "head '" + head.name + "' has no row " + std::to_string(target.row) + " here.");
    }
    return {};
}

Result<> checkTensors(const TensorMap& expected, const TensorMap& given, const std::string& what)
{
    const std::string hint = "The file belongs to another network.";
    for (const auto& [name, tensor] : expected) {
        const auto found = given.find(name);
        if (found == given.end()) {
            return fail(ErrorCode::BadInput, what + ": '" + name + "' is missing.", hint);
        }
        if (found->second.shape != tensor.shape || found->second.values.size() != tensor.values.size()) {
            return fail(ErrorCode::BadInput,
                        what + ": '" + name + "' has shape " + shapeText(found->second.shape) + " instead of " +
                            shapeText(tensor.shape) + ".",
                        hint);
        }
        for (const float value : found->second.values) {
            if (!std::isfinite(value)) {
                return fail(ErrorCode::Damaged, what + ": '" + name + "' has a value that is not finite.");
            }
        }
    }
    for (const auto& [name, tensor] : given) {
        if (!expected.contains(name)) {
            return fail(ErrorCode::BadInput, what + ": '" + name + "' is not part of this network.", hint);
        }
    }
    return {};
}

} // namespace papilio::nn
