// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "app/train/metricnames.h"
#include "app/workspace/projectreader.h"
#include "app/workspace/snapshot.h"
#include "widgets/curvewall.h"

namespace papilio::app
{

/// The curves of one run, read from the project.
struct RunCurves {
    qint64 run = 0;
    std::vector<widgets::CurveWallRow> rows;
    std::vector<qint64> validationCounts;  ///< labels of the validation part, a row each
    std::vector<double> trainLoss, validationLoss; ///< one an epoch
    qint64 epochs = 0;
    std::array<QStringList, 3> metrics; ///< by kind of task: what the project has, in its order

    const widgets::CurveWallRow* row(qint64 task) const;
};

Result<RunCurves> readRunCurves(store::Project& project, const Snapshot& snapshot, qint64 run, const MetricChoice& choice,
                                const ProjectReader::Stale& stale);

} // namespace papilio::app
