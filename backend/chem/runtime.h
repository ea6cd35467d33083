// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace papilio::chem
{

/// Silences RDKit's own log (errors arrive as Result). Call once at the start of a program.
void initialise();
/// "2022.09.3"
std::string rdkitVersion();
/// Folder with RDKit's data files (NCI/first_5K.smi, …), empty if not installed; RDBASE overrides it.
std::string rdkitDataFolder();

} // namespace papilio::chem
