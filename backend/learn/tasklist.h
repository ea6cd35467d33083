// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/error.h"
#include "nn/architecture.h"

namespace papilio::learn
{

/// Names the outputs of a published model. 'tasks' is the text of a tasks.json: by head an object with one of the lists
/// "names", "genes", "assays" or "tasks" (null = not known) and perhaps "symbols"; a head without a list takes that of
/// an equally wide one before it ("as …"). Where nothing tells a name, the task is called "HEAD N" and marked unknown;
/// the names of the published quantum-chemical columns (arXiv 2310.04292) are known here. Classes of three-class gene
/// tasks become down, neutral, up. Regression outputs get the unit "standard score": a published checkpoint does not
/// hold means and deviations. Notes for the model's card are returned.
Result<std::vector<std::string>> nameTasks(std::vector<nn::HeadSpec>& heads, const std::string& tasks,
                                           const std::string& where);

} // namespace papilio::learn
