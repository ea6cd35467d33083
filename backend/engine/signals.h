// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace papilio::engine
{

/// From here on the first SIGINT or SIGTERM asks the running job to stop in an orderly way; the next one of its kind
/// kills.
void installStopSignals();
bool stopSignalled();
/// Becomes readable when a stop signal arrives, for poll(); −1 before installStopSignals().
int stopSignalDescriptor();

} // namespace papilio::engine
