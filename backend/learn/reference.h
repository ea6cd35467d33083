// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/error.h"

namespace papilio::learn
{

/// What a model says of a set of reference molecules: 101 quantiles of every graph-level output, so that a new
/// prediction can be placed among them. Raw scores of a thousand assays cannot be compared; their percentiles can.
struct ReferenceTable {
    static constexpr int points = 101; ///< minimum, 1 %, … 99 %, maximum
    std::int64_t molecules = 0;
    std::string source;                ///< what the molecules are, for people
    std::map<std::string, std::vector<float>> quantiles; ///< by head: outputs × 101, ascending

    /// 0 … 100, linear between quantiles, the middle of a run of equal ones; NaN where there are none.
    double percentile(const std::string& head, std::size_t output, double value) const;
};

/// Collects predictions (rows × outputs a head) and makes the table.
class ReferenceBuilder
{
public:
    void add(const std::string& head, const std::vector<float>& row);
    ReferenceTable table(std::int64_t molecules, std::string source);

private:
    std::map<std::string, std::vector<std::vector<float>>> m_columns;
};

Result<> writeReference(const std::string& path, const ReferenceTable& table);
Result<ReferenceTable> readReference(const std::string& path);

} // namespace papilio::learn
