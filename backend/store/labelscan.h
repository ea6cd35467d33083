// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "store/project.h"

namespace papilio::store
{

/// The labels of one molecule in one dataset, entry by entry, without making an object of each.
class LabelReader
{
public:
    explicit LabelReader(std::string_view bytes);
    /// Goes to the next entry; false at the end.
    bool next();
    int position() const { return m_position; }
    /// All values of the entry; NaN = that atom or bond has none. Valid until next().
    std::span<const double> values() const { return m_single ? std::span<const double>(&m_value, 1) : m_values; }
    /// The bytes were cut off or not of a known format; what came before is right.
    bool damaged() const { return m_damaged; }

private:
    bool nextShort();

    std::string_view m_rest;
    std::int64_t m_previous = -1;
    int m_position = 0;
    bool m_single = false; ///< one value, in m_value
    double m_value = 0;
    std::vector<double> m_values;
    bool m_damaged = false;
};

/// Streams the labels of a dataset by molecule, for counting and statistics.
class LabelScan
{
public:
    explicit LabelScan(Project& project);
    using Callback = std::function<bool(std::int64_t molecule, LabelReader& labels)>;
    /// Molecules from 'first' to 'last', both included; the callback returns false to stop.
    Result<> range(std::int64_t dataset, std::int64_t first, std::int64_t last, const Callback& callback) const;
    Result<> all(std::int64_t dataset, const Callback& callback) const;
    /// The same for given molecules, ascending; those without labels are left out.
    Result<> of(std::int64_t dataset, std::span<const std::int64_t> molecules, const Callback& callback) const;

private:
    Project& m_project;
};

} // namespace papilio::store
