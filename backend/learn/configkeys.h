// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "learn/config.h"

/// The single values of a run's configuration: one table reads, writes, sets, checks, lists and describes them.
namespace papilio::learn
{

/// A value that is one of a few words.
struct ConfigWords {
    std::vector<std::string> words;
    std::size_t (*get)(const TrainConfig& config);
    void (*set)(TrainConfig& config, std::size_t index);
};

struct ConfigKey {
    const char* key;
    const char* group; ///< a title to list it under
    std::variant<double TrainConfig::*, std::int64_t TrainConfig::*, int TrainConfig::*, std::string TrainConfig::*,
                 ConfigWords>
        member;
    double least, most; ///< of numbers
    const char* meaning;

    bool isWhole() const { return member.index() == 1 || member.index() == 2; }
    bool isNumber() const { return member.index() <= 2; }
};

std::span<const ConfigKey> configKeys();
const ConfigKey* findConfigKey(std::string_view key);

/// The keys that the table cannot hold, with their meanings: architecture, tasks, schedule, sampling, heads, seed.
struct OtherKey {
    const char* key;
    const char* group;
    const char* meaning;
};
std::span<const OtherKey> otherConfigKeys();

inline constexpr std::string_view headKeys[] = {"loss", "weight", "normalisation", "clip_min", "clip_max"};
inline constexpr double heaviest = 1e6; ///< weight of a head

/// Losses that a kind of task can be trained by; the first is the usual one.
std::span<const nn::LossType> lossesOfKind(TaskKind kind);

} // namespace papilio::learn
