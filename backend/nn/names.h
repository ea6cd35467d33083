// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/error.h"
#include "core/text.h"

namespace papilio::nn
{

using papilio::nearestName;

/// The error for a key that does not exist; 'where' begins the message.
tl::unexpected<Error> unknownKey(const std::string& where, const std::string& key,
                                 const std::vector<std::string>& known);

} // namespace papilio::nn
