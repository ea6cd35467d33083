// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <vector>

#include "data/split.h"
#include "data/splitgroups.h"
#include "store/labels.h"

namespace papilio::data
{

/// Calls visit(task, molecule, values) for each label entry of the request: indices into its tasks and molecules.
Result<> eachLabel(store::Project& project, const SplitRequest& request, Control& control,
                   const std::function<void(std::size_t task, std::uint32_t molecule, const std::vector<double>& values)>&
                       visit);

/// By dataset, the molecules that have a label of its tasks, ascending, as indices into the request's.
using Members = std::map<std::int64_t, std::vector<std::uint32_t>>;
Result<Members> membersOf(store::Project& project, const SplitRequest& request, Control& control);

/// What each molecule has of each task: binary and multiclass tasks of the graph level are counted by class, all others
/// by whether there is a label. With a dataset, of its tasks alone.
Result<Categories> categoriesOf(store::Project& project, const SplitRequest& request,
                                const std::vector<std::uint32_t>& molecules, std::int64_t dataset, Control& control);

/// A dataset's rows: the molecule of each, 0 where it was rejected.
Result<std::vector<std::int64_t>> moleculesOfRows(store::Project& project, std::int64_t dataset);

/// Names of the request's datasets by id.
std::map<std::int64_t, std::string> datasetNames(const SplitRequest& request);

/// Parts that columns or files give: by dataset, one for each of the request's molecules.
using PartsByDataset = std::map<std::int64_t, std::vector<store::Part>>;
Result<PartsByDataset> partsFromSources(store::Project& project, const SplitRequest& request, Control& control,
                                        std::vector<std::string>& notes);

} // namespace papilio::data
