// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/trainer.h"

#include <algorithm>
#include <ctime>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "learn/heads.h"
#include "learn/rundata.h"
#include "learn/session.h"
#include "learn/split.h"

namespace papilio::learn
{

namespace
{

/// While data is read, any wish to end is a stop.
class LoadControl : public Control
{
public:
    explicit LoadControl(TrainControl& control) : m_control(control) {}
    void report(const Progress& progress) override { m_control.report(progress); }
    bool stopRequested() const override { return m_control.wish() != TrainControl::Wish::GoOn; }

private:
    TrainControl& m_control;
};

std::string utcNow()
{
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    char text[32];
    return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

nn::ModelOptions modelOptions(const TrainConfig& config)
{
    return {config.seed, config.device, config.threads};
}

struct Prepared {
    Selection selection;
    Labelled labelled;
    store::Split split;
};

Result<Prepared> prepare(store::Project& project, const TrainConfig& config, Control& control)
{
    PAPILIO_TRY(checkTrainConfig(config));
    auto selection = selectTasks(project, config.tasks, config.architecture);
    if (!selection) {
        return tl::unexpected(selection.error());
    }
    auto labelled = findLabelled(project, *selection, control);
    if (!labelled) {
        return tl::unexpected(labelled.error());
    }
    auto split = makeSplit(config.split, config.seed, labelled->molecules);
    if (!split) {
        return tl::unexpected(split.error());
    }
    return Prepared{std::move(*selection), std::move(*labelled), std::move(*split)};
}

Result<> addRecord(store::Project& project, store::RunRecord& record, const store::Split& split)
{
    store::Runs runs(project);
    store::Transaction transaction(project);
    const auto splitId = runs.addSplit(split);
    if (!splitId) {
        return tl::unexpected(splitId.error());
    }
    record.split = *splitId;
    const auto id = runs.add(record);
    if (!id) {
        return tl::unexpected(id.error());
    }
    record.id = *id;
    return transaction.commit();
}

/// Whether a run may go on, in words for people if not.
Result<> checkResumable(const store::RunRecord& record)
{
    const std::string name = "Run " + std::to_string(record.id);
    switch (record.state) {
    case store::RunState::Running:
        return fail(ErrorCode::Busy, name + " is being trained by process " + std::to_string(record.process) + '.',
                    "Pause it there first.");
    case store::RunState::Finished:
        return fail(ErrorCode::BadInput, name + " is finished after " + std::to_string(record.epochs) + " epochs.",
                    "Start a new run with more epochs.");
    case store::RunState::Stopped:
        return fail(ErrorCode::BadInput, name + " was ended after " + std::to_string(record.epochs) + " epochs.",
                    "Start a new run; pausing instead of stopping keeps a run resumable.");
    case store::RunState::Paused:
    case store::RunState::Failed:
    case store::RunState::CutOff:
        break;
    }
    return {};
}

Result<TrainConfig> configOf(const store::RunRecord& record)
{
    const auto json = nlohmann::json::parse(record.config, nullptr, false);
    auto config = trainConfigFromJson(json);
    if (json.is_discarded() || !config) {
        return fail(ErrorCode::Damaged, "The configuration of run " + std::to_string(record.id) + " cannot be read" +
                                            (json.is_discarded() ? "." : ": " + config.error().message),
                    "Start a new run.");
    }
    return config;
}

/// The data of a recorded run, if it is still what the run was started on.
Result<RunData> reload(store::Project& project, const store::RunRecord& record, const TrainConfig& config,
                       Control& control)
{
    const std::string changed = "The data of run " + std::to_string(record.id) + " has changed since it was started";
    auto selection = selectTasks(project, config.tasks, config.architecture);
    if (!selection) {
        return fail(ErrorCode::BadInput, changed + ": " + selection.error().message, "Start a new run.");
    }
    auto split = store::Runs(project).split(record.split);
    if (!split) {
        return tl::unexpected(split.error());
    }
    auto data = RunData::load(project, std::move(*selection), std::move(*split), control);
    if (!data) {
        return data.error().code == ErrorCode::BadInput
                   ? fail(ErrorCode::BadInput, changed + ": " + data.error().message, "Start a new run.")
                   : Result<RunData>(tl::unexpected(data.error()));
    }
    if (data->hash() != record.dataHash) {
        return fail(ErrorCode::BadInput, changed + ": labels, molecules or tasks differ.", "Start a new run.");
    }
    return data;
}

} // namespace

Result<RunPlan> planRun(store::Project& project, const TrainConfig& config)
{
    Control control;
    auto prepared = prepare(project, config, control);
    if (!prepared) {
        return tl::unexpected(prepared.error());
    }
    RunPlan plan;
    plan.spec = {config.architecture, std::move(prepared->selection.heads)};
    plan.parameters = nn::parameterCount(plan.spec);
    plan.molecules = static_cast<std::int64_t>(prepared->split.molecules.size());
    plan.labels = prepared->labelled.labels;
    const auto& parts = prepared->split.parts;
    plan.train = std::count(parts.begin(), parts.end(), store::Part::Train);
    plan.validation = std::count(parts.begin(), parts.end(), store::Part::Validation);
    plan.test = std::count(parts.begin(), parts.end(), store::Part::Test);
    return plan;
}

Result<store::RunRecord> startRun(store::Project& project, const TrainConfig& config, const std::string& versionsJson,
                                  const nn::ModelFactory& factory, TrainControl& control)
{
    LoadControl loading(control);
    auto prepared = prepare(project, config, loading);
    if (!prepared) {
        return tl::unexpected(prepared.error());
    }
    TrainConfig resolved = config;
    resolved.tasks = prepared->selection.resolved;
    auto data = RunData::load(project, std::move(prepared->selection), std::move(prepared->split), loading);
    if (!data) {
        return tl::unexpected(data.error());
    }
    auto model = factory({config.architecture, data->heads()}, modelOptions(config));
    if (!model) {
        return tl::unexpected(model.error());
    }
    store::RunRecord record;
    record.name = config.architecture.name.empty() ? "run" : config.architecture.name;
    record.created = utcNow();
    record.config = trainConfigToJson(resolved).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    record.dataHash = data->hash();
    record.seed = config.seed;
    record.versions = versionsJson;
    record.parameters = (*model)->parameterCount();
    record.epochsPlanned = config.epochs;
    record.process = getpid();
    PAPILIO_TRY(addRecord(project, record, data->split()));
    control.runStarted(record);
    return Session(project, record, resolved, *data, **model, control).run();
}

Result<store::RunRecord> resumeRun(store::Project& project, std::int64_t run, const nn::ModelFactory& factory,
                                   TrainControl& control)
{
    store::Runs runs(project);
    PAPILIO_TRY(runs.markCutOffRuns());
    auto record = runs.byId(run);
    if (!record) {
        return record;
    }
    PAPILIO_TRY(checkResumable(*record));
    const auto config = configOf(*record);
    if (!config) {
        return tl::unexpected(config.error());
    }
    LoadControl loading(control);
    const auto data = reload(project, *record, *config, loading);
    if (!data) {
        return tl::unexpected(data.error());
    }
    auto model = factory({config->architecture, data->heads()}, modelOptions(*config));
    if (!model) {
        return tl::unexpected(model.error());
    }
    record->state = store::RunState::Running;
    record->message.clear();
    record->process = getpid();
    Session session(project, *record, *config, *data, **model, control);
    PAPILIO_TRY(session.restoreLast());
    PAPILIO_TRY(runs.updateProgress(*record));
    control.runStarted(*record);
    return session.run();
}

} // namespace papilio::learn
