// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/workspace/projectreader.h"
#include "app/workspace/snapshot.h"
#include "store/coverage.h"
#include "widgets/coveragematrix.h"

namespace papilio::app
{

/// The order of the molecules in the matrix: grouped by the first dataset that has a label of them, within the groups as
/// the project keeps it; where it keeps none (yet), by id.
struct CoverageOrder {
    std::optional<store::CoverageOrder> stored; ///< with images; then nothing of the rest is filled
    std::vector<std::int64_t> ids;    ///< ascending
    std::vector<std::uint32_t> ranks; ///< place of ids[i] in the matrix
    std::vector<int> groups;          ///< dataset index of ids[i]; −1 = no label at all
    std::vector<qint64> groupSizes;   ///< by dataset index; the last one counts those without a label

    std::size_t indexOf(std::int64_t id) const; ///< ids.size() if unknown
};

struct CoverageCount {
    widgets::CoverageData data;
    std::shared_ptr<const CoverageOrder> order;
};

/// Counts the labels of the whole project in at most about 'rows' bins: from the images that the project keeps of that
/// order ("import", "coverage", "scaffold", "cluster"), else from the labels, in two passes. Exact either way.
Result<CoverageCount> countCoverage(store::Project& project, const Snapshot& snapshot, const std::string& order, qint64 rows,
                                    const ProjectReader::Stale& stale);
/// Counts a part of the matrix, molecule by molecule or in small bins.
Result<widgets::CoverageDetail> countCoverageDetail(store::Project& project, const Snapshot& snapshot,
                                                    const CoverageOrder& order, qint64 first, qint64 count,
                                                    const ProjectReader::Stale& stale);

} // namespace papilio::app
