// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "app/workspace/projectreader.h"
#include "app/workspace/snapshot.h"
#include "store/profiles.h"
#include "widgets/histogram.h"

namespace papilio::app
{

/// Everything about one task's labels that views need, read on a worker.
struct TaskView {
    qint64 task = 0;
    widgets::HistogramData histogram;
    struct Molecule {
        std::int64_t id = 0;
        double value = 0;   ///< node and edge tasks: mean over the molecule
    };
    std::vector<Molecule> molecules; ///< highest value first
    std::optional<store::TaskProfile> profile;    ///< where it was computed
    std::optional<store::DatasetProfile> dataset; ///< the same
};

Result<TaskView> readTaskView(store::Project& project, const Snapshot& snapshot, qint64 task,
                              const ProjectReader::Stale& stale);

} // namespace papilio::app
