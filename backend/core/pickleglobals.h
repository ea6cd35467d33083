// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace papilio
{

/// What a pickle may name. Papilio calls none of them; the list decides which files are refused.
enum class GlobalUse {
    Known,    ///< parts of a state dictionary: OrderedDict, PyTorch's rebuilding functions and storages
    Harmless, ///< what training programs keep beside the weights (settings, counters, numpy scalars); ignored
    Refused,  ///< everything else
};
GlobalUse globalUse(std::string_view module, std::string_view name);

/// "module.name" for a message: short, without control characters.
std::string globalForMessage(std::string_view module, std::string_view name);

} // namespace papilio
