// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "engine/command.h"

namespace papilio::engine
{

std::unique_ptr<Command> makeBench();
std::unique_ptr<Command> makeCurate();
std::unique_ptr<Command> makeData();
std::unique_ptr<Command> makeDevices();
std::unique_ptr<Command> makeImport();
std::unique_ptr<Command> makePreview();
std::unique_ptr<Command> makeInfo();
std::unique_ptr<Command> makeRows();
std::unique_ptr<Command> makeSearch();
std::unique_ptr<Command> makeStats();
std::unique_ptr<Command> makeSplitCommand();
std::unique_ptr<Command> makeTrain();
std::unique_ptr<Command> makeResume();
std::unique_ptr<Command> makeRemote();
std::unique_ptr<Command> makeRuns();
std::unique_ptr<Command> makeMetrics();
std::unique_ptr<Command> makeConfig();
std::unique_ptr<Command> makeExport();
std::unique_ptr<Command> makePredict();
std::unique_ptr<Command> makeExplain();
std::unique_ptr<Command> makeFingerprint();
std::unique_ptr<Command> makeModel();
std::unique_ptr<Command> makeParity();
std::unique_ptr<Command> makeSample();
std::unique_ptr<Command> makeServe();

} // namespace papilio::engine
