// SPDX-License-Identifier: GPL-3.0-or-later
// Private to store.
#pragma once

#include <string>

#include "core/error.h"

namespace papilio::store
{

/// Is this a name for a new file, in a folder that exists?
Result<> checkNewPath(const std::string& path);

/// Makes an empty file in the folder of 'path', under a name of its own; the name.
Result<std::string> makeScratchFile(const std::string& path);

/// Gives a finished scratch file its name, never over another file.
Result<> publish(const std::string& scratch, const std::string& path);

} // namespace papilio::store
