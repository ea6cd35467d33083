// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include <nlohmann/json.hpp>

#include "core/task.h"
#include "store/datasets.h"

namespace papilio::data
{

/// Running statistics of one task (Welford's recurrence, so that large means lose no digits). Added in row order, so
/// that an import that was cut off and resumed ends with the same numbers to the last bit.
class RunningStats
{
public:
    explicit RunningStats(const Task& task);
    /// One row with a label; NaN elements of node and edge labels are skipped.
    void add(std::span<const double> values);
    void addMolecule() { ++m_molecules; }
    void removeMolecule() { --m_molecules; }

    store::TaskStats result() const;
    nlohmann::json toJson() const;
    void fromJson(const nlohmann::json& json);

private:
    bool m_binary = false;
    std::int64_t m_rows = 0, m_molecules = 0, m_values = 0, m_positives = 0;
    double m_mean = 0, m_squares = 0, m_minimum = 0, m_maximum = 0;
    std::vector<std::int64_t> m_classCounts;
};

} // namespace papilio::data
