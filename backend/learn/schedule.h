// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/error.h"
#include "learn/metricstable.h"

namespace papilio::learn
{

struct TrainConfig;

/// How the learning rate goes. r = learning_rate, m = min_learning_rate, n = length of the run, t = 0, 1 … n − 1 the
/// epoch or step ("interval"); all lengths below are in that unit. Formulas are those that PyTorch documents for the
/// scheduler in brackets; defaults too, unless PyTorch has none (*) or the text says so.
///
/// warmup-linear (the published WarmUpLinearLR): k = t + 1, w = warmup; k < w: k·r/w; else f = (k − w)/(n − w),
///     f·m + (1 − f)·r. r where n ≤ w or n = 1. min_learning_rate 0.
/// constant: r.
/// constant-factor [ConstantLR]: factor·r while t < period, then r. factor 1/3, period 5.
/// cosine [CosineAnnealingLR]: m + (r − m)·(1 + cos(π t/period))/2; with warmup, the usual cosine with warm-up.
///     period 0 = all that is left*, min_learning_rate 0.
/// cosine-restarts [CosineAnnealingWarmRestarts]: the same, t counted from the last restart; each period is
///     period_factor times the one before. period 10*, period_factor 1, min_learning_rate 0.
/// cyclic [CyclicLR]: from m (its base_lr) to r (its max_lr) in step_up, back in step_down; the height by mode:
///     triangular 1, triangular2 halved with each cycle, exp_range gammaᵗ. step_up 2000, step_down 0 = as step_up,
///     mode triangular, gamma 1, min_learning_rate 0*. PyTorch means steps: set interval to step.
/// exponential [ExponentialLR]: r·gammaᵗ. gamma 0.95*.
/// multi-step [MultiStepLR]: r·gamma^(number of milestones ≤ t). milestones needed, gamma 0.1.
/// step [StepLR]: r·gamma^⌊t/step_size⌋. step_size 10*, gamma 0.1.
/// polynomial [PolynomialLR]: m + (r − m)·(1 − min(t, period)/period)^power. period 0 = all that is left (PyTorch: 5),
///     power 1, min_learning_rate 0.
/// piecewise (in place of LambdaLR, whose program code a configuration cannot hold): r times a factor read off
///     'points', straight lines between them, level outside. points needed: [[t, factor], …].
/// plateau [ReduceLROnPlateau]: r, times factor whenever 'monitor' has not improved for more than patience epochs, see
///     PlateauState. monitor val/loss, monitor_mode auto (as the metric is), factor 0.1, patience 10, threshold 1e-4,
///     threshold_mode rel, cooldown 0, eps 1e-8, min_learning_rate 0. By epochs always.
///
/// Every type takes "interval" (epoch) and "warmup" (0): for k = t + 1 < warmup the rate is k·r/warmup; from k = warmup
/// on the schedule runs from its own t = 0, and n is what is left.
enum class ScheduleType : std::uint8_t {
    WarmupLinear,
    Constant,
    ConstantFactor,
    Cosine,
    CosineRestarts,
    Cyclic,
    Exponential,
    MultiStep,
    Step,
    Polynomial,
    Piecewise,
    Plateau,
};
enum class ScheduleInterval : std::uint8_t { Epoch, Step };
enum class CyclicMode : std::uint8_t { Triangular, Triangular2, ExpRange };
enum class ThresholdMode : std::uint8_t { Relative, Absolute };

struct ScheduleSpec {
    ScheduleType type = ScheduleType::WarmupLinear;
    ScheduleInterval interval = ScheduleInterval::Epoch;
    std::int64_t warmup = 0;
    double minRate = 0;
    double factor = 0.1;
    double gamma = 0.1;
    double power = 1;
    std::int64_t period = 0, periodFactor = 1;
    std::int64_t stepSize = 10, stepUp = 2000, stepDown = 0;
    std::vector<std::int64_t> milestones;
    std::vector<std::array<double, 2>> points; ///< [t, factor], t ascending
    CyclicMode mode = CyclicMode::Triangular;
    std::string monitor = "val/loss"; ///< see watch.h
    std::optional<Better> monitorMode; ///< nothing = as the metric is
    std::int64_t patience = 10, cooldown = 0;
    double threshold = 1e-4, eps = 1e-8;
    ThresholdMode thresholdMode = ThresholdMode::Relative;
    friend bool operator==(const ScheduleSpec&, const ScheduleSpec&) = default;
};

std::string_view scheduleTypeName(ScheduleType type);
const std::vector<std::string>& scheduleTypeNames();
/// With the defaults of its type.
ScheduleSpec defaultSchedule(ScheduleType type);
/// {"type": "cosine", "warmup": 5, …}: absent keys have their defaults; keys that the type does not know, wrong types
/// and values out of range are errors that name the key ('where' stands before it) and the nearest known one.
Result<ScheduleSpec> scheduleFromJson(const nlohmann::json& json, const std::string& where = "schedule");
/// Every key of its type.
nlohmann::json scheduleToJson(const ScheduleSpec& spec);
/// The keys of its type, for people and for a JSON Schema.
struct ScheduleKey {
    enum class Type : std::uint8_t { Whole, Number, Word, Text, Wholes, Points };
    std::string name;
    Type type = Type::Number;
    double least = 0, most = 0;     ///< of numbers, also in lists
    std::vector<std::string> words; ///< of Word
    std::string meaning;
};
std::vector<ScheduleKey> scheduleKeys(const ScheduleSpec& spec);
/// What scheduleFromJson checks, and that the smallest rate is not above 'rate' (learning_rate).
Result<> checkSchedule(const ScheduleSpec& spec, double rate, const std::string& where = "schedule");

/// What a plateau schedule remembers; part of the trainer's state.
struct PlateauState {
    double rate = 0; ///< 0 = not reduced yet
    double best = std::numeric_limits<double>::infinity(); ///< not finite = none yet
    std::int64_t bad = 0;      ///< epochs without improvement that count
    std::int64_t cooldown = 0; ///< epochs left in which none counts
    friend bool operator==(const PlateauState&, const PlateauState&) = default;

    /// Takes the watched value after an epoch. Better means: below best·(1 − threshold) or above best·(1 + threshold)
    /// (rel), below best − threshold or above best + threshold (abs). Reductions smaller than eps are not made. A value
    /// that is not a number is no improvement.
    void add(const ScheduleSpec& spec, double fullRate, double value, Better better);
};

/// Where a run is. Steps are counted from its start.
struct RunClock {
    std::int64_t epoch = 0, epochs = 1; ///< the one under way (0 = the first) of how many
    std::int64_t step = 0, steps = 1;
};

/// The learning rate for that moment; 'plateau' matters for that type alone.
double learningRateAt(const ScheduleSpec& spec, double rate, const RunClock& clock, const PlateauState& plateau = {});

/// Learning rate of an epoch (0 = the first) by warmup_epochs and min_learning_rate of a configuration: warmup-linear.
/// So the last epoch has the smallest rate; where no epoch is left for the decay, or there is only one epoch and no
/// warm-up, it is the full rate.
double learningRateOf(const TrainConfig& config, std::int64_t epoch);

} // namespace papilio::learn
