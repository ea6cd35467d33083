// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/publishedconfig.h"

#include <algorithm>
#include <filesystem>

#include "core/text.h"
#include "learn/mupbase.h"
#include "nn/parameters.h"
#include "nn/published.h"
#include "nn/publishedinputs.h"
#include "core/randomaccess.h"

namespace papilio::learn
{

namespace
{

using Json = TrackedYaml::Json;

/// Why a part is not used, by the first place that fits.
std::string reasonOf(const std::string& pointer)
{
    static constexpr std::pair<std::string_view, const char*> reasons[] = {
        {"/metrics", "all metrics of a kind of task are measured always"},
        {"/predictor/metrics_", "all metrics are measured after every epoch"},
        {"/trainer/logger", "everything is recorded in the project"},
        {"/trainer/model_checkpoint", "checkpoints are kept in the project"},
        {"/trainer/trainer/check_val", "the validation part is measured after every epoch"},
        {"/trainer/trainer/min_epochs", "early stopping has no least number of epochs"},
        {"/accelerator", "chosen by 'device', 'threads' and 'precision'"},
        {"/constants", "nothing refers to it that is used"},
        {"/datamodule/args/num_workers", "does not change what is learnt"},
        {"/datamodule/args/persistent_workers", "does not change what is learnt"},
        {"/datamodule/args/pin_memory", "does not change what is learnt"},
        {"/datamodule/args/featurization_", "does not change what is learnt"},
        {"/datamodule/args/prepare_", "does not change what is learnt"},
        {"/datamodule/args/dataloading_from", "does not change what is learnt"},
        {"/datamodule/args/processed_", "inputs are kept in the project"},
        {"/datamodule/args/batch_size_inference", "does not change what is learnt"},
        {"/finetuning", "fine-tuning is not converted"},
    };
    for (const auto& [place, reason] : reasons) {
        if (pointer.starts_with(place)) {
            return reason;
        }
    }
    return "there is nothing here that it would change";
}

/// "a.b" below a place → its pointer.
std::string below(const std::string& place, const std::string& path)
{
    std::string pointer = place;
    for (const std::string& key : split(path, '.')) {
        pointer = pointerTo(pointer, key);
    }
    return pointer;
}

void refuseAll(TrackedYaml& yaml, const std::string& place, const std::vector<std::string>& paths)
{
    for (const std::string& path : paths) {
        yaml.refuse(below(place, path), "nothing depends on it");
    }
}

/// The network's part of the message, with the line where it says which key.
Error located(Error error, const TrackedYaml& yaml, const std::string& where, const std::string& place)
{
    const std::size_t begin = error.message.find('\'');
    const std::size_t end = begin == std::string::npos ? begin : error.message.find('\'', begin + 1);
    int line = 0;
    if (end != std::string::npos) {
        line = yaml.lineOf(below(place, error.message.substr(begin + 1, end - begin - 1)));
    }
    error.message = where + (line > 0 ? ", line " + std::to_string(line) : "") + ": " + error.message;
    return error;
}

Result<nn::PublishedOptions> readOptions(TrackedYaml& yaml, const std::string& where)
{
    nn::PublishedOptions options;
    const std::string features = "/datamodule/args/featurization";
    if (const Json* json = yaml.take(features)) {
        std::vector<std::string> unused;
        auto inputs = nn::featureSetFromPublished(*json, &unused);
        if (!inputs) {
            return tl::unexpected(located(inputs.error(), yaml, where, features));
        }
        options.inputs = asPublished(std::move(*inputs));
        refuseAll(yaml, features, unused);
    }
    const std::string losses = "/predictor/loss_fun";
    if (const Json* json = yaml.take(losses); json != nullptr && json->is_object()) {
        for (const auto& [head, loss] : json->items()) {
            auto task = nn::taskFromPublished(nlohmann::json(loss));
            if (!task) {
                return tl::unexpected(located(task.error(), yaml, where, pointerTo(losses, head)));
            }
            options.tasks[head] = *task;
        }
    }
    const auto handling = yaml.text("/predictor/multitask_handling");
    for (auto& [head, task] : options.tasks) {
        task.loss.perLabel = handling && *handling == "mean-per-label";
    }
    if (const Json* mask = yaml.look("/predictor/target_nan_mask")) {
        if (mask->is_number()) {
            yaml.refuse("/predictor/target_nan_mask", "labels that are missing count for nothing");
        }
        yaml.take("/predictor/target_nan_mask");
    }
    return options;
}

/// The library's width of the base network is half of ours where no file tells it.
Result<> readBaseWidths(TrackedYaml& yaml, const std::string& where, const std::string& baseShapes,
                        nn::ModelSpec& spec, ConvertedConfig& converted)
{
    constexpr double ofLibrary = 2;
    nn::Architecture& architecture = spec.architecture;
    architecture.mupDivisor = ofLibrary;
    const auto path = yaml.text("/architecture/mup_base_path");
    if (!path) {
        return {};
    }
    if (baseShapes.empty()) {
        converted.notes.push_back("'" + *path + "' was not found beside the configuration: mup_divisor is taken as 2, "
                                  "the library's own choice.");
        return {};
    }
    std::map<std::string, std::vector<std::int64_t>> shapes;
    for (const nn::Parameter& parameter : nn::listParameters(spec)) {
        shapes[parameter.name] = parameter.shape;
    }
    const auto divisor = mupDivisorOf(baseShapes, shapes, where + ": " + *path);
    if (!divisor) {
        return tl::unexpected(divisor.error());
    }
    architecture.mupDivisor = *divisor;
    return {};
}

Result<nn::ModelSpec> readNetwork(TrackedYaml& yaml, const std::string& where, const std::string& baseShapes,
                                  ConvertedConfig& converted)
{
    const std::string place = "/architecture";
    const Json* architecture = yaml.take(place);
    if (architecture == nullptr) {
        return fail(ErrorCode::BadInput, where + ": it has no 'architecture'.",
                    "Configurations that are put together from several files must be written out as one first.");
    }
    const Json copy = *architecture;
    const auto options = readOptions(yaml, where);
    if (!options) {
        return tl::unexpected(options.error());
    }
    std::vector<std::string> unused;
    auto spec = nn::specFromPublished(copy, &unused, *options);
    if (!spec) {
        return tl::unexpected(located(spec.error(), yaml, where, place));
    }
    refuseAll(yaml, place, unused);
    PAPILIO_TRY(readBaseWidths(yaml, where, baseShapes, *spec, converted));
    return spec;
}

} // namespace

Result<ConvertedConfig> convertPublishedConfig(const nn::YamlDocument& document, const std::string& where,
                                               const std::string& baseShapes)
{
    if (!document.value.is_object()) {
        return fail(ErrorCode::BadInput, where + ": it is no map of options.");
    }
    TrackedYaml yaml(document, where);
    yaml.fillIn("/accelerator/config_override", "");
    ConvertedConfig converted;
    auto spec = readNetwork(yaml, where, baseShapes, converted);
    if (!spec) {
        return tl::unexpected(spec.error());
    }
    converted.parameters = nn::parameterCount(*spec);
    converted.config.architecture = spec->architecture;
    const auto name = yaml.text("/constants/name");
    converted.config.architecture.name = name.value_or(std::filesystem::path(where).stem().string());
    converted.config.architecture.title = converted.config.architecture.name;
    converted.config.architecture.description = "Converted from " + std::filesystem::path(where).filename().string() + ".";
    PAPILIO_TRY(convertDatasets(yaml, *spec, converted));
    PAPILIO_TRY(convertTraining(yaml, *spec, converted));
    PAPILIO_TRY(checkTrainConfig(converted.config));
    PAPILIO_TRY(nn::checkArchitecture(converted.config.architecture));
    for (const auto& repeated : document.repeatedKeys) {
        converted.notes.push_back("line " + std::to_string(repeated.line) + ": '" + repeated.key +
                                  "' stands there a second time; the later one counts.");
    }
    for (const auto& unresolved : document.unresolved) {
        converted.notes.push_back("line " + std::to_string(document.lineOf(unresolved.pointer)) + ": " +
                                  unresolved.text + " stays as it is: " + unresolved.reason);
    }
    converted.unused = yaml.unused(reasonOf);
    return converted;
}

Result<ConvertedConfig> convertPublishedFile(const std::string& path)
{
    const auto document = nn::readYaml(path);
    if (!document) {
        return tl::unexpected(document.error());
    }
    std::string baseShapes;
    const Json::json_pointer place("/architecture/mup_base_path");
    if (document->value.is_object() && document->value.contains(place) && document->value.at(place).is_string()) {
        const std::filesystem::path named(document->value.at(place).get<std::string>());
        const auto beside = std::filesystem::path(path).parent_path() / named.filename();
        if (const auto file = RandomAccess::open(beside.string())) {
            constexpr std::uint64_t largest = std::uint64_t{4} << 20;
            if (auto text = file->read(0, std::min(file->size(), largest))) {
                baseShapes = std::move(*text);
            }
        }
    }
    return convertPublishedConfig(*document, path, baseShapes);
}

} // namespace papilio::learn
