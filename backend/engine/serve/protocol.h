// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace papilio::engine
{

inline constexpr int protocolVersion = 1; ///< number of PROTOCOL.md; window and engines must agree

} // namespace papilio::engine
