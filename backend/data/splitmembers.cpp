// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/splitmembers.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "store/datasets.h"

namespace papilio::data
{

namespace
{

tl::unexpected<Error> stopped()
{
    return fail(ErrorCode::Stopped, "Stopped while the labels were read.");
}

bool anyLabel(const std::vector<double>& values)
{
    return std::any_of(values.begin(), values.end(), [](double value) { return !std::isnan(value); });
}

} // namespace

Result<> eachLabel(store::Project& project, const SplitRequest& request, Control& control,
                   const std::function<void(std::size_t, std::uint32_t, const std::vector<double>&)>& visit)
{
    const store::Labels labels(project);
    std::map<std::int64_t, std::vector<std::size_t>> tasksOf;
    for (std::size_t t = 0; t < request.tasks.size(); ++t) {
        tasksOf[request.tasks[t].dataset].push_back(t);
    }
    for (const auto& [dataset, tasks] : tasksOf) {
        std::unordered_map<int, std::size_t> taskAt;
        for (const std::size_t task : tasks) {
            taskAt.emplace(request.tasks[task].position, task);
        }
        auto next = request.molecules.begin(); // both go up
        PAPILIO_TRY(labels.each(dataset, [&](std::int64_t molecule, const store::LabelSet& set) {
            next = std::lower_bound(next, request.molecules.end(), molecule);
            if (next == request.molecules.end() || *next != molecule) {
                return !control.stopRequested();
            }
            for (const store::LabelSet::Entry& entry : set.entries) {
                const auto task = taskAt.find(entry.position);
                if (task != taskAt.end() && anyLabel(entry.values)) {
                    visit(task->second, static_cast<std::uint32_t>(next - request.molecules.begin()), entry.values);
                }
            }
            return !control.stopRequested();
        }));
        if (control.stopRequested()) {
            return stopped();
        }
    }
    return {};
}

Result<Members> membersOf(store::Project& project, const SplitRequest& request, Control& control)
{
    Members members;
    for (const SplitTask& task : request.tasks) {
        members[task.dataset];
    }
    PAPILIO_TRY(eachLabel(project, request, control,
                          [&](std::size_t task, std::uint32_t molecule, const std::vector<double>&) {
                              auto& own = members[request.tasks[task].dataset];
                              if (own.empty() || own.back() != molecule) {
                                  own.push_back(molecule);
                              }
                          }));
    return members;
}

Result<Categories> categoriesOf(store::Project& project, const SplitRequest& request,
                                const std::vector<std::uint32_t>& molecules, std::int64_t dataset, Control& control)
{
    Categories categories;
    std::vector<std::uint32_t> firstOf;
    for (const SplitTask& task : request.tasks) {
        firstOf.push_back(categories.count);
        const bool classes = task.level == Level::Graph && task.kind != TaskKind::Regression;
        const bool counted = dataset == 0 || task.dataset == dataset;
        categories.count += !counted ? 0U : !classes ? 1U : task.kind == TaskKind::Binary ? 2U : static_cast<std::uint32_t>(task.classes);
    }
    std::vector<std::pair<std::uint32_t, std::uint32_t>> found; // molecule, category
    PAPILIO_TRY(eachLabel(project, request, control,
                          [&](std::size_t t, std::uint32_t molecule, const std::vector<double>& values) {
                              const SplitTask& task = request.tasks[t];
                              if (dataset != 0 && task.dataset != dataset) {
                                  return;
                              }
                              std::uint32_t category = firstOf[t];
                              if (task.level == Level::Graph && task.kind != TaskKind::Regression) {
                                  const double most = task.kind == TaskKind::Binary ? 1 : task.classes - 1;
                                  category += static_cast<std::uint32_t>(std::clamp(values.front(), 0.0, most));
                              }
                              found.emplace_back(molecule, category);
                          }));
    std::sort(found.begin(), found.end());
    auto next = found.begin();
    for (const std::uint32_t molecule : molecules) {
        while (next != found.end() && next->first < molecule) {
            ++next;
        }
        for (; next != found.end() && next->first == molecule; ++next) {
            categories.category.push_back(next->second);
        }
        categories.start.push_back(categories.category.size());
    }
    return categories;
}

Result<std::vector<std::int64_t>> moleculesOfRows(store::Project& project, std::int64_t dataset)
{
    std::vector<std::int64_t> molecules;
    PAPILIO_TRY(store::Datasets(project).rows(dataset, {}, [&molecules](const store::RowRecord& row) {
        molecules.resize(std::max(molecules.size(), static_cast<std::size_t>(row.row) + 1), 0);
        molecules[static_cast<std::size_t>(row.row)] = row.molecule;
        return true;
    }));
    return molecules;
}

std::map<std::int64_t, std::string> datasetNames(const SplitRequest& request)
{
    std::map<std::int64_t, std::string> names;
    for (const SplitTask& task : request.tasks) {
        names[task.dataset] = task.datasetName;
    }
    return names;
}

} // namespace papilio::data
