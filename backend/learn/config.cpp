// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/config.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>
#include <optional>
#include <string_view>
#include <variant>

#include <nlohmann/json.hpp>

#include "core/text.h"
#include "learn/split.h"

namespace papilio::learn
{

namespace
{

using nlohmann::json;

/// A number of the configuration: its key, where it lives and what it may be.
struct NumberKey {
    const char* key;
    std::variant<double TrainConfig::*, std::int64_t TrainConfig::*, int TrainConfig::*> member;
    double least, most;
};

const NumberKey numberKeys[] = {
    {"epochs", &TrainConfig::epochs, 1, 100000},
    {"batch_size", &TrainConfig::batchSize, 1, 100000},
    {"learning_rate", &TrainConfig::learningRate, 1e-12, 10},
    {"warmup_epochs", &TrainConfig::warmupEpochs, 0, 100000},
    {"min_learning_rate", &TrainConfig::minLearningRate, 0, 10},
    {"weight_decay", &TrainConfig::weightDecay, 0, 1},
    {"clip_norm", &TrainConfig::clipNorm, 0, 1e6},
    {"patience", &TrainConfig::patience, 0, 100000},
    {"min_delta", &TrainConfig::minDelta, 0, 1e6},
    {"threads", &TrainConfig::threads, 0, 1024},
    {"checkpoint_seconds", &TrainConfig::checkpointSeconds, 0, 86400},
};

const NumberKey* findNumberKey(std::string_view key)
{
    const auto found = std::find_if(std::begin(numberKeys), std::end(numberKeys),
                                    [key](const NumberKey& candidate) { return key == candidate.key; });
    return found == std::end(numberKeys) ? nullptr : found;
}

std::vector<std::string> allKeys()
{
    std::vector<std::string> keys{"architecture", "tasks", "split", "seed", "device"};
    for (const NumberKey& number : numberKeys) {
        keys.emplace_back(number.key);
    }
    return keys;
}

std::size_t editDistance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
            diagonal = above;
        }
    }
    return row[b.size()];
}

tl::unexpected<Error> unknownKey(const std::string& key)
{
    const std::vector<std::string> keys = allKeys();
    const auto nearest = std::min_element(keys.begin(), keys.end(), [&key](const auto& a, const auto& b) {
        return editDistance(key, a) < editDistance(key, b);
    });
    return fail(ErrorCode::Usage, "Unknown training key '" + key + "'.",
                "Did you mean '" + *nearest + "'? Keys of the network start with 'architecture.'.");
}

bool isWhole(const NumberKey& number) { return !std::holds_alternative<double TrainConfig::*>(number.member); }

double valueOf(const TrainConfig& config, const NumberKey& number)
{
    return std::visit([&config](auto member) { return static_cast<double>(config.*member); }, number.member);
}

Result<> assignNumber(TrainConfig& config, const NumberKey& number, double value)
{
    const bool inRange = value >= number.least && value <= number.most;
    if (!inRange || (isWhole(number) && value != std::floor(value))) {
        return fail(ErrorCode::Usage,
                    std::string("Training key '") + number.key + "': " + formatNumber(value) + " is not possible.",
                    std::string(isWhole(number) ? "A whole number" : "A number") + " from " +
                        formatNumber(number.least) + " to " + formatNumber(number.most) + " is needed.");
    }
    std::visit(
        [&config, value](auto member) {
            config.*member = static_cast<std::remove_reference_t<decltype(config.*member)>>(value);
        },
        number.member);
    return {};
}

Result<> checkDevice(const std::string& device)
{
    const bool indexed = device.size() > 5 && device.size() < 9 && device.compare(0, 5, "cuda:") == 0 &&
                         device.find_first_not_of("0123456789", 5) == std::string::npos;
    if (device != "cpu" && device != "cuda" && !indexed) {
        return fail(ErrorCode::Usage, "Training key 'device': '" + device + "' is not possible.",
                    "Write cpu, cuda or cuda:N.");
    }
    return {};
}

Result<std::uint64_t> parseSeed(std::string_view text)
{
    std::uint64_t seed = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
    if (error != std::errc() || end != text.data() + text.size()) {
        return fail(ErrorCode::Usage, "Training key 'seed': '" + std::string(text) + "' is not possible.",
                    "A whole number from 0 to 18446744073709551615 is needed.");
    }
    return seed;
}

tl::unexpected<Error> wrongType(const std::string& key, const char* expected)
{
    return fail(ErrorCode::Usage, "Training key '" + key + "' has the wrong type.",
                std::string("It must be ") + expected + '.');
}

