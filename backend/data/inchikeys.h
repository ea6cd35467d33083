// SPDX-License-Identifier: GPL-3.0-or-later
// Private to data.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/control.h"
#include "core/error.h"
#include "store/project.h"

namespace papilio::data
{

/// Molecules whose InChIKey is, or begins with, the given one (14 or 27 letters). First those whose key is known, then,
/// unless 'knownOnly', all whose key is not, while they are computed; the callback returns false to stop.
/// 'inchi', where one is given, says which molecules it can be at all (by their elements), so that few are computed.
Result<bool> findInchiKey(store::Project& project, std::string_view key, const std::string& inchi,
                          const std::function<bool(std::int64_t molecule)>& callback, Control& control);

} // namespace papilio::data
