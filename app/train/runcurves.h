// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

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

    const widgets::CurveWallRow* row(qint64 task) const;
};

Result<RunCurves> readRunCurves(store::Project& project, const Snapshot& snapshot, qint64 run,
                                const ProjectReader::Stale& stale);

} // namespace papilio::app
