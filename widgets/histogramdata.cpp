// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/histogram.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace papilio::widgets
{

namespace
{

/// The nearest of 1, 2, 2.5, 5 × 10^k that is not smaller.
double roundedUp(double width)
{
    const double decade = std::pow(10.0, std::floor(std::log10(width)));
    for (const double step : {1.0, 2.0, 2.5, 5.0}) {
        if (step * decade >= width * (1 - 1e-9)) {
            return step * decade;
        }
    }
    return 10 * decade;
}

double quantile(const std::vector<double>& sorted, double q)
{
    const double at = q * static_cast<double>(sorted.size() - 1);
    const auto lower = static_cast<std::size_t>(at);
    const std::size_t upper = std::min(lower + 1, sorted.size() - 1);
    return sorted[lower] + (sorted[upper] - sorted[lower]) * (at - static_cast<double>(lower));
}

double binWidth(const std::vector<double>& sorted)
{
    const double range = sorted.back() - sorted.front();
    const double iqr = quantile(sorted, 0.75) - quantile(sorted, 0.25);
    const double wanted = 2 * iqr / std::cbrt(static_cast<double>(sorted.size()));
    const double finest = range / 60;
    const double coarsest = range / 12;
    return std::clamp(wanted > 0 ? wanted : coarsest, finest, coarsest);
}

/// The values an axis can show without squeezing most of them into one bar.
std::vector<double> withoutFarTails(HistogramData& data, const std::vector<double>& sorted)
{
    const double low = quantile(sorted, 0.005);
    const double high = quantile(sorted, 0.995);
    const double middle = high - low;
    if (!(middle > 0) || !(sorted.back() - sorted.front() > 8 * middle)) {
        return sorted;
    }
    const auto first = std::lower_bound(sorted.begin(), sorted.end(), low - middle / 2);
    const auto last = std::upper_bound(first, sorted.end(), high + middle / 2);
    data.below = first - sorted.begin();
    data.above = sorted.end() - last;
    return {first, last};
}

void fillBins(HistogramData& data, const std::vector<double>& sorted)
{
    const double range = sorted.back() - sorted.front();
    if (!(range > 0) || !std::isfinite(range)) {
        const double half = sorted.front() == 0 ? 0.5 : std::abs(sorted.front()) * 0.05;
        data.edges = {sorted.front() - half, sorted.front() + half};
        data.counts = {static_cast<qint64>(sorted.size())};
        if (!std::isfinite(range)) { // farther apart than a double can say: two bins
            data.edges = {sorted.front(), 0, sorted.back()};
            data.counts = {0, 0};
            for (const double value : sorted) {
                ++data.counts[value < 0 ? 0 : 1];
            }
        }
        return;
    }
    const double width = roundedUp(binWidth(sorted));
    const double first = std::floor(sorted.front() / width);
    const auto bins = static_cast<std::size_t>(std::clamp(std::floor(sorted.back() / width) - first + 1, 1.0, 200.0));
    data.counts.assign(bins, 0);
    for (std::size_t i = 0; i <= bins; ++i) {
        data.edges.push_back((first + static_cast<double>(i)) * width);
    }
    for (const double value : sorted) {
        const double at = std::floor(value / width) - first;
        ++data.counts[static_cast<std::size_t>(std::clamp(at, 0.0, static_cast<double>(bins - 1)))];
    }
}

} // namespace

HistogramData HistogramData::fromValues(std::span<const double> values)
{
    HistogramData data;
    std::vector<double> sorted;
    std::copy_if(values.begin(), values.end(), std::back_inserter(sorted), [](double v) { return std::isfinite(v); });
    data.n = static_cast<qint64>(sorted.size());
    if (sorted.empty()) {
        return data;
    }
    std::sort(sorted.begin(), sorted.end());
    data.minimum = sorted.front();
    data.maximum = sorted.back();
    const auto n = static_cast<double>(sorted.size());
    double mean = 0;
    for (const double value : sorted) {
        mean += value / n;
    }
    double squares = 0;
    for (const double value : sorted) {
        squares += (value - mean) * (value - mean);
    }
    data.mean = mean;
    if (sorted.size() > 1) {
        data.sd = std::sqrt(squares / (n - 1));
        data.beyond3Sd = std::count_if(sorted.begin(), sorted.end(),
                                       [&](double v) { return std::abs(v - mean) > 3 * data.sd; });
    }
    fillBins(data, withoutFarTails(data, sorted));
    return data;
}

HistogramData HistogramData::fromClasses(std::span<const double> values, int classes)
{
    HistogramData data;
    data.classes.resize(static_cast<std::size_t>(std::max(classes, 0)));
    for (int i = 0; i < classes; ++i) {
        data.classes[static_cast<std::size_t>(i)].name =
            classes == 2 ? QCoreApplication::translate("papilio::widgets", i == 0 ? "inactive" : "active") : QString::number(i);
    }
    for (const double value : values) {
        if (std::isfinite(value) && value >= 0 && value < classes && value == std::floor(value)) {
            ++data.classes[static_cast<std::size_t>(value)].count;
            ++data.n;
        }
    }
    return data;
}

} // namespace papilio::widgets
