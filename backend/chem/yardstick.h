// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace papilio::chem
{

// What RDKit needs by itself, called the way its documentation does and with nothing around it: what Papilio's own work
// is measured against.

/// Parses every SMILES, on that many threads; gives the number that could be parsed.
std::size_t bareParse(const std::vector<std::string>& smiles, int threads);
/// Parses every SMILES and writes the canonical one.
std::size_t bareRoundTrip(const std::vector<std::string>& smiles, int threads);

} // namespace papilio::chem
