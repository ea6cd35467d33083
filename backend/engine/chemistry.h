// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "engine/command.h"
#include "engine/serve/methods.h"
#include "learn/trainer.h"

namespace papilio::engine
{

// What needs the chemistry library. chemistry.cpp or nochemistry.cpp is built, whichever fits; nothing else asks.

void initialiseChemistry();
std::string chemistryVersion(); ///< RDKit's version; empty if not built in
std::vector<CommandEntry> chemistryCommands();
std::vector<Method> chemistryMethods();
learn::InputFiller inputFiller(); ///< empty if not built in
learn::SplitMaker splitMaker();   ///< the same

} // namespace papilio::engine
