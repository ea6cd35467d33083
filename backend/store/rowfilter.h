// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "store/datasets.h"

namespace papilio::store
{

/// Which of the rows of a dataset.
struct RowFilter {
    std::optional<RowStatus> status; ///< none = any
    std::string reason;              ///< in the reason, wherever; case does not matter; empty = any
};

/// Input rows of a status whose reason has a text.
class FilteredRows
{
public:
    explicit FilteredRows(Project& project);

    Result<std::int64_t> count(std::int64_t dataset, const RowFilter& filter) const;
    Result<std::vector<RowRecord>> page(std::int64_t dataset, const RowFilter& filter, std::int64_t offset,
                                        std::int64_t count) const;
    /// Streams them by number; the callback returns false to stop.
    Result<> each(std::int64_t dataset, const RowFilter& filter,
                  const std::function<bool(const RowRecord&)>& callback) const;

private:
    Project& m_project;
};

} // namespace papilio::store
