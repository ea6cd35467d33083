// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/statistics.h"

#include <algorithm>
#include <cmath>

namespace papilio::data
{

RunningStats::RunningStats(const Task& task) : m_binary(task.kind == TaskKind::Binary)
{
    if (task.kind == TaskKind::Multiclass) {
        m_classCounts.resize(static_cast<std::size_t>(task.classes));
    }
}

void RunningStats::add(std::span<const double> values)
{
    ++m_rows;
    for (const double value : values) {
        if (std::isnan(value)) {
            continue;
        }
        m_minimum = m_values == 0 ? value : std::min(m_minimum, value);
        m_maximum = m_values == 0 ? value : std::max(m_maximum, value);
        ++m_values;
        const double step = value - m_mean;
        m_mean += step / static_cast<double>(m_values);
        m_squares += step * (value - m_mean);
        m_positives += m_binary && value == 1;
        if (!m_classCounts.empty() && value >= 0 && value < static_cast<double>(m_classCounts.size())) {
            ++m_classCounts[static_cast<std::size_t>(value)];
        }
    }
}

store::TaskStats RunningStats::result() const
{
    store::TaskStats stats;
    stats.rows = m_rows;
    stats.molecules = m_molecules;
    stats.values = m_values;
    stats.positives = m_positives;
    stats.mean = m_mean;
    stats.sd = m_values > 0 ? std::sqrt(m_squares / static_cast<double>(m_values)) : 0;
    stats.minimum = m_minimum;
    stats.maximum = m_maximum;
    stats.classCounts = m_classCounts;
    return stats;
}

nlohmann::json RunningStats::toJson() const
{
    return nlohmann::json::array(
        {m_rows, m_molecules, m_values, m_positives, m_mean, m_squares, m_minimum, m_maximum, m_classCounts});
}

void RunningStats::fromJson(const nlohmann::json& json)
{
    m_rows = json.at(0).get<std::int64_t>();
    m_molecules = json.at(1).get<std::int64_t>();
    m_values = json.at(2).get<std::int64_t>();
    m_positives = json.at(3).get<std::int64_t>();
    m_mean = json.at(4).get<double>();
    m_squares = json.at(5).get<double>();
    m_minimum = json.at(6).get<double>();
    m_maximum = json.at(7).get<double>();
    m_classCounts = json.at(8).get<std::vector<std::int64_t>>();
}

} // namespace papilio::data
