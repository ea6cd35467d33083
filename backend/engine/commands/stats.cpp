// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/commands/commands.h"

#include <cmath>

#include "engine/console.h"
#include "engine/csvwriter.h"
#include "engine/json.h"
#include "engine/statistics.h"
#include "engine/table.h"

namespace papilio::engine
{

namespace
{

std::string numberCell(double value)
{
    return std::isnan(value) ? std::string() : shortNumber(value, 10);
}

/// "0:1200 1:30": how often each class is there.
std::string classText(const TaskStatistics& task)
{
    std::string text;
    for (std::size_t i = 0; i < task.profile.classCounts.size(); ++i) {
        text.append(i == 0 ? "" : " ").append(std::to_string(i)).append(":");
        text.append(std::to_string(task.profile.classCounts[i]));
    }
    return text;
}

class StatsCommand : public Command
{
public:
    void declare(Arguments& arguments) override
    {
        arguments.positional("PROJECT", m_project, "Project file (*.papilio)");
        arguments.values("--tasks", "PATTERN", m_patterns, "Only these tasks, such as 'tox21:NR-*' (may be repeated)");
        arguments.flag("--pairs", m_pairs, "Pairs of these tasks: shared molecules and correlation");
        arguments.flag("--outliers", m_outliers, "The molecules of the furthest outliers");
        arguments.value("-o,--output", "FILE.csv", m_output, "Write a CSV file");
        declareJson(arguments);
        arguments.footer(
            "Counted over molecules; rows of the same molecule are one (info counts rows).\n"
            "missing % is of the molecules of the dataset.\n"
            "Outliers lie more than three interquartile ranges below the lower or above the upper quartile.\n"
            "Correlation is Pearson's r over the molecules with both labels (for two binary tasks: phi); it is undefined\n"
            "for fewer than three of them and where a task does not vary. Scaffolds are Bemis-Murcko ones.");
    }

    Result<> run() override
    {
        if (m_pairs && m_outliers)
            return fail(ErrorCode::Usage, "--pairs and --outliers are two tables.", "Ask for one after the other.");
        ConsoleControl control;
        auto statistics = ProjectStatistics::open(m_project, m_patterns, control);
        if (!statistics)
            return tl::unexpected<Error>(statistics.error());
        if (!m_json || !m_output.empty() || m_pairs || m_outliers) // the JSON of tasks has them inside
            for (const std::string& note : statistics->notes())
                printError(note);
        if (m_pairs) {
            auto pairs = statistics->pairs(control);
            if (!pairs)
                return tl::unexpected<Error>(pairs.error());
            return showPairs(*pairs);
        }
        if (m_outliers)
            return showOutliers(*statistics);
        return showTasks(*statistics);
    }

private:
    Result<> showTasks(const ProjectStatistics& statistics) const
    {
        if (m_json && m_output.empty()) {
            printJson(statisticsToJson(statistics));
            return {};
        }
        std::vector<std::vector<std::string>> rows{{"dataset", "task", "level", "kind", "unit", "molecules", "missing %",
                                                    "values", "mean", "sd", "min", "1 %", "5 %", "25 %", "50 %", "75 %",
                                                    "95 %", "99 %", "max", "outliers", "classes"}};
        for (const TaskStatistics& task : statistics.tasks())
            rows.push_back(cellsOf(task));
        if (!m_output.empty())
            return write(rows);
        printOut(tableOf(rows, 5) + "\n" + datasetText(statistics));
        return {};
    }

    static std::vector<std::string> cellsOf(const TaskStatistics& task)
    {
        const store::TaskProfile& profile = task.profile;
        std::vector<std::string> cells{task.dataset,
                                       task.record.task.name,
                                       std::string(levelName(task.record.task.level)),
                                       std::string(kindName(task.record.task.kind)),
                                       task.record.task.unit,
                                       std::to_string(profile.molecules),
                                       std::isnan(task.missing()) ? std::string() : fixedNumber(task.missing(), 2),
                                       std::to_string(profile.values)};
        const bool regression = task.record.task.kind == TaskKind::Regression;
        cells.push_back(regression ? numberCell(profile.mean) : "");
        cells.push_back(regression ? numberCell(profile.sd) : "");
        cells.push_back(regression ? numberCell(profile.minimum) : "");
        for (std::size_t i = 0; i < std::size(store::quantileShares); ++i)
            cells.push_back(i < profile.quantiles.size() ? numberCell(profile.quantiles[i]) : "");
        cells.push_back(regression ? numberCell(profile.maximum) : "");
        cells.push_back(regression ? std::to_string(profile.outliers) : "");
        cells.push_back(classText(task));
        return cells;
    }

