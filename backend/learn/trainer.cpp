// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/trainer.h"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <map>
#include <optional>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "learn/epochorder.h"
#include "learn/heads.h"
#include "learn/rundata.h"
#include "learn/session.h"
#include "learn/split.h"
#include "learn/together.h"
#include "nn/checks.h"

namespace papilio::learn
{

namespace
{

/// While data is read, any wish to end is a stop.
class LoadControl : public TrainControl
{
public:
    explicit LoadControl(TrainControl& control) : m_control(control) {}
    void report(const Progress& progress) override { m_control.report(progress); }
    bool stopRequested() const override { return m_control.wish() != TrainControl::Wish::GoOn; }
    void note(const std::string& text) override { m_control.note(text); }

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

/// Where a configuration comes from: what a person asked for now is done, what a run recorded may not fit any more.
enum class Origin { Asked, Recorded };

nn::ModelOptions modelOptions(const TrainConfig& config, Origin origin, nn::Processes* processes, const HostShare& host)
{
    nn::ModelOptions options{config.seed, config.device, config.threads, config.precision, processes};
    if (processes != nullptr) {
        const bool recorded = origin == Origin::Recorded;
        if (options.threads == 0 || (recorded && options.threads > host.cores)) {
            options.threads = host.cores;
        }
        if (recorded && options.device.starts_with("cuda:") && host.sameDevice > 1) {
            options.device = "cuda"; // each takes one of its own
        }
    }
    return options;
}

/// Each process has a GPU of its own.
Result<> checkOwnGpu(const std::string& device, const HostShare& host, const char* hint)
{
    if (!device.starts_with("cuda:") || host.sameDevice <= 1) {
        return {};
    }
    const std::string processes = std::to_string(host.sameDevice) + " processes of this host";
    return fail(ErrorCode::Usage, processes + " would share the GPU '" + device + "'.", hint);
}

/// What several processes cannot do together.
Result<> checkTogether(const TrainConfig& config, Origin origin, const nn::Processes* processes, const HostShare& host)
{
    if (origin == Origin::Asked) {
        PAPILIO_TRY(checkOwnGpu(config.device, host, "With the device 'cuda' each takes one of its own."));
    }
    if (!host.oneKind) {
        return fail(ErrorCode::Usage, "Some processes of this training would compute on a GPU, others on the CPU.",
                    "Give all of them the same --device.");
    }
    const nn::Architecture& a = config.architecture;
    if (processes != nullptr && a.quirks.residualCounter && a.gnn.residual == nn::Residual::Weighted) {
        return fail(ErrorCode::Unsupported,
                    "A network with weighted residuals and the published fault 'residualCounter' counts every pass, " +
                        std::string("and ") + std::to_string(processes->size()) + " processes make different ones.",
                    "Switch that fault off, or train with one process.");
    }
    return {};
}

/// The network of a run in this process; all have one, or none.
Result<std::unique_ptr<nn::Model>> makeModel(const nn::ModelFactory& factory, const TrainConfig& config, Origin origin,
                                             const RunData& data, nn::Processes* processes)
{
    const auto host = processes == nullptr ? Result<HostShare>(HostShare()) : shareOfHost(*processes, config.device);
    PAPILIO_TRY(host);
    Result<std::unique_ptr<nn::Model>> model;
    if (const Result<> possible = checkTogether(config, origin, processes, *host); !possible) {
        model = tl::unexpected(possible.error());
    } else {
        model = factory({config.architecture, data.heads()}, modelOptions(config, origin, processes, *host));
    }
    PAPILIO_TRY(agree(processes, model));
    if (processes != nullptr) { // which GPU 'cuda' is, the network tells
        const std::string device = (*model)->deviceName();
        const auto there = shareOfHost(*processes, device);
        PAPILIO_TRY(there);
        PAPILIO_TRY(agree(processes, checkOwnGpu(device, *there,
                                                 "Start no more processes on a host than it has GPUs, and let the "
                                                 "launcher show each all of them, or one of its own.")));
    }
    return model;
}

struct Prepared {
    TrainConfig config; ///< with the architecture as it is fitted to a budget
    Selection selection;
    Watches watches;
    std::int64_t labels = 0;
    store::Split split;
    bool estimated = false; ///< the split has the right counts alone
};

bool hasValidation(const store::Split& split)
{
    const auto in = [](const std::vector<store::Part>& parts) {
        return std::find(parts.begin(), parts.end(), store::Part::Validation) != parts.end();
    };
    return split.datasets.empty() ? in(split.parts)
                                  : std::any_of(split.datasets.begin(), split.datasets.end(),
                                                [&in](const auto& dataset) { return in(dataset.second); });
}

/// What a split of that kind would be, as far as counts go: the right number in each part, but of no matter which.
Result<store::Split> estimatedSplit(const SplitSpec& spec, const std::vector<std::int64_t>& molecules)
{
    SplitSpec counts;
    counts.fractions = spec.fractions;
    return makeSplit(splitSpecText(counts), 0, molecules);
}

Result<Prepared> chooseTasks(store::Project& project, const TrainConfig& config)
{
    PAPILIO_TRY(checkTrainConfig(config));
    Prepared prepared;
    prepared.config = config;
    auto selection = selectTasks(project, prepared.config);
    if (!selection) {
        return tl::unexpected(selection.error());
    }
    PAPILIO_TRY(nn::checkSpec({prepared.config.architecture, selection->heads}));
    prepared.selection = std::move(*selection);
    return prepared;
}

Result<> divide(store::Project& project, const SplitMaker& makeSplits, bool planning, Control& control,
                Prepared& prepared)
{
    const TrainConfig& config = prepared.config;
    const auto spec = parseSplitSpec(config.split);
    PAPILIO_TRY(spec);
    const auto labelled = findLabelled(project, prepared.selection, control);
    if (!labelled) {
        return tl::unexpected(labelled.error());
    }
    prepared.labels = labelled->labels;
    prepared.estimated = planning && spec->needsChemistry();
    auto split = prepared.estimated ? estimatedSplit(*spec, labelled->molecules)
                                    : makeSplit(project, config.split, config.seed, prepared.selection,
                                                labelled->molecules, makeSplits, control);
    if (!split) {
        return tl::unexpected(split.error());
    }
    prepared.split = std::move(*split);
    return {};
}

/// Of several processes, the first divides the molecules for all.
Result<Prepared> prepare(store::Project& project, const TrainConfig& config, const SplitMaker& makeSplits, bool planning,
                         Control& control, nn::Processes* processes = nullptr)
{
    auto prepared = chooseTasks(project, config);
    PAPILIO_TRY(agree(processes, prepared));
    Result<> divided;
    if (keepsRun(processes)) {
        divided = divide(project, makeSplits, planning, control, *prepared);
    }
    PAPILIO_TRY(agree(processes, std::move(divided)));
    PAPILIO_TRY(share(processes, prepared->split));
    auto watches = findWatches(config, prepared->selection, hasValidation(prepared->split));
    PAPILIO_TRY(agree(processes, watches));
    prepared->watches = std::move(*watches);
    return prepared;
}

/// The control that a session asks: of several processes, one that they share. From here on they train.
class Conductor
{
public:
    Conductor(TrainControl& own, nn::Processes* processes) : m_own(own)
    {
        if (processes != nullptr) {
            processes->setPhase(nn::Processes::Phase::Training);
            m_shared.emplace(own, *processes);
        }
    }
    TrainControl& control() { return m_shared ? *m_shared : m_own; }

private:
    TrainControl& m_own;
    std::optional<SharedControl> m_shared;
};

/// What decides the heads of a run, with every default filled in.
std::map<std::string, HeadOptions> resolvedHeads(const Selection& selection)
{
    std::map<std::string, HeadOptions> heads;
    for (std::size_t h = 0; h < selection.heads.size(); ++h) {
        const nn::HeadSpec& head = selection.heads[h];
        const LabelScaling& scaling = selection.sources[h].scaling;
        HeadOptions& options = heads[head.name];
        options.loss = head.loss.type;
        options.weight = head.loss.weight;
        if (head.kind == TaskKind::Regression) {
            options.normalisation = scaling.method;
            options.clipMin = std::isfinite(scaling.least) ? std::optional(scaling.least) : std::nullopt;
            options.clipMax = std::isfinite(scaling.most) ? std::optional(scaling.most) : std::nullopt;
        }
    }
    return heads;
}

Result<RunData> loadData(store::Project& project, Selection selection, store::Split split, const TrainConfig& config,
                         const InputFiller& fillInputs, TrainControl& control, nn::Processes* processes)
{
    if (fillInputs && !isStandard(selection.inputs)) {
        Result<> filled;
        if (keepsRun(processes)) {
            filled = fillInputs(project, selection.inputs, split.molecules, config.threads, control);
        }
        PAPILIO_TRY(agree(processes, std::move(filled)));
    }
    return loadTogether(project, std::move(selection), std::move(split), control, processes);
}

/// The learning rate over the planned run, before any plateau.
std::vector<std::pair<double, double>> plannedRates(const TrainConfig& config, const std::vector<nn::HeadSpec>& heads,
                                                    std::int64_t molecules)
{
    constexpr std::int64_t most = 200;
    const ScheduleSpec schedule = config.effectiveSchedule();
    const bool bySteps = schedule.interval == ScheduleInterval::Step && schedule.type != ScheduleType::Plateau;
    double share = heads.empty() ? 1 : 0;
    for (const nn::HeadSpec& head : heads) { // of a dataset without a share all molecules are seen
        const auto own = config.sampling.find(head.dataset);
        share = std::max(share, own == config.sampling.end() ? 1 : own->second);
    }
    const std::int64_t perEpoch =
        bySteps ? stepsOfEpoch(std::llround(share * static_cast<double>(molecules)), config) : 1;
    const std::int64_t length = config.epochs * perEpoch;
    const std::int64_t points = std::min(most, length);
    std::vector<std::pair<double, double>> rates;
    for (std::int64_t i = 0; i < points; ++i) {
        const std::int64_t now = points > 1 ? i * (length - 1) / (points - 1) : 0;
        rates.emplace_back(1 + static_cast<double>(now) / static_cast<double>(perEpoch),
                           learningRateAt(schedule, config.learningRate, {now / perEpoch, config.epochs, now, length}));
    }
    return rates;
}

/// Molecules that are in a part for any dataset.
std::int64_t countIn(const store::Split& split, store::Part part)
{
    std::int64_t count = 0;
    for (std::size_t i = 0; i < split.molecules.size(); ++i) {
        const bool any = std::any_of(split.datasets.begin(), split.datasets.end(),
                                     [&](const auto& dataset) { return dataset.second[i] == part; });
        count += any || (split.datasets.empty() && split.parts[i] == part) ? 1 : 0;
    }
    return count;
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

/// A run that can go on, with its split; all processes have the first one's.
Result<> readResumable(store::Project& project, std::int64_t run, nn::Processes* processes, store::RunRecord& record,
                       store::Split& split)
{
    const auto read = [&]() -> Result<> {
        store::Runs runs(project);
        PAPILIO_TRY(runs.markCutOffRuns());
        auto found = runs.byId(run);
        PAPILIO_TRY(found);
        PAPILIO_TRY(checkResumable(*found));
        auto itsSplit = runs.split(found->split);
        PAPILIO_TRY(itsSplit);
        record = std::move(*found);
        split = std::move(*itsSplit);
        return {};
    };
    const bool reads = keepsRun(processes);
    PAPILIO_TRY(agree(processes, reads ? read() : Result<>{}));
    PAPILIO_TRY(share(processes, record));
    return share(processes, split);
}

/// The data of a recorded run, if it is still what the run was started on.
Result<RunData> reload(store::Project& project, const store::RunRecord& record, store::Split split, TrainConfig& config,
                       const InputFiller& fillInputs, TrainControl& control, nn::Processes* processes)
{
    const std::string changed = "The data of run " + std::to_string(record.id) + " has changed since it was started";
    auto selection = selectTasks(project, config);
    if (!selection) {
        selection = fail(ErrorCode::BadInput, changed + ": " + selection.error().message, "Start a new run.");
    }
    PAPILIO_TRY(agree(processes, selection));
    auto data =
        loadData(project, std::move(*selection), std::move(split), config, fillInputs, control, processes);
    if (!data) {
        return data.error().code == ErrorCode::BadInput
                   ? fail(ErrorCode::BadInput, changed + ": " + data.error().message, "Start a new run.")
                   : Result<RunData>(tl::unexpected(data.error()));
    }
    Result<> same;
    if (data->hash() != record.dataHash) {
        same = fail(ErrorCode::BadInput, changed + ": labels, molecules or tasks differ.", "Start a new run.");
    }
    PAPILIO_TRY(agree(processes, std::move(same)));
    return data;
}

} // namespace

Result<RunPlan> planRun(store::Project& project, const TrainConfig& config, const SplitMaker& makeSplits)
{
    Control control;
    auto prepared = prepare(project, config, makeSplits, true, control);
    if (!prepared) {
        return tl::unexpected(prepared.error());
    }
    RunPlan plan;
    plan.spec = {prepared->config.architecture, std::move(prepared->selection.heads)};
    plan.parameters = nn::parameterCount(plan.spec);
    plan.molecules = static_cast<std::int64_t>(prepared->split.molecules.size());
    plan.labels = prepared->labels;
    plan.train = countIn(prepared->split, store::Part::Train);
    plan.validation = countIn(prepared->split, store::Part::Validation);
    plan.test = countIn(prepared->split, store::Part::Test);
    plan.testSeen = countIn(prepared->split, store::Part::TestSeen);
    plan.splitEstimated = prepared->estimated;
    plan.learningRates = plannedRates(config, plan.spec.heads, plan.train);
    return plan;
}

Result<store::RunRecord> startRun(store::Project& project, const TrainConfig& config, const std::string& versionsJson,
                                  const nn::ModelFactory& factory, TrainControl& control,
                                  const InputFiller& fillInputs, const SplitMaker& makeSplits,
                                  nn::Processes* processes)
{
    LoadControl loading(control);
    auto prepared = prepare(project, config, makeSplits, false, loading, processes);
    if (!prepared) {
        return tl::unexpected(prepared.error());
    }
    TrainConfig resolved = std::move(prepared->config);
    resolved.tasks = prepared->selection.resolved;
    resolved.heads = resolvedHeads(prepared->selection);
    auto data = loadData(project, std::move(prepared->selection), std::move(prepared->split), resolved, fillInputs,
                         loading, processes);
    if (!data) {
        return tl::unexpected(data.error());
    }
    auto model = makeModel(factory, resolved, Origin::Asked, *data, processes);
    if (!model) {
        return tl::unexpected(model.error());
    }
    store::RunRecord record;
    record.name = resolved.architecture.name.empty() ? "run" : resolved.architecture.name;
    record.created = utcNow();
    record.config = trainConfigToJson(resolved).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    record.dataHash = data->hash();
    record.seed = config.seed;
    record.versions = versionsJson;
    record.parameters = (*model)->parameterCount();
    record.epochsPlanned = config.epochs;
    record.process = getpid();
    PAPILIO_TRY(checkSameStart(processes, {record.config, record.dataHash}));
    const bool keeps = keepsRun(processes);
    PAPILIO_TRY(agree(processes, keeps ? addRecord(project, record, data->split()) : Result<>{}));
    PAPILIO_TRY(share(processes, record));
    Conductor conductor(control, processes);
    control.runStarted(record);
    return Session(project, record, resolved, prepared->watches, *data, **model, conductor.control(), processes).run();
}

Result<store::RunRecord> resumeRun(store::Project& project, std::int64_t run, const nn::ModelFactory& factory,
                                   TrainControl& control, const InputFiller& fillInputs, nn::Processes* processes)
{
    store::RunRecord record;
    store::Split split;
    PAPILIO_TRY(readResumable(project, run, processes, record, split));
    auto config = configOf(record);
    if (!config) {
        return tl::unexpected(config.error());
    }
    LoadControl loading(control);
    const auto data = reload(project, record, std::move(split), *config, fillInputs, loading, processes);
    if (!data) {
        return tl::unexpected(data.error());
    }
    auto model = makeModel(factory, *config, Origin::Recorded, *data, processes);
    if (!model) {
        return tl::unexpected(model.error());
    }
    const auto watches = findWatches(*config, data->selection(), hasValidation(data->split()));
    if (!watches) {
        return tl::unexpected(watches.error());
    }
    record.state = store::RunState::Running;
    record.message.clear();
    record.process = getpid();
    Conductor conductor(control, processes);
    Session session(project, record, *config, *watches, *data, **model, conductor.control(), processes);
    PAPILIO_TRY(session.restoreLast());
    const bool keeps = keepsRun(processes);
    PAPILIO_TRY(agree(processes, keeps ? store::Runs(project).updateProgress(record) : Result<>{}));
    control.runStarted(record);
    return session.run();
}

} // namespace papilio::learn
