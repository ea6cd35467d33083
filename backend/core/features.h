// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/molgraph.h"

namespace papilio
{

/// The published ToyMix/LargeMix input features, named and versioned (arXiv 2310.04292; 85 atom and 13 bond columns):
/// atoms: degree−2, formal charge, radical electrons, aromatic, in ring | atomic number 43+1 | group 19+1 | period 7+1
///        | total valence 7+1; the last slot of each one-hot is "other".
/// bonds: type 4+1 | stereo 6+1 | in ring.
/// A dummy atom (number 0) has group 18 and period 7, as in the published system.
inline constexpr std::string_view featureSetName = "graphium-85-13";
inline constexpr int atomFeatureCount = 85;
inline constexpr int bondFeatureCount = 13;

/// Writes the 85 values of one atom.
void expandAtom(const AtomCode& atom, std::span<float, atomFeatureCount> out);
/// Writes the 13 values of one bond.
void expandBond(const BondCode& bond, std::span<float, bondFeatureCount> out);

/// Column names, in order ("degree", …, "atomic-number C", …).
const std::vector<std::string>& atomFeatureNames();
const std::vector<std::string>& bondFeatureNames();

} // namespace papilio