    static std::string datasetText(const ProjectStatistics& statistics)
    {
        std::string text;
        for (const DatasetStatistics& dataset : statistics.datasets()) {
            text += dataset.name + ": " + groupedNumber(dataset.profile.molecules) + " molecules, " +
                    groupedNumber(dataset.profile.scaffolds) + " scaffolds, " + groupedNumber(dataset.profile.acyclic) +
                    " without a ring\n";
            for (const auto& scaffold : dataset.profile.largest)
                text += "  " + groupedNumber(scaffold.molecules) + "  " + scaffold.smiles + "\n";
        }
        return text;
    }

    Result<> showPairs(const std::vector<TaskPair>& pairs) const
    {
        if (m_json && m_output.empty()) {
            printJson(pairsToJson(pairs));
            return {};
        }
        std::vector<std::vector<std::string>> rows{{"dataset", "task", "other dataset", "other task", "molecules", "correlation"}};
        for (const TaskPair& pair : pairs)
            rows.push_back({pair.first->dataset, pair.first->record.task.name, pair.second->dataset,
                            pair.second->record.task.name, std::to_string(pair.statistics.molecules),
                            std::isnan(pair.statistics.correlation) ? "undefined"
                                                                    : fixedNumber(pair.statistics.correlation, 4)});
        if (!m_output.empty())
            return write(rows);
        printOut(tableOf(rows, 4));
        return {};
    }

    Result<> showOutliers(const ProjectStatistics& statistics) const
    {
        const auto outliers = statistics.outliers();
        if (!outliers)
            return tl::unexpected<Error>(outliers.error());
        if (m_json && m_output.empty()) {
            printJson(outliersToJson(*outliers));
            return {};
        }
        std::vector<std::vector<std::string>> rows{{"dataset", "task", "value", "low fence", "high fence", "smiles"}};
        for (const TaskOutlier& outlier : *outliers)
            rows.push_back({outlier.task->dataset, outlier.task->record.task.name, numberCell(outlier.value),
                            numberCell(outlier.task->profile.lowFence), numberCell(outlier.task->profile.highFence),
                            outlier.smiles});
        if (!m_output.empty())
            return write(rows);
        printOut(tableOf(rows, 2));
        return {};
    }

    static std::string tableOf(const std::vector<std::vector<std::string>>& rows, std::size_t leftColumns)
    {
        Table table;
        for (std::size_t i = 0; i < rows.front().size(); ++i) {
            const bool last = i + 1 == rows.front().size();
            table.column(rows.front()[i], i < leftColumns || last ? Table::Align::Left : Table::Align::Right);
        }
        for (std::size_t i = 1; i < rows.size(); ++i)
            table.row(rows[i]);
        return table.text();
    }

    Result<> write(const std::vector<std::vector<std::string>>& rows) const
    {
        PAPILIO_TRY(checkOutput(m_output, {m_project}));
        auto file = OutputFile::create(m_output);
        if (!file)
            return tl::unexpected<Error>(file.error());
        for (const auto& row : rows)
            file->write(csvLine(row));
        PAPILIO_TRY(file->finish());
        if (m_json)
            printJson({{"rows", rows.size() - 1}, {"output", m_output}});
        else
            printError(groupedNumber(static_cast<std::int64_t>(rows.size()) - 1) + " lines written to " + m_output);
        return {};
    }

    std::string m_project, m_output;
    std::vector<std::string> m_patterns;
    bool m_pairs = false, m_outliers = false;
};

} // namespace

std::unique_ptr<Command> makeStats()
{
    return std::make_unique<StatsCommand>();
}

} // namespace papilio::engine
