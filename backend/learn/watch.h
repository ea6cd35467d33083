// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "core/error.h"
#include "learn/heads.h"
#include "learn/metricstable.h"
#include "store/runs.h"

namespace papilio::learn
{

/// One number of an epoch that decides something: early stopping, the best checkpoints, a plateau schedule.
/// "PART/METRIC": of all ("val/loss", the only one); "PART/HEAD/METRIC": of a head ("val/qm9/mae_normalised",
/// "val/tox21/auroc_worst_decile", "val/qm9/loss"); "PART/DATASET:TASK/METRIC": of a task ("val/qm9:gap/mae").
/// PART is "val" or "train".
struct Watch {
    store::Part part = store::Part::Validation;
    std::string scope = "all"; ///< as store::Metric
    std::int64_t task = 0;
    std::string head, name = "loss";
    Better better = Better::Lower;

    /// Its value among an epoch's metrics; NaN if it is undefined or not there.
    double valueIn(std::span<const store::Metric> metrics) const;
};

/// What does not exist in a run of these tasks is an error that says what does, or why it would say nothing (the test
/// part; the mean of a label-unit error over several units).
Result<Watch> findWatch(const std::string& text, const Selection& selection);

} // namespace papilio::learn
