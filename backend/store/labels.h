// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "store/project.h"

namespace papilio::store
{

/// The labels that one molecule has in one dataset. Missing tasks are absent, never a number.
struct LabelSet {
    struct Entry {
        int position = 0;            ///< task position within the dataset
        std::vector<double> values;  ///< one (graph), one a heavy atom (node), one a directed edge (edge), canonical order;
                                     ///< NaN = this atom or bond has none
    };
    std::vector<Entry> entries;      ///< ascending by position
    const Entry* find(int position) const;

    std::string toBytes() const;     ///< the format is written down in store/FORMAT.md
    static Result<LabelSet> fromBytes(std::string_view bytes);
};

class Labels
{
public:
    explicit Labels(Project& project);

    Result<std::optional<LabelSet>> get(std::int64_t dataset, std::int64_t molecule) const;
    /// Streams a dataset's labels by molecule id; the callback returns false to stop.
    Result<> each(std::int64_t dataset, const std::function<bool(std::int64_t molecule, const LabelSet&)>& callback) const;
    /// Values of one graph-level task (molecule id, value), by molecule id.
    struct Value {
        std::int64_t molecule = 0;
        double value = 0;
    };
    Result<std::vector<Value>> values(std::int64_t dataset, int position) const;

    Result<> put(std::int64_t dataset, std::int64_t molecule, const LabelSet& labels);
    /// Labels of a molecule that has none in this dataset, as LabelSet::toBytes() makes them, perhaps on another thread.
    Result<> addPacked(std::int64_t dataset, std::int64_t molecule, std::string_view labels);

private:
    Project& m_project;
};

} // namespace papilio::store
