// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/traincontrol.h"

#include <algorithm>

#include "engine/json.h"
#include "engine/signals.h"
#include "engine/table.h"
#include "learn/metricstable.h"

namespace papilio::engine
{

ConsoleTrainControl::ConsoleTrainControl(store::Project& project, bool jsonLines)
    : m_project(project), m_jsonLines(jsonLines)
{
    installStopSignals();
}

void ConsoleTrainControl::report(const Progress& progress)
{
    if (!m_jsonLines)
        return m_line.show(progress);
    const Progress full = m_meter.completed(progress);
    if (m_meter.due()) {
        json line = progressToJson(full);
        line["event"] = "progress";
        printJson(line);
    }
}

bool ConsoleTrainControl::stopRequested() const
{
    return stopSignalled();
}

void ConsoleTrainControl::runStarted(const store::RunRecord& run)
{
    if (m_jsonLines)
        return printJson({{"event", "started"}, {"run", runToJson(run)}});
    std::string line = "run " + std::to_string(run.id) + " (" + run.name + "), " + groupedNumber(run.parameters) +
                       " parameters, " + std::to_string(run.epochsPlanned) + " epochs";
    if (run.epochs > 0)
        line += ", going on after epoch " + std::to_string(run.epochs);
    m_line.print(line);
}

void ConsoleTrainControl::epochFinished(const store::RunRecord& run, double trainLoss, double validationLoss)
{
    if (m_jsonLines)
        return printJson({{"event", "epoch"},
                          {"run", runToJson(run)},
                          {"trainLoss", trainLoss},
                          {"validationLoss", validationLoss}});
    std::string line = "epoch " + std::to_string(run.epochs) + "/" + std::to_string(run.epochsPlanned) +
                       "  train loss " + shortNumber(trainLoss, 4) + "  validation loss " +
                       shortNumber(validationLoss, 4);
    line += headline(run) + "  " + durationText(run.seconds);
    if (run.bestEpoch == run.epochs)
        line += "  best";
    m_line.print(line);
}

void ConsoleTrainControl::note(const std::string& text)
{
    if (m_jsonLines)
        return printJson({{"event", "note"}, {"text", text}});
    m_line.print(text);
}

std::string ConsoleTrainControl::headline(const store::RunRecord& run) const
{
    const auto metrics = store::Runs(m_project).metrics(run.id, run.epochs);
    std::string text;
    if (!metrics)
        return text;
    for (const store::Metric& metric : *metrics) {
        const bool ranked = std::any_of(metrics->begin(), metrics->end(), [&metric](const store::Metric& other) {
            return other.head == metric.head && other.name == "auroc";
        });
        const bool shown = metric.name == "mae_normalised" || metric.name == "auroc" ||
                           (metric.name == "accuracy" && !ranked);
        if (metric.scope != "head" || metric.part != store::Part::Validation || !shown)
            continue;
        const learn::MetricInfo* info = nullptr;
        for (const TaskKind kind : {TaskKind::Regression, TaskKind::Binary, TaskKind::Multiclass})
            info = info != nullptr ? info : learn::findMetric(kind, metric.name);
        text += "  " + metric.head + " " + std::string(info->title) + " " + shortNumber(metric.value, 4);
    }
    return text;
}

Result<> concludeTraining(const std::string& projectPath, const Result<store::RunRecord>& run, bool asJson)
{
    if (!run)
        return tl::unexpected<Error>(run.error());
    if (asJson)
        printJson(fullRunToJson(*run));
    const std::string name = "Run " + std::to_string(run->id);
    if (run->state == store::RunState::Paused)
        return fail(ErrorCode::Stopped,
                    name + " is paused after " + std::to_string(run->epochs) + " of " +
                        std::to_string(run->epochsPlanned) + " epochs.",
                    "(papilio-engine resume '" + projectPath + "' " + std::to_string(run->id) + " goes on with it)");
    std::string line = name + " " + std::string(store::runStateName(run->state)) + " after " +
                       std::to_string(run->epochs) + " epochs in " + durationText(run->seconds);
    if (run->bestEpoch > 0)
        line += ", best epoch " + std::to_string(run->bestEpoch);
    printError(line + (run->message.empty() ? "." : ": " + run->message));
    return {};
}

} // namespace papilio::engine
