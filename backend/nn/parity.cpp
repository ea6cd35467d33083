// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/parity.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>

#include "nn/parityfiles.h"

namespace papilio::nn
{

namespace
{

std::vector<std::int64_t> whole(const HostTensor& tensor)
{
    return {tensor.values.begin(), tensor.values.end()};
}

std::vector<std::int64_t> startsOf(const std::vector<std::int64_t>& counts)
{
    std::vector<std::int64_t> starts = {0};
    for (const std::int64_t count : counts) {
        starts.push_back(starts.back() + count);
    }
    return starts;
}

tl::unexpected<Error> lacks(const std::string& name)
{
    return fail(ErrorCode::Damaged, "the reference data lack the tensor '" + name + "'.", "");
}

} // namespace

double deviation(const std::vector<float>& values, const std::vector<float>& expected, bool relative)
{
    if (values.size() != expected.size()) {
        return std::numeric_limits<double>::infinity();
    }
    double most = 0;
    double largest = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double gap = std::abs(static_cast<double>(values[i]) - expected[i]);
        if (!std::isfinite(gap)) {
            return std::numeric_limits<double>::infinity();
        }
        most = std::max(most, gap);
        largest = std::max(largest, std::abs(static_cast<double>(expected[i])));
    }
    return relative && largest > 0 ? most / largest : most;
}

Result<Batch> batchFromTensors(const TensorMap& tensors, const FeatureSet& set)
{
    for (const char* name : {"feat", "edge_feat", "edge_index"}) {
        if (!tensors.contains(name)) {
            return lacks(name);
        }
    }
    Batch batch;
    batch.nodeFeatures = tensors.at("feat").values;
    batch.edgeFeatures = tensors.at("edge_feat").values;
    batch.nodes = tensors.at("feat").shape[0];
    const auto edges = whole(tensors.at("edge_index"));
    batch.edges = static_cast<std::int64_t>(edges.size() / 2);
    batch.senders.assign(edges.begin(), edges.begin() + batch.edges);
    batch.receivers.assign(edges.begin() + batch.edges, edges.end());
    std::vector<std::int64_t> nodeCounts = {batch.nodes};
    std::vector<std::int64_t> edgeCounts = {batch.edges};
    batch.graphOf.assign(static_cast<std::size_t>(batch.nodes), 0);
    if (tensors.contains("batch") && tensors.contains("num_nodes") && tensors.contains("num_edges")) {
        nodeCounts = whole(tensors.at("num_nodes"));
        edgeCounts = whole(tensors.at("num_edges"));
        batch.graphOf = whole(tensors.at("batch"));
    }
    batch.graphs = static_cast<std::int64_t>(nodeCounts.size());
    batch.nodeStart = startsOf(nodeCounts);
    batch.edgeStart = startsOf(edgeCounts);
    std::vector<std::int64_t> pairs;
    for (const std::int64_t atoms : nodeCounts) {
        pairs.push_back(atoms * (atoms - 1) / 2);
    }
    batch.pairStart = startsOf(pairs);
    for (const EncodingSpec& encoding : set.encodings) {
        const std::string key = encodingKey(encoding);
        if (!tensors.contains(key)) {
            return lacks(key);
        }
        batch.encodings.push_back({key, encoding.level, encodingWidth(encoding), tensors.at(key).values});
    }
    return batch;
}

Result<std::vector<std::string>> parityFixtures(const std::string& folder)
{
    std::vector<std::string> names;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        if (entry.path().extension() == ".json") {
            const auto json = parity::readJson(entry.path().string());
            if (!json) {
                return tl::unexpected<Error>(json.error());
            }
            if (json->contains("architecture")) {
                names.push_back(entry.path().stem().string());
            }
        }
    }
    if (error) {
        return fail(ErrorCode::Io, "the folder '" + folder + "' cannot be read: " + error.message(), "");
    }
    std::sort(names.begin(), names.end());
    return names;
}

namespace parity
{

Result<nlohmann::json> readJson(const std::string& path)
{
    auto file = InputFile::open(path);
    if (!file) {
        return tl::unexpected<Error>(file.error());
    }
    const auto text = file->read(file->size());
    if (!text) {
        return tl::unexpected<Error>(text.error());
    }
    nlohmann::json json = nlohmann::json::parse(*text, nullptr, /*allow_exceptions=*/false);
    if (!json.is_object()) {
        return fail(ErrorCode::Damaged, "'" + path + "' is not a JSON object.", "");
    }
    return json;
}

Result<Fixture> readFixture(const std::string& folder, const std::string& name)
{
    Fixture fixture;
    fixture.name = name;
    const std::string stem = folder + "/" + name;
    auto json = readJson(stem + ".json");
    if (!json) {
        return tl::unexpected<Error>(json.error());
    }
    fixture.json = std::move(*json);
    auto file = readSafetensors(stem + ".safetensors");
    if (!file) {
        return tl::unexpected<Error>(file.error());
    }
    fixture.tensors = std::move(file->tensors);
    // Paths stand without their suffix or with it, relative to the fixture's own folder.
    std::filesystem::path batch = fixture.json.value("batch", std::string("batch"));
    batch.replace_extension(".safetensors");
    auto inputs = readSafetensors((std::filesystem::path(folder) / batch).string());
    if (!inputs) {
        return tl::unexpected<Error>(inputs.error());
    }
    PublishedOptions options;
    const EncodingSpec positions = {EncodingType::Positions, Level::Node, 1};
    if (inputs->tensors.contains(encodingKey(positions))) {
        options.inputs.encodings.push_back(positions);
    }
    const nlohmann::json losses = fixture.json.value("losses", nlohmann::json::object());
    for (const auto& [head, loss] : losses.items()) {
        auto task = taskFromPublished(loss);
        if (!task) {
            return tl::unexpected<Error>(task.error());
        }
        options.tasks[head] = std::move(*task);
    }
    auto spec = specFromPublished(fixture.json.value("architecture", nlohmann::json::object()), nullptr, options);
    if (!spec) {
        return tl::unexpected<Error>(spec.error());
    }
    fixture.spec = std::move(*spec);
    auto laidOut = batchFromTensors(inputs->tensors, fixture.spec.architecture.inputs);
    if (!laidOut) {
        return tl::unexpected<Error>(laidOut.error());
    }
    fixture.batch = std::move(*laidOut);
    return fixture;
}

TensorMap under(const TensorMap& tensors, const std::string& prefix)
{
    TensorMap found;
    for (auto at = tensors.lower_bound(prefix); at != tensors.end() && at->first.starts_with(prefix); ++at) {
        found[at->first.substr(prefix.size())] = at->second;
    }
    return found;
}

Result<std::unique_ptr<Model>> createModel(const Fixture& fixture, const ModelSpec& spec, const ModelFactory& factory,
                                           const ModelOptions& options)
{
    auto model = factory(spec, options);
    if (!model) {
        return tl::unexpected<Error>(model.error());
    }
    TensorMap state = under(fixture.tensors, "state/");
    std::erase_if(state, [](const auto& item) { return item.first.ends_with(".model.eps"); }); // GIN's; always 0
    PAPILIO_TRY((*model)->setWeights(state));
    return model;
}

} // namespace parity

} // namespace papilio::nn
