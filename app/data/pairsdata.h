// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <utility>
#include <vector>

#include "app/workspace/projectreader.h"
#include "app/workspace/snapshot.h"
#include "widgets/taskpairs.h"

namespace papilio::app
{

/// What the project keeps of pairs of tasks.
struct PairsView {
    widgets::TaskPairs pairs;
    std::vector<std::pair<qint64, qint64>> missing; ///< pairs of datasets that are not compared yet
    qint64 leftOut = 0;                             ///< tasks beyond what a picture can hold
};

inline constexpr std::size_t mostPairedTasks = 1400;

/// All tasks; where these are more than mostPairedTasks, those of the dataset of 'task' (or the first), as many as fit.
Result<PairsView> readPairs(store::Project& project, const Snapshot& snapshot, qint64 task, const ProjectReader::Stale& stale);

/// The tasks that correlate most with one, strongest first, then those whose correlation is undefined, by molecules.
struct CorrelationsView {
    std::vector<widgets::CorrelationList::Line> lines;
    std::vector<std::pair<qint64, qint64>> missing;
};
Result<CorrelationsView> readCorrelations(store::Project& project, const Snapshot& snapshot, qint64 task, std::size_t most,
                                          const ProjectReader::Stale& stale);

} // namespace papilio::app
