// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/overview.h"

#include <algorithm>

#include "engine/console.h"
#include "engine/json.h"
#include "engine/table.h"
#include "store/molecules.h"
#include "store/runs.h"

namespace papilio::engine
{

namespace
{

std::string remarkOf(const Overview::Dataset& dataset)
{
    std::string text;
    const auto add = [&text](const std::string& remark) { text += (text.empty() ? "" : "; ") + remark; };
    if (!dataset.record.complete)
        add("incomplete: import it again to complete it");
    if (dataset.record.leftOut > 0)
        add(groupedNumber(dataset.record.leftOut) + " of the rejected left out as asked");
    if (dataset.replacedBy > 0)
        add("the first " + groupedNumber(dataset.replacedBy) +
            " rows of a new one: import that again with --replace to complete it");
    if (dataset.curatedBy > 0)
        add("the first " + groupedNumber(dataset.curatedBy) + " rows by another recipe: curate it again to complete that");
    return text;
}

/// Rows of an unfinished dataset of that name.
std::int64_t grownRows(const store::Datasets& datasets, const std::string& name)
{
    const auto found = datasets.byName(name);
    return found && store::isGrowing(*found) ? found->rows : 0;
}

std::string datasetTable(const Overview& overview)
{
    Table table;
    table.column("dataset", Table::Align::Left);
    for (const char* title : {"tasks", "rows", "used", "merged", "repaired", "rejected", "unique molecules",
                              "duplicate rows", "labels", "missing %"})
        table.column(title);
    table.column("", Table::Align::Left);
    for (const Overview::Dataset& dataset : overview.datasets) {
        const store::DatasetRecord& record = dataset.record;
        const double missing = record.labelCells > 0 ? 100.0 * static_cast<double>(record.labelCells - record.labels) /
                                                           static_cast<double>(record.labelCells)
                                                     : 0;
        table.row({record.name, std::to_string(dataset.tasks.size()), groupedNumber(record.rows), groupedNumber(record.used),
                   groupedNumber(record.merged), groupedNumber(record.repaired), groupedNumber(record.rejected),
                   groupedNumber(record.molecules), groupedNumber(record.rows - record.rejected - record.molecules),
                   groupedNumber(record.labels), record.labelCells > 0 ? fixedNumber(missing, 2) : "–",
                   remarkOf(dataset)});
    }
    return table.text();
}

std::string taskTable(const Overview::Dataset& dataset)
{
    Table table;
    table.column("task", Table::Align::Left);
    table.column("level", Table::Align::Left);
    table.column("kind", Table::Align::Left);
    table.column("unit", Table::Align::Left);
    for (const char* title :
         {"rows", "molecules", "values", "positives", "positive %", "classes", "mean", "sd", "min", "max"})
        table.column(title);
    for (const auto& [task, position, stats] : dataset.tasks) {
        std::vector<std::string> cells = {task.name,
                                          std::string(levelName(task.level)),
                                          std::string(kindName(task.kind)),
                                          task.unit,
                                          groupedNumber(stats.rows),
                                          groupedNumber(stats.molecules),
                                          task.level == Level::Graph ? "" : groupedNumber(stats.values)};
        const bool any = stats.values > 0;
        if (task.kind == TaskKind::Binary) {
            cells.push_back(groupedNumber(stats.positives));
            cells.push_back(
                any ? fixedNumber(100.0 * static_cast<double>(stats.positives) / static_cast<double>(stats.values), 2)
                    : "–");
        } else if (task.kind == TaskKind::Multiclass) {
            cells.insert(cells.end(), {"", "", std::to_string(task.classes)});
        } else {
            cells.insert(cells.end(), {"", "", ""});
            for (const double number : {stats.mean, stats.sd, stats.minimum, stats.maximum})
                cells.push_back(any ? shortNumber(number, 7) : "–");
        }
        table.row(std::move(cells));
    }
    return table.text();
}

} // namespace

Result<Overview> overviewOf(store::Project& project)
{
    Overview overview;
    overview.path = project.path();
    const store::Datasets datasets(project);
    const auto records = datasets.all();
    if (!records)
        return tl::unexpected<Error>(records.error());
    for (const store::DatasetRecord& record : *records) {
        auto tasks = datasets.tasks(record.id);
        if (!tasks)
            return tl::unexpected<Error>(tasks.error());
        overview.rows += record.rows;
        overview.datasets.push_back({record, std::move(*tasks),
                                     grownRows(datasets, store::replacementName(record.name)),
                                     grownRows(datasets, store::curationName(record.name))});
    }
    const auto molecules = store::Molecules(project).count();
    if (!molecules)
        return tl::unexpected<Error>(molecules.error());
    overview.molecules = *molecules;
    const auto runs = store::Runs(project).all();
    if (!runs)
        return tl::unexpected<Error>(runs.error());
    overview.runs = static_cast<std::int64_t>(runs->size());
    return overview;
}

json overviewToJson(const Overview& overview)
{
    json datasets = json::array();
    for (const Overview::Dataset& one : overview.datasets) {
        json dataset = datasetToJson(one.record);
        dataset["tasks"] = json::array();
        for (const store::TaskRecord& task : one.tasks)
            dataset["tasks"].push_back(taskToJson(task));
        if (one.replacedBy > 0)
            dataset["replacedBy"] = one.replacedBy;
        if (one.curatedBy > 0)
            dataset["curatedBy"] = one.curatedBy;
        datasets.push_back(std::move(dataset));
    }
    return {{"project", overview.path},
            {"rows", overview.rows},
            {"molecules", overview.molecules},
            {"runs", overview.runs},
            {"datasets", std::move(datasets)}};
}

std::string overviewText(const Overview& overview)
{
    const auto counted = [](std::int64_t count, const char* what) {
        return groupedNumber(count) + " " + what + (count == 1 ? "" : "s");
    };
    std::string text = overview.path + ": " + counted(static_cast<std::int64_t>(overview.datasets.size()), "dataset") +
                       ", " + counted(overview.rows, "row") + ", " + counted(overview.molecules, "molecule") + ", " +
                       counted(overview.runs, "run") + "\n";
    if (overview.datasets.empty())
        return text;
    text.append("\n").append(datasetTable(overview));
    const bool tasks = std::any_of(overview.datasets.begin(), overview.datasets.end(),
                                   [](const Overview::Dataset& dataset) { return !dataset.tasks.empty(); });
    if (tasks) // two commands, two bases: neither is to be taken for the other
        text.append("\nNumbers of tasks are over the rows as they were read; stats has them over molecules, where rows "
                    "of the same molecule are one.\n");
    for (const Overview::Dataset& dataset : overview.datasets)
        if (!dataset.tasks.empty())
            text.append("\nTasks of ").append(dataset.record.name).append("\n").append(taskTable(dataset));
    return text;
}

Result<> printOverview(const std::string& path, bool asJson)
{
    auto project = store::Project::open(path, store::Access::ReadOnly);
    if (!project)
        return tl::unexpected<Error>(project.error());
    const auto overview = overviewOf(*project);
    if (!overview)
        return tl::unexpected<Error>(overview.error());
    if (asJson)
        printJson(overviewToJson(*overview));
    else
        printOut(overviewText(*overview));
    return {};
}

} // namespace papilio::engine
