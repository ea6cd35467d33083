// SPDX-License-Identifier: GPL-3.0-or-later
// Private to chem.
#pragma once

#include <mutex>

namespace papilio::chem
{

/// The InChI library is not safe to use from several threads; every call of it holds this.
std::mutex& inchiMutex();

} // namespace papilio::chem
