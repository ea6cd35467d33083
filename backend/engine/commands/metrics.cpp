// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/commands/commands.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/text.h"
#include "engine/console.h"
#include "engine/json.h"
#include "engine/table.h"

namespace papilio::engine
{

namespace
{

/// A metric with the names that its numbers stand for.
struct NamedMetric {
    store::Metric metric;
    std::string dataset, task;
};

const std::vector<std::pair<std::string, std::string>> metricTitles = {
    {"loss", "loss"},   {"mae", "MAE"}, {"mae_normalised", "MAE/sd"}, {"r2", "R²"}, {"pearson", "Pearson"},
    {"auroc", "AUROC"}, {"ap", "AP"},   {"accuracy", "accuracy"}};

class MetricsCommand : public Command
{
public:
    void declare(Arguments& arguments) override
    {
        arguments.positional("PROJECT", m_project, "Project file (*.papilio)");
        arguments.positional("RUN", m_run, "Number of the run");
        arguments.value("--epoch", "N", m_epoch, "Epoch; the best one if left out");
        arguments.choice("--part", {"train", "val", "test"}, m_part, "Only this part of the split");
        arguments.value("--task", "PATTERN", m_task, "Only tasks whose 'task' or 'dataset:task' matches, with * and ?");
        declareJson(arguments);
        arguments.footer("MAE is in the task's unit, MAE/sd divided by the standard deviation of the training labels.\n"
                         "'undefined': the number does not exist, e.g. AUROC where all labels are of one class.");
    }

    Result<> run() override
    {
        auto project = store::Project::open(m_project, store::Access::ReadOnly);
        if (!project)
            return tl::unexpected<Error>(project.error());
        const store::Runs runs(*project);
        const auto run = runs.byId(m_run);
        if (!run)
            return tl::unexpected<Error>(run.error());
        const std::int64_t epoch = m_epoch.value_or(run->bestEpoch > 0 ? run->bestEpoch : run->epochs);
        const auto metrics = runs.metrics(m_run, epoch);
        if (!metrics)
            return tl::unexpected<Error>(metrics.error());
        if (metrics->empty())
            return fail(ErrorCode::NotFound,
                        "Run " + std::to_string(m_run) + " has no metrics of epoch " + std::to_string(epoch) + ".",
                        "It has finished " + std::to_string(run->epochs) + " epochs.");
        const auto shown = named(*project, *metrics);
        if (!shown)
            return tl::unexpected<Error>(shown.error());
        if (shown->empty())
            return fail(ErrorCode::NotFound, "No metric of run " + std::to_string(m_run) + " matches.",
                        "Without --part and --task all are shown.");
        if (m_json)
            printJson(document(*run, epoch, *shown));
        else
            printOut("run " + std::to_string(m_run) + " (" + run->name + "), epoch " + std::to_string(epoch) + " of " +
                     std::to_string(run->epochs) + (epoch == run->bestEpoch ? ", the best" : "") + "\n\n" +
                     table(*shown));
        return {};
    }

private:
    Result<std::vector<NamedMetric>> named(store::Project& project, const std::vector<store::Metric>& metrics) const
    {
        const store::Datasets datasets(project);
        const auto sets = datasets.all();
        if (!sets)
            return tl::unexpected<Error>(sets.error());
        const auto tasks = datasets.allTasks();
        if (!tasks)
            return tl::unexpected<Error>(tasks.error());
        std::map<std::int64_t, std::string> setNames;
        for (const auto& set : *sets)
            setNames[set.id] = set.name;
        std::map<std::int64_t, const Task*> byId;
        for (const auto& record : *tasks)
            byId[record.task.id] = &record.task;

        std::vector<NamedMetric> result;
        for (const store::Metric& metric : metrics) {
            NamedMetric item{metric, {}, {}};
            if (const auto found = byId.find(metric.task); found != byId.end()) {
                item.task = found->second->name;
                item.dataset = setNames[found->second->dataset];
            }
            if (wanted(item))
                result.push_back(std::move(item));
        }
        return result;
    }

    bool wanted(const NamedMetric& item) const
    {
        if (!m_part.empty() && store::partName(item.metric.part) != m_part)
            return false;
        return m_task.empty() ||
               (item.metric.scope == "task" &&
                (matchesPattern(item.task, m_task) || matchesPattern(item.dataset + ":" + item.task, m_task)));
    }

    static json document(const store::RunRecord& run, std::int64_t epoch, const std::vector<NamedMetric>& metrics)
    {
        json list = json::array();
        for (const auto& [metric, dataset, task] : metrics) {
            json item = {{"part", store::partName(metric.part)},
                         {"scope", metric.scope},
                         {"name", metric.name},
                         {"value", metric.value},
                         {"n", metric.n},
                         {"head", metric.head}};
            if (metric.scope == "task") {
                item["dataset"] = dataset;
                item["task"] = task;
            }
            list.push_back(std::move(item));
        }
        return {{"run", runToJson(run)}, {"epoch", epoch}, {"metrics", list}};
    }

    /// One row a part, scope and task, in the order of the store; its metrics side by side.
    static std::string table(const std::vector<NamedMetric>& metrics)
    {
        using Key = std::tuple<std::string, std::string, std::string>;
        std::vector<Key> order;
        std::map<Key, std::map<std::string, const store::Metric*>> rows;
        for (const auto& [metric, dataset, task] : metrics) {
            const std::string name = metric.scope == "task"   ? dataset + ":" + task
                                     : metric.scope == "head" ? metric.head + " (mean)"
                                                              : "all (mean)";
            const Key key{store::partName(metric.part), metric.scope, name};
            if (!rows.contains(key))
                order.push_back(key);
            rows[key][metric.name] = &metric;
        }
        Table table;
        table.column("part", Table::Align::Left);
        table.column("task", Table::Align::Left);
        table.column("n");
        for (const auto& [name, title] : metricTitles)
            table.column(title);
        for (const Key& key : order) {
            std::int64_t n = 0;
            std::vector<std::string> cells = {std::get<0>(key), std::get<2>(key), ""};
            for (const auto& [name, title] : metricTitles) {
                const auto found = rows[key].find(name);
                cells.push_back(found == rows[key].end() ? "" : shortNumber(found->second->value));
                n = found == rows[key].end() ? n : std::max(n, found->second->n);
            }
            cells[2] = groupedNumber(n);
            table.row(std::move(cells));
        }
        return table.text();
    }

    std::string m_project, m_part, m_task;
    std::int64_t m_run = 0;
    std::optional<std::int64_t> m_epoch;
};

} // namespace

std::unique_ptr<Command> makeMetrics()
{
    return std::make_unique<MetricsCommand>();
}

} // namespace papilio::engine
