// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/metrics.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace papilio::learn
{

namespace
{

std::variant<RegressionSums, BinarySums, ClassSums> sumsFor(const MetricOptions& options)
{
    switch (options.kind) {
    case TaskKind::Binary:
        return BinarySums(options.scores);
    case TaskKind::Multiclass:
        return ClassSums(options.scores, options.classes);
    case TaskKind::Regression:
        break;
    }
    return RegressionSums(options.scale);
}

std::vector<double> finiteOnes(std::vector<double> values)
{
    std::erase_if(values, [](double value) { return !std::isfinite(value); });
    return values;
}

} // namespace

TaskMetrics::TaskMetrics(const MetricOptions& options) : m_kind(options.kind), m_sums(sumsFor(options)) {}

void TaskMetrics::add(std::span<const double> outputs, double target)
{
    if (std::isnan(target)) {
        return;
    }
    ++m_n;
    m_broken = m_broken || outputs.empty() ||
               !std::all_of(outputs.begin(), outputs.end(), [](double x) { return std::isfinite(x); });
    if (auto* classes = std::get_if<ClassSums>(&m_sums)) {
        m_broken = m_broken || outputs.size() != classes->classes() || !(target >= 0) ||
                   target >= static_cast<double>(classes->classes());
    }
    if (m_broken) {
        return; // nothing of this column can be defined any more
    }
    if (auto* regression = std::get_if<RegressionSums>(&m_sums)) {
        regression->add(outputs[0], target);
    } else if (auto* binary = std::get_if<BinarySums>(&m_sums)) {
        binary->add(outputs[0], target > 0.5);
    } else {
        std::get<ClassSums>(m_sums).add(outputs, static_cast<std::size_t>(target));
    }
}

std::vector<MetricValue> TaskMetrics::values() const
{
    const bool usable = m_n > 0 && !m_broken;
    const auto table = metricsOfKind(m_kind);
    const auto numbers = usable ? std::visit([](const auto& sums) { return sums.values(); }, m_sums)
                                : std::vector<double>(table.size(), undefinedValue);
    std::vector<MetricValue> values;
    values.reserve(table.size());
    for (std::size_t i = 0; i < table.size(); ++i) {
        values.push_back({std::string(table[i].name), numbers.at(i), m_n});
    }
    return values;
}

std::vector<MetricValue> metricsOf(const MetricOptions& options, std::span<const double> outputs,
                                   std::span<const double> targets)
{
    TaskMetrics metrics(options);
    const std::size_t width = targets.empty() ? 0 : outputs.size() / targets.size();
    for (std::size_t i = 0; i < targets.size(); ++i) {
        metrics.add(outputs.subspan(i * width, width), targets[i]);
    }
    return metrics.values();
}

double meanOfDefined(const std::vector<double>& values)
{
    const std::vector<double> finite = finiteOnes(values);
    return finite.empty() ? undefinedValue
                          : std::accumulate(finite.begin(), finite.end(), 0.0) / static_cast<double>(finite.size());
}

double medianOfDefined(std::vector<double> values)
{
    values = finiteOnes(std::move(values));
    if (values.empty()) {
        return undefinedValue;
    }
    std::sort(values.begin(), values.end());
    const std::size_t half = values.size() / 2;
    return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

double worstDecileOfDefined(std::vector<double> values, Better better)
{
    values = finiteOnes(std::move(values));
    if (better == Better::Higher) {
        std::sort(values.begin(), values.end());
    } else {
        std::sort(values.begin(), values.end(), std::greater<>());
    }
    values.resize((values.size() + 9) / 10);
    return meanOfDefined(values);
}

} // namespace papilio::learn
