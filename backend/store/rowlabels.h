// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "core/error.h"
#include "store/labels.h"
#include "store/project.h"

namespace papilio::store
{

/// The labels of single rows, as read and in canonical order, of the molecules that have several rows in a dataset. What
/// a molecule's label is (Labels) was made of them. Datasets of schema 1 to 3 have none.
class RowLabels
{
public:
    explicit RowLabels(Project& project);

    Result<std::optional<LabelSet>> get(std::int64_t dataset, std::int64_t row) const;
    /// Streams them by molecule, then by row; the callback returns false to stop, and may write labels.
    Result<> each(std::int64_t dataset,
                  const std::function<bool(std::int64_t molecule, std::int64_t row, const LabelSet&)>& callback) const;
    /// The same for one molecule.
    Result<> ofMolecule(std::int64_t dataset, std::int64_t molecule,
                        const std::function<bool(std::int64_t row, const LabelSet&)>& callback) const;

    Result<> put(std::int64_t dataset, std::int64_t row, const LabelSet& labels); ///< an empty set is not stored

private:
    Project& m_project;
};

} // namespace papilio::store
