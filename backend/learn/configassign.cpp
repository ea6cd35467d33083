// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/configassign.h"

#include <algorithm>
#include <cmath>

#include "core/text.h"
#include "nn/optionnames.h"

namespace papilio::learn
{

namespace
{

using nlohmann::json;

std::string listed(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words) {
        text += (text.empty() ? "" : ", ") + word;
    }
    return text;
}

tl::unexpected<Error> notPossible(const std::string& key, const std::string& value, std::string hint)
{
    return fail(ErrorCode::Usage, "Training key '" + key + "': " + value + " is not possible.", std::move(hint));
}

std::string rangeText(bool whole, double least, double most)
{
    const auto text = [whole](double bound) {
        return whole ? std::to_string(static_cast<std::int64_t>(bound)) : formatNumber(bound);
    };
    return std::string(whole ? "A whole number" : "A number") + " from " + text(least) + " to " + text(most) +
           " is needed.";
}

template <typename Choice>
Result<> assignChoice(const std::string& key, const json& value, std::optional<Choice>& target,
                      std::optional<Choice> found, const std::string& words)
{
    if (!found) {
        return notPossible(key, value.dump(-1, ' ', false, json::error_handler_t::replace),
                           "Choose from " + words + '.');
    }
    target = found;
    return {};
}

Result<> assignHeadNumber(const std::string& key, const json& value, double least, double most,
                          std::optional<double>& target)
{
    const double number = value.is_number() ? value.get<double>() : std::nan("");
    if (!(number >= least && number <= most)) {
        return notPossible(key, value.dump(-1, ' ', false, json::error_handler_t::replace), rangeText(false, least, most));
    }
    target = number;
    return {};
}

} // namespace

json configValue(const TrainConfig& config, const ConfigKey& key)
{
    if (const auto* words = std::get_if<ConfigWords>(&key.member)) {
        return words->words.at(words->get(config));
    }
    return std::visit(
        [&config](const auto& member) -> json {
            if constexpr (std::is_same_v<std::remove_cvref_t<decltype(member)>, ConfigWords>) {
                return nullptr;
            } else {
                return config.*member;
            }
        },
        key.member);
}

Result<> assignNumber(TrainConfig& config, const ConfigKey& key, double value)
{
    const bool inRange = value >= key.least && value <= key.most;
    if (!inRange || (key.isWhole() && value != std::floor(value))) {
        return notPossible(key.key, formatNumber(value), rangeText(key.isWhole(), key.least, key.most));
    }
    std::visit(
        [&config, value](const auto& member) {
            using Member = std::remove_cvref_t<decltype(member)>;
            if constexpr (!std::is_same_v<Member, ConfigWords> && !std::is_same_v<Member, std::string TrainConfig::*>) {
                config.*member = static_cast<std::remove_reference_t<decltype(config.*member)>>(value);
            }
        },
        key.member);
    return {};
}

Result<> assignText(TrainConfig& config, const ConfigKey& key, const std::string& value)
{
    if (const auto* words = std::get_if<ConfigWords>(&key.member)) {
        const auto found = std::find(words->words.begin(), words->words.end(), value);
        if (found == words->words.end()) {
            return notPossible(key.key, std::string("'").append(elided(toUtf8(value), 60)).append("'"),
                               "Choose from " + listed(words->words) + '.');
        }
        words->set(config, static_cast<std::size_t>(found - words->words.begin()));
    } else if (const auto* text = std::get_if<std::string TrainConfig::*>(&key.member)) {
        if (value.empty()) {
            return notPossible(key.key, "an empty text", {});
        }
        config.**text = value;
    }
    return {};
}

Result<> assignSampling(TrainConfig& config, const std::string& dataset, double share)
{
    if (!(share > 0 && share <= 1)) {
        return notPossible("sampling." + dataset, formatNumber(share), "A number above 0, up to 1 is needed.");
    }
    config.sampling[dataset] = share;
    return {};
}

Result<> assignHead(TrainConfig& config, const std::string& head, const std::string& key, const json& value)
{
    const std::string path = "heads." + head + '.' + key;
    const std::string word = value.is_string() ? value.get<std::string>() : std::string();
    constexpr double anything = std::numeric_limits<double>::max();
    HeadOptions options = config.heads.contains(head) ? config.heads.at(head) : HeadOptions();
    if (key == "loss") {
        const auto& names = nn::namesOf<nn::LossType>();
        PAPILIO_TRY(assignChoice(path, value, options.loss, nn::choiceFromName<nn::LossType>(word),
                                 listed({names.begin(), names.end()})));
    } else if (key == "weight") {
        PAPILIO_TRY(assignHeadNumber(path, value, 0, heaviest, options.weight));
    } else if (key == "normalisation") {
        PAPILIO_TRY(assignChoice(path, value, options.normalisation, normalisationFromName(word),
                                 "none, normal, unit"));
    } else if (key == "clip_min" || key == "clip_max") {
        PAPILIO_TRY(assignHeadNumber(path, value, -anything, anything,
                                     key == "clip_min" ? options.clipMin : options.clipMax));
    } else {
        const std::vector<std::string> known(std::begin(headKeys), std::end(headKeys));
        return fail(ErrorCode::Usage, "Unknown training key '" + path + "'.",
                    "Did you mean 'heads." + head + '.' + nearestName(key, known) + "'?");
    }
    config.heads[head] = options;
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

void useSchedule(TrainConfig& config, ScheduleSpec schedule)
{
    if (schedule.type == ScheduleType::WarmupLinear && schedule.interval == ScheduleInterval::Epoch) {
        config.warmupEpochs = schedule.warmup;
        config.minLearningRate = schedule.minRate;
        config.schedule.reset();
    } else {
        config.schedule = std::move(schedule);
    }
}

tl::unexpected<Error> unknownConfigKey(const std::string& key)
{
    std::vector<std::string> keys;
    for (const ConfigKey& known : configKeys()) {
        keys.emplace_back(known.key);
    }
    for (const OtherKey& known : otherConfigKeys()) {
        keys.emplace_back(known.key);
    }
    return fail(ErrorCode::Usage, "Unknown training key '" + elided(toUtf8(key), 100) + "'.",
                "Did you mean '" + nearestName(key, keys) + "'? Keys of the network start with 'architecture.'.");
}

} // namespace papilio::learn
