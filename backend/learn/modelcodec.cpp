// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/modelcodec.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <cmath>

#include "core/encodings.h"
#include "core/features.h"

namespace papilio::learn
{

namespace
{

using nlohmann::json;

constexpr const char* formatName = "papilio-model";
/// Names of an optimiser's tensors begin so, or are so; see Model::optimiserState().
constexpr std::string_view optimiserPrefixes[] = {"adam.", "average."};
constexpr std::string_view optimiserNames[] = {"scale", "passes"};

tl::unexpected<Error> damaged(const std::string& where, const std::string& what)
{
    return fail(ErrorCode::Damaged, where + " is damaged: " + what + ".", "Export the model again.");
}

Result<std::string> entry(const nn::TensorFile& file, const std::string& key, const std::string& where)
{
    const auto found = file.metadata.find(key);
    if (found == file.metadata.end()) {
        return damaged(where, "its metadata has no '" + key + "'");
    }
    return found->second;
}

Result<json> jsonEntry(const nn::TensorFile& file, const std::string& key, const std::string& where)
{
    const auto text = entry(file, key, where);
    if (!text) {
        return tl::unexpected(text.error());
    }
    json parsed = json::parse(*text, nullptr, false);
    if (parsed.is_discarded()) {
        return damaged(where, "'" + key + "' in its metadata is not JSON");
    }
    return parsed;
}

Result<> checkVersion(const nn::TensorFile& file, const std::string& where)
{
    const auto format = file.metadata.find("format");
    if (format == file.metadata.end() || format->second != formatName) {
        return fail(ErrorCode::BadInput, where + " is not a Papilio model.",
                    "It is a safetensors file, but nothing in it says which network and tasks it is for.");
    }
    const auto text = entry(file, "format_version", where);
    if (!text) {
        return tl::unexpected(text.error());
    }
    int version = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), version);
    if (error != std::errc() || end != text->data() + text->size() || version < 1) {
        return damaged(where, "'" + *text + "' is not a format version");
    }
    if (version > modelFormatVersion) {
        return fail(ErrorCode::NewerSchema,
                    where + " was written by a newer Papilio: its model format is " + *text +
                        ", this one reads up to " + std::to_string(modelFormatVersion) + '.',
                    "Update Papilio.");
    }
    return {};
}

Result<> checkSet(const nn::TensorFile& file, const std::string& key, std::string_view expected, const char* what,
                  const std::string& where)
{
    const auto name = entry(file, key, where);
    if (!name) {
        return tl::unexpected(name.error());
    }
    if (*name != expected) {
        return fail(ErrorCode::Unsupported,
                    where + " was trained on the " + what + " '" + *name + "'; this Papilio computes '" +
                        std::string(expected) + "'.");
    }
    return {};
}

json toJson(const std::vector<std::vector<Normalisation>>& normalisation)
{
    json heads = json::array();
    for (const auto& columns : normalisation) {
        json list = json::array();
        for (const Normalisation& column : columns) {
            list.push_back({{"mean", column.mean}, {"sd", column.sd}});
        }
        heads.push_back(std::move(list));
    }
    return heads;
}

Result<std::vector<std::vector<Normalisation>>> normalisationFromJson(const json& heads, const nn::ModelSpec& spec,
                                                                      const std::string& where)
{
    std::vector<std::vector<Normalisation>> normalisation;
    if (!heads.is_array() || heads.size() != spec.heads.size()) {
        return damaged(where, "the normalisation does not fit the heads");
    }
    for (std::size_t h = 0; h < heads.size(); ++h) {
        auto& columns = normalisation.emplace_back();
        if (!heads[h].is_array() || heads[h].size() != spec.heads[h].columns.size()) {
            return damaged(where, "the normalisation does not fit head '" + spec.heads[h].name + "'");
        }
        for (const json& column : heads[h]) {
            const bool numbers = column.is_object() && column.contains("mean") && column["mean"].is_number() &&
                                 column.contains("sd") && column["sd"].is_number();
            if (!numbers || !(column["sd"].get<double>() > 0)) {
                return damaged(where, "the normalisation of head '" + spec.heads[h].name + "' is not usable");
            }
            columns.push_back({column["mean"].get<double>(), column["sd"].get<double>()});
        }
    }
    return normalisation;
}

} // namespace

nn::TensorFile toTensorFile(const SavedModel& model)
{
    nn::TensorFile file;
    file.tensors = model.weights;
    file.metadata["format"] = formatName;
    file.metadata["format_version"] = std::to_string(modelFormatVersion);
    file.metadata["papilio_version"] = PAPILIO_VERSION;
    file.metadata["spec"] = nn::modelSpecToJson(model.spec).dump(-1, ' ', false, json::error_handler_t::replace);
    file.metadata["normalisation"] = toJson(model.normalisation).dump(-1, ' ', false, json::error_handler_t::replace);
    file.metadata["feature_set"] = std::string(featureSetName);
    file.metadata["encoding_set"] = std::string(encodingSetName);
    file.metadata["summary"] = model.summary.dump(-1, ' ', false, json::error_handler_t::replace);
    return file;
}

Result<SavedModel> fromTensorFile(nn::TensorFile file, const std::string& where)
{
    PAPILIO_TRY(checkVersion(file, where));
    PAPILIO_TRY(checkSet(file, "feature_set", featureSetName, "atom and bond features", where));
    PAPILIO_TRY(checkSet(file, "encoding_set", encodingSetName, "positional encodings", where));
    const auto specJson = jsonEntry(file, "spec", where);
    const auto normalisationJson = jsonEntry(file, "normalisation", where);
    const auto summary = jsonEntry(file, "summary", where);
    for (const auto* part : {&specJson, &normalisationJson, &summary}) {
        if (!*part) {
            return tl::unexpected(part->error());
        }
    }
    auto spec = nn::modelSpecFromJson(*specJson);
    if (!spec) {
        return damaged(where, spec.error().message);
    }
    auto normalisation = normalisationFromJson(*normalisationJson, *spec, where);
    if (!normalisation) {
        return tl::unexpected(normalisation.error());
    }
    return SavedModel{std::move(*spec), std::move(*normalisation), *summary, std::move(file.tensors)};
}

nn::TensorMap takeOptimiserState(nn::TensorMap& tensors)
{
    nn::TensorMap state;
    for (auto tensor = tensors.begin(); tensor != tensors.end();) {
        const auto following = std::next(tensor);
        const std::string& name = tensor->first;
        const bool begins = std::any_of(std::begin(optimiserPrefixes), std::end(optimiserPrefixes),
                                        [&](std::string_view prefix) { return name.starts_with(prefix); });
        if (begins || std::find(std::begin(optimiserNames), std::end(optimiserNames), name) != std::end(optimiserNames)) {
            state.insert(tensors.extract(tensor));
        }
        tensor = following;
    }
    return state;
}

} // namespace papilio::learn
