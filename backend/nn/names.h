// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/error.h"

namespace papilio::nn
{

/// The known name that is fewest edits away; of "gnn.depth" the last part alone counts too.
std::string nearestName(const std::string& name, const std::vector<std::string>& known);

/// The error for a key that does not exist; 'where' begins the message.
tl::unexpected<Error> unknownKey(const std::string& where, const std::string& key,
                                 const std::vector<std::string>& known);

} // namespace papilio::nn
