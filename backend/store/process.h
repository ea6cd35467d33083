// SPDX-License-Identifier: GPL-3.0-or-later
// Private to store.
#pragma once

#include <cstdint>
#include <string>

namespace papilio::store
{

/// What tells a process from any later one of the same id: the machine's start and the process's. Empty where the
/// system does not say (no /proc) or there is no such process.
std::string processIdentity(std::int64_t process);

/// Is the engine that noted this id and identity still at work? Without an identity a process of that id must at least
/// be called papilio-engine.
bool isSameEngine(std::int64_t process, const std::string& identity);

} // namespace papilio::store
