// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "core/control.h"
#include "core/error.h"
#include "learn/config.h"
#include "store/project.h"

namespace papilio::engine
{

/// How a network trains on a device.
struct DeviceSpeed {
    std::string device;
    std::int64_t parameters = 0, batch = 0, atoms = 0; ///< of the first batch; a step has 'accumulation' of them
    double perSecond = 0;         ///< molecules, batches laid out beside the training as in any run
    double stepMilliseconds = 0;
    double productMilliseconds = 0; ///< the matrix products of a step alone
    double productTeraflops = 0;  ///< 10¹² operations a second, alone
    double waited = 0;            ///< share of the time in which no batch was ready
};

/// Trains for about so long; the first steps do not count. Nothing is kept.
Result<DeviceSpeed> measureSpeed(store::Project& project, learn::TrainConfig config, double seconds, Control& control);

} // namespace papilio::engine
