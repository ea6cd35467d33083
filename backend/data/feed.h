// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "core/control.h"
#include "data/pipeline.h"
#include "data/writer.h"

namespace papilio::data
{

struct FeedOptions {
    std::string stage;       ///< for the progress
    std::int64_t total = 0;  ///< rows
    int threads = 0;         ///< chemistry threads; 0 = all cores
    bool source = true;      ///< store the rows as read
    bool encodings = true;   ///< of the molecules, and what the search keeps of them
    std::string stoppedHint; ///< what to do when it was stopped
};

/// Reads rows, does their chemistry and writes them behind those that the writer's dataset has, a transaction every
/// 16,000 rows (500 near the end), 32 MB or 2 s.
Result<> feedRows(DatasetWriter& writer, RowSourceMaker source, const Plan& plan, const FeedOptions& options,
                  Control& control);

} // namespace papilio::data
