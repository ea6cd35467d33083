// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "app/workspace/snapshot.h"
#include "widgets/tasktree.h"

namespace papilio::app
{

/// The project's datasets and tasks as the tree shows them.
std::vector<widgets::TaskTreeDataset> treeDatasets(const Snapshot& snapshot);

} // namespace papilio::app
