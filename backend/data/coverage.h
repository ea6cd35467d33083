// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/control.h"
#include "core/error.h"
#include "store/project.h"

namespace papilio::data
{

/// How molecules stand in the images of the coverage, within the groups of those that a dataset was the first to label.
enum class MoleculeOrder : std::uint8_t {
    Import,   ///< as they came
    Coverage, ///< most labels first
    Scaffold, ///< by scaffold, the most frequent one first; within it most labels first
    Cluster,  ///< by the most similar of a few dozen molecules that are unlike each other
};
std::string_view moleculeOrderName(MoleculeOrder order); ///< "import", "coverage", "scaffold", "cluster"
std::optional<MoleculeOrder> moleculeOrderFromName(std::string_view name);

/// Computes an order and its images (store/coverage.h) unless they are there for the present contents. 15 bytes a
/// molecule of memory.
Result<> ensureCoverage(store::Project& project, MoleculeOrder order, Control& control);

} // namespace papilio::data
