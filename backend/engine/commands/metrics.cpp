// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/commands/commands.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/text.h"
#include "engine/console.h"
#include "engine/json.h"
#include "engine/table.h"
#include "learn/metricstable.h"

namespace papilio::engine
{

namespace
{

/// A metric with the names that its numbers stand for.
struct NamedMetric {
    store::Metric metric;
    std::string dataset, task;
};

/// What stands in a row: the mean over a head's tasks, their median or their worst tenth; empty for a task.
std::string_view summaryOf(const store::Metric& metric)
{
    if (metric.scope == "task")
        return {};
    return metric.name.ends_with(learn::worstDecileEnding) ? "worst decile"
           : metric.name.ends_with(learn::medianEnding)    ? "median"
                                                            : "mean";
}

/// Title and meaning of a metric without its ending; nothing for the loss and unknown ones.
const learn::MetricInfo* infoOf(std::string_view name)
{
    for (const TaskKind kind : {TaskKind::Regression, TaskKind::Binary, TaskKind::Multiclass})
        if (const learn::MetricInfo* info = learn::findMetric(kind, name))
            return info;
    return nullptr;
}

std::string titleOf(const std::string& name)
{
    const learn::MetricInfo* info = infoOf(learn::withoutEnding(name));
    return info == nullptr ? name : std::string(info->title);
}

class MetricsCommand : public Command
{
public:
    void declare(Arguments& arguments) override
    {
        arguments.positional("PROJECT", m_project, "Project file (*.papilio)");
        arguments.positional("RUN", m_run, "Number of the run");
        arguments.value("--epoch", "N", m_epoch, "Epoch; the best one if left out");
        arguments.choice("--part", {"train", "val", "test", "test_seen"}, m_part, "Only this part of the split");
        arguments.value("--task", "PATTERN", m_task, "Only tasks whose 'task' or 'dataset:task' matches, with * and ?");
        declareJson(arguments);
        arguments.footer("Titles with /sd: of normalised values, the only ones that may be averaged over units. A head has the\n"
                         "mean over its tasks, their median, and the mean of their worst tenth.\n"
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
                         {"title", titleOf(metric.name)},
                         {"value", metric.value},
                         {"n", metric.n},
                         {"head", metric.head}};
            if (metric.scope == "head")
                item["summary"] = summaryOf(metric);
            if (const learn::MetricInfo* info = infoOf(learn::withoutEnding(metric.name)))
                item["better"] = learn::betterName(info->better);
            if (metric.scope == "task") {
                item["dataset"] = dataset;
                item["task"] = task;
            }
            list.push_back(std::move(item));
        }
        return {{"run", runToJson(run)}, {"epoch", epoch}, {"metrics", list}};
    }

    /// The metrics of one kind of task, a row a part, scope and task in the order of the store; metrics side by side.
    struct Block {
        using Key = std::tuple<std::string, std::string, std::string>;
        std::vector<std::string> columns;
        std::vector<Key> order;
        std::map<Key, std::map<std::string, const store::Metric*>> rows;
    };

    static std::string table(const std::vector<NamedMetric>& metrics)
    {
        std::map<std::string, TaskKind> kinds; // of heads, by a metric that one kind alone has
        for (const auto& [metric, dataset, task] : metrics)
            for (const TaskKind kind : {TaskKind::Regression, TaskKind::Binary, TaskKind::Multiclass})
                if (isOf(kind, metric.name))
                    kinds.try_emplace(metric.head, kind);
        constexpr int together = 99; // all heads together come last
        std::map<int, Block> blocks;
        for (const NamedMetric& item : metrics) {
            const auto kind = kinds.find(item.metric.head);
            add(blocks[kind == kinds.end() ? together : static_cast<int>(kind->second)], item);
        }
        std::string text;
        for (auto& [kind, block] : blocks) {
            if (kind != together)
                sortColumns(block, static_cast<TaskKind>(kind));
            if (!text.empty())
                text += '\n';
            text += textOf(block);
        }
        return text;
    }

    /// True if no other kind has a metric of that name.
    static bool isOf(TaskKind kind, const std::string& name)
    {
        int kinds = 0;
        for (const TaskKind other : {TaskKind::Regression, TaskKind::Binary, TaskKind::Multiclass})
            kinds += learn::findMetric(other, learn::withoutEnding(name)) != nullptr ? 1 : 0;
        return kinds == 1 && learn::findMetric(kind, learn::withoutEnding(name)) != nullptr;
    }

    static void add(Block& block, const NamedMetric& item)
    {
        const store::Metric& metric = item.metric;
        const std::string name = metric.scope == "task"   ? item.dataset + ":" + item.task
                                 : metric.scope == "head" ? metric.head + " (" + std::string(summaryOf(metric)) + ")"
                                                          : "all (mean)";
        const std::string column(learn::withoutEnding(metric.name));
        const Block::Key key{store::partName(metric.part), metric.scope, name};
        if (!block.rows.contains(key))
            block.order.push_back(key);
        block.rows[key][column] = &metric;
        if (std::find(block.columns.begin(), block.columns.end(), column) == block.columns.end())
            block.columns.push_back(column);
    }

    /// The loss, then the metrics as they are listed.
    static void sortColumns(Block& block, TaskKind kind)
    {
        const auto table = learn::metricsOfKind(kind);
        const auto place = [&table](const std::string& name) {
            const auto found = std::find_if(table.begin(), table.end(),
                                            [&name](const learn::MetricInfo& info) { return info.name == name; });
            return found == table.end() ? std::ptrdiff_t{-1} : found - table.begin();
        };
        std::stable_sort(block.columns.begin(), block.columns.end(), [&place](const auto& a, const auto& b) {
            return place(a) < place(b);
        });
    }

    static std::string textOf(const Block& block)
    {
        Table table;
        table.column("part", Table::Align::Left);
        table.column("task", Table::Align::Left);
        table.column("n");
        for (const std::string& name : block.columns)
            table.column(titleOf(name));
        for (const Block::Key& key : block.order) {
            const auto& row = block.rows.at(key);
            std::int64_t n = 0;
            std::vector<std::string> cells = {std::get<0>(key), std::get<2>(key), ""};
            for (const std::string& name : block.columns) {
                const auto found = row.find(name);
                cells.push_back(found == row.end() ? "" : shortNumber(found->second->value));
                n = found == row.end() ? n : std::max(n, found->second->n);
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
