// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "learn/config.h"

namespace papilio::learn
{

namespace
{

/// Time within the schedule proper, in its own unit.
struct Time {
    std::int64_t now = 0, length = 1;
};

double warmupLinear(const ScheduleSpec& spec, double rate, Time time)
{
    const double k = static_cast<double>(time.now + 1);
    const double warmup = static_cast<double>(spec.warmup);
    const double length = static_cast<double>(time.length);
    if (k < warmup) {
        return k * rate / warmup;
    }
    if (length <= warmup || time.length == 1) {
        return rate;
    }
    const double f = (k - warmup) / (length - warmup);
    return f * spec.minRate + (1 - f) * rate;
}

double cosine(const ScheduleSpec& spec, double rate, std::int64_t now, std::int64_t period)
{
    const double turn = std::numbers::pi * static_cast<double>(now) / static_cast<double>(period);
    return spec.minRate + (rate - spec.minRate) * (1 + std::cos(turn)) / 2;
}

double cosineRestarts(const ScheduleSpec& spec, double rate, std::int64_t now)
{
    std::int64_t period = spec.period;
    if (spec.periodFactor == 1) {
        now %= period;
    }
    while (now >= period) {
        now -= period;
        period *= spec.periodFactor; // ends: each period is at least twice the one before
    }
    return cosine(spec, rate, now, period);
}

double cyclic(const ScheduleSpec& spec, double rate, std::int64_t now)
{
    const std::int64_t down = spec.stepDown > 0 ? spec.stepDown : spec.stepUp;
    const std::int64_t cycle = now / (spec.stepUp + down);
    const std::int64_t place = now % (spec.stepUp + down);
    const double height = place <= spec.stepUp
                              ? static_cast<double>(place) / static_cast<double>(spec.stepUp)
                              : 1 - static_cast<double>(place - spec.stepUp) / static_cast<double>(down);
    double scale = 1;
    if (spec.mode == CyclicMode::Triangular2) {
        scale = std::exp2(-static_cast<double>(cycle));
    } else if (spec.mode == CyclicMode::ExpRange) {
        scale = std::pow(spec.gamma, static_cast<double>(now));
    }
    return spec.minRate + (rate - spec.minRate) * height * scale;
}

double piecewise(const ScheduleSpec& spec, double now)
{
    const auto& points = spec.points;
    const auto next = std::find_if(points.begin(), points.end(), [now](const auto& point) { return point[0] > now; });
    if (next == points.begin() || next == points.end()) {
        return points.empty() ? 1 : next == points.end() ? points.back()[1] : points.front()[1];
    }
    const auto& [t0, f0] = *(next - 1);
    const auto& [t1, f1] = *next;
    return f0 + (f1 - f0) * (now - t0) / (t1 - t0);
}

double polynomial(const ScheduleSpec& spec, double rate, Time time)
{
    const std::int64_t period = spec.period > 0 ? spec.period : time.length;
    const double done = static_cast<double>(std::min(time.now, period)) / static_cast<double>(period);
    return spec.minRate + (rate - spec.minRate) * std::pow(1 - done, spec.power);
}

double proper(const ScheduleSpec& spec, double rate, Time time, const PlateauState& plateau)
{
    const double t = static_cast<double>(time.now);
    switch (spec.type) {
    case ScheduleType::WarmupLinear:
        return warmupLinear(spec, rate, time);
    case ScheduleType::Constant:
        break;
    case ScheduleType::ConstantFactor:
        return time.now < spec.period ? spec.factor * rate : rate;
    case ScheduleType::Cosine:
        return cosine(spec, rate, time.now, spec.period > 0 ? spec.period : time.length);
    case ScheduleType::CosineRestarts:
        return cosineRestarts(spec, rate, time.now);
    case ScheduleType::Cyclic:
        return cyclic(spec, rate, time.now);
    case ScheduleType::Exponential:
        return rate * std::pow(spec.gamma, t);
    case ScheduleType::MultiStep: {
        const auto passed = std::count_if(spec.milestones.begin(), spec.milestones.end(),
                                          [&time](std::int64_t milestone) { return milestone <= time.now; });
        return rate * std::pow(spec.gamma, static_cast<double>(passed));
    }
    case ScheduleType::Step:
        return rate * std::pow(spec.gamma, static_cast<double>(time.now / spec.stepSize));
    case ScheduleType::Polynomial:
        return polynomial(spec, rate, time);
    case ScheduleType::Piecewise:
        return rate * piecewise(spec, t);
    case ScheduleType::Plateau:
        return plateau.rate > 0 ? plateau.rate : rate;
    }
    return rate;
}

} // namespace

double learningRateAt(const ScheduleSpec& spec, double rate, const RunClock& clock, const PlateauState& plateau)
{
    const bool byStep = spec.interval == ScheduleInterval::Step && spec.type != ScheduleType::Plateau;
    Time time = byStep ? Time{clock.step, clock.steps} : Time{clock.epoch, clock.epochs};
    if (spec.type != ScheduleType::WarmupLinear && spec.warmup > 0) {
        if (time.now + 1 < spec.warmup) {
            return static_cast<double>(time.now + 1) * rate / static_cast<double>(spec.warmup);
        }
        time.now -= spec.warmup - 1;
        time.length -= spec.warmup - 1;
    }
    time.length = std::max<std::int64_t>(1, time.length);
    return proper(spec, rate, time, plateau);
}

double learningRateOf(const TrainConfig& config, std::int64_t epoch)
{
    ScheduleSpec spec;
    spec.warmup = config.warmupEpochs;
    spec.minRate = config.minLearningRate;
    return learningRateAt(spec, config.learningRate, {epoch, config.epochs, 0, 1});
}

void PlateauState::add(const ScheduleSpec& spec, double fullRate, double value, Better better)
{
    const bool relative = spec.thresholdMode == ThresholdMode::Relative;
    bool improved = std::isfinite(value);
    if (improved && std::isfinite(best)) {
        const double sign = better == Better::Lower ? -1 : 1;
        const double bound = relative ? best * (1 + sign * spec.threshold) : best + sign * spec.threshold;
        improved = better == Better::Lower ? value < bound : value > bound;
    }
    if (improved) {
        best = value;
        bad = 0;
    } else {
        ++bad;
    }
    if (cooldown > 0) {
        --cooldown;
        bad = 0;
    }
    if (bad > spec.patience) {
        const double old = rate > 0 ? rate : fullRate;
        const double reduced = std::max(old * spec.factor, spec.minRate);
        rate = old - reduced > spec.eps ? reduced : old;
        cooldown = spec.cooldown;
        bad = 0;
    }
}

} // namespace papilio::learn