Result<> assignJson(TrainConfig& config, const std::string& key, const json& value)
{
    if (const NumberKey* number = findNumberKey(key)) {
        return value.is_number() ? assignNumber(config, *number, value.get<double>()) : wrongType(key, "a number");
    }
    if (key == "architecture") {
        auto architecture = nn::architectureFromJson(value);
        if (!architecture) {
            return tl::unexpected(architecture.error());
        }
        config.architecture = std::move(*architecture);
    } else if (key == "tasks") {
        const bool valid = value.is_array() && std::all_of(value.begin(), value.end(),
                                                           [](const json& item) { return item.is_string(); });
        if (!valid) {
            return wrongType(key, "a list of texts");
        }
        config.tasks = value.get<std::vector<std::string>>();
    } else if (key == "seed") {
        const bool negative = value.is_number_integer() && !value.is_number_unsigned() && value.get<std::int64_t>() < 0;
        if (!value.is_number_integer() || negative) {
            return wrongType(key, "a whole number that is not negative");
        }
        config.seed = value.get<std::uint64_t>();
    } else if (key == "split" || key == "device") {
        if (!value.is_string()) {
            return wrongType(key, "a text");
        }
        (key == "split" ? config.split : config.device) = value.get<std::string>();
    } else {
        return unknownKey(key);
    }
    return {};
}

} // namespace

json trainConfigToJson(const TrainConfig& config)
{
    json out;
    out["architecture"] = nn::architectureToJson(config.architecture);
    out["tasks"] = config.tasks;
    out["split"] = config.split;
    out["seed"] = config.seed;
    out["device"] = config.device;
    for (const NumberKey& number : numberKeys) {
        std::visit([&](auto member) { out[number.key] = config.*member; }, number.member);
    }
    return out;
}

Result<TrainConfig> trainConfigFromJson(const json& json)
{
    if (!json.is_object()) {
        return fail(ErrorCode::Usage, "The training configuration is not a JSON object.");
    }
    TrainConfig config;
    for (const auto& [key, value] : json.items()) {
        PAPILIO_TRY(assignJson(config, key, value));
    }
    PAPILIO_TRY(checkTrainConfig(config));
    return config;
}

Result<> setTrainValue(TrainConfig& config, const std::string& assignment)
{
    const std::size_t equals = assignment.find('=');
    if (equals == std::string::npos || equals == 0) {
        return fail(ErrorCode::Usage, "'" + assignment + "' is not an assignment.", "Write key=value.");
    }
    const std::string key(trimmed(std::string_view(assignment).substr(0, equals)));
    const std::string value(trimmed(std::string_view(assignment).substr(equals + 1)));
    constexpr std::string_view networkPrefix = "architecture.";
    if (key.compare(0, networkPrefix.size(), networkPrefix) == 0) {
        auto set = nn::setArchitectureValue(config.architecture, key.substr(networkPrefix.size()), value);
        if (!set) {
            set.error().code = ErrorCode::Usage; // as with every other key
        }
        return set;
    }
    if (const NumberKey* number = findNumberKey(key)) {
        const auto parsed = parseNumber(value);
        if (!parsed) {
            return fail(ErrorCode::Usage, "Training key '" + key + "': '" + value + "' is not a number.");
        }
        return assignNumber(config, *number, *parsed);
    }
    if (key == "tasks") {
        config.tasks.clear();
        for (const std::string& pattern : split(value, ',')) {
            if (const std::string_view text = trimmed(pattern); !text.empty()) {
                config.tasks.emplace_back(text);
            }
        }
    } else if (key == "split") {
        PAPILIO_TRY(checkSplitSpec(value));
        config.split = value;
    } else if (key == "device") {
        PAPILIO_TRY(checkDevice(value));
        config.device = value;
    } else if (key == "seed") {
        const auto seed = parseSeed(value);
        if (!seed) {
            return tl::unexpected(seed.error());
        }
        config.seed = *seed;
    } else if (key == "architecture") {
        return fail(ErrorCode::Usage, "'architecture' cannot be set as a whole.", "Write architecture.KEY=value.");
    } else {
        return unknownKey(key);
    }
    return {};
}

Result<> checkTrainConfig(const TrainConfig& config)
{
    TrainConfig scratch;
    for (const NumberKey& number : numberKeys) {
        PAPILIO_TRY(assignNumber(scratch, number, valueOf(config, number)));
    }
    PAPILIO_TRY(checkDevice(config.device));
    PAPILIO_TRY(checkSplitSpec(config.split));
    if (config.minLearningRate > config.learningRate) {
        return fail(ErrorCode::Usage,
                    "Training key 'min_learning_rate': " + formatNumber(config.minLearningRate) +
                        " is above learning_rate, " + formatNumber(config.learningRate) + '.');
    }
    return {};
}

} // namespace papilio::learn
