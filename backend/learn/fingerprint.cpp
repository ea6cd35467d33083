// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/fingerprint.h"

#include <algorithm>

#include "core/text.h"
#include "learn/outputs.h"

namespace papilio::learn
{

namespace
{

/// "gnn.15.out" → "gnn:15"; nothing for tensors that are no layer's result.
std::optional<std::string> addressOf(const std::string& name)
{
    const auto parts = split(name, '.');
    if (name == "pre_nn" || name == "pre_nn_edges" || name == "encoders" || name == "pool") {
        return name;
    }
    if (parts.size() == 3 && parts[0] == "gnn" && parts[2] == "out") {
        return "gnn:" + parts[1];
    }
    if (parts.size() == 2 && parts[0] == "graph_output_nn") {
        return "output-" + parts[1];
    }
    if (parts.size() == 2 && parts[0] == "encoder") {
        return "encoder-" + parts[1];
    }
    if (parts.size() >= 3 && parts[0] == "head") {
        const auto last = name.rfind('.');
        return "head-" + name.substr(5, last - 5) + ":" + name.substr(last + 1);
    }
    return std::nullopt;
}

/// The published library's way to write an address, as ours.
std::string ourAddress(std::string address)
{
    const std::pair<std::string_view, std::string_view> prefixes[] = {
        {"task_heads-", "head-"}, {"graph_output_nn-", "output-"}, {"pe_encoders-", "encoder-"}};
    for (const auto& [theirs, ours] : prefixes) {
        if (address.starts_with(theirs)) {
            address = std::string(ours) + address.substr(theirs.size());
        }
    }
    return address == "pe_encoders" ? "encoders" : address;
}

void poolRows(std::span<const float> from, std::size_t rows, FingerprintPool pool, std::vector<float>& to)
{
    const std::size_t width = to.size();
    for (std::size_t column = 0; column < width; ++column) {
        double value = pool == FingerprintPool::Max ? from[column] : 0;
        for (std::size_t row = 0; row < rows; ++row) {
            const double next = from[row * width + column];
            value = pool == FingerprintPool::Max ? std::max(value, next) : value + next;
        }
        to[column] = static_cast<float>(pool == FingerprintPool::Mean ? value / static_cast<double>(rows) : value);
    }
}

Fingerprint take(const nn::Intermediate& tensor, const RowRange& range, FingerprintPool pool)
{
    Fingerprint result;
    result.width = tensor.tensor.shape.back();
    const auto width = static_cast<std::size_t>(result.width);
    const auto from = std::span(tensor.tensor.values).subspan(range.begin * width, range.count * width);
    if (pool == FingerprintPool::None || tensor.level == Level::Graph) {
        result.level = tensor.level;
        result.rows = static_cast<std::int64_t>(range.count);
        result.values.assign(from.begin(), from.end());
        return result;
    }
    result.rows = 1;
    result.values.assign(width, 0.0F);
    if (range.count > 0) { // a molecule without bonds has zeros
        poolRows(from, range.count, pool, result.values);
    }
    return result;
}

} // namespace

std::string_view poolName(FingerprintPool pool)
{
    static constexpr std::string_view names[] = {"max", "mean", "sum", "none"};
    return names[static_cast<std::size_t>(pool)];
}

std::optional<FingerprintPool> poolFromName(std::string_view name)
{
    for (const auto pool : {FingerprintPool::Max, FingerprintPool::Mean, FingerprintPool::Sum, FingerprintPool::None}) {
        if (poolName(pool) == name) {
            return pool;
        }
    }
    return std::nullopt;
}

std::vector<FingerprintLayer> fingerprintLayers(const nn::Model& model)
{
    std::vector<FingerprintLayer> layers;
    for (const std::string& name : model.intermediateNames()) {
        if (auto address = addressOf(name)) {
            layers.push_back({std::move(*address), name});
        }
    }
    return layers;
}

Result<FingerprintLayer> findLayer(const nn::Model& model, const std::string& address)
{
    const auto layers = fingerprintLayers(model);
    const std::string wanted = ourAddress(address);
    std::vector<std::string> known;
    for (const FingerprintLayer& layer : layers) {
        if (layer.address == wanted || (layer.address.starts_with("output-") && layer.address + ":0" == wanted)) {
            return layer;
        }
        known.push_back(layer.address);
    }
    return fail(ErrorCode::NotFound, "The model has no layer '" + elided(toUtf8(address), 60) + "'.",
                "Did you mean '" + nearestName(wanted, known) + "'? 'papilio-engine model info' lists its layers.");
}

Result<std::vector<Fingerprint>> fingerprints(nn::Model& model, std::span<const nn::MoleculeInput> molecules,
                                              const FingerprintLayer& layer, FingerprintPool pool,
                                              std::int64_t batchSize)
{
    const auto step = static_cast<std::size_t>(std::max<std::int64_t>(1, batchSize));
    std::vector<Fingerprint> result;
    result.reserve(molecules.size());
    for (std::size_t begin = 0; begin < molecules.size(); begin += step) {
        const nn::Batch batch = nn::collate(molecules.subspan(begin, std::min(step, molecules.size() - begin)),
                                            model.spec().architecture.inputs);
        auto tensors = model.intermediates(batch, std::span(&layer.intermediate, 1));
        if (!tensors) {
            return tl::unexpected(tensors.error());
        }
        const nn::Intermediate& tensor = tensors->at(layer.intermediate);
        for (std::size_t i = 0; i < static_cast<std::size_t>(batch.graphs); ++i) {
            result.push_back(take(tensor, rowsOfMolecule(batch, tensor.level, i), pool));
        }
    }
    return result;
}

} // namespace papilio::learn
