// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "app/services.h"
#include "store/runs.h"

namespace papilio::app
{

/// The host that a run is trained on, as its record says; empty = this computer.
QString hostOf(const store::RunRecord& run);

/// Trained on a host, and nobody here follows it.
bool isLeftAlone(const store::RunRecord& run);

/// Its best checkpoint is in the project: on a host it is fetched when the run ends.
bool hasModel(const store::RunRecord& run);

/// Its state as people read it: "finished", "on gpu1, not followed".
QString runStateText(const store::RunRecord& run);

/// Goes on with a run of the open project, where it is trained. One that may be at work there is only followed: if it
/// stands, it comes here and still stands.
void goOnWith(const Services& services, qint64 run);

} // namespace papilio::app
