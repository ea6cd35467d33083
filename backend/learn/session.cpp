// SPDX-License-Identifier: GPL-3.0-or-later
// The loop over steps and epochs; sessionend.cpp keeps and measures what it makes.
#include "learn/session.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "core/random.h"
#include "learn/averagedweights.h"
#include "learn/batches.h"
#include "learn/epochorder.h"
#include "learn/evaluate.h"
#include "learn/together.h"
#include "store/molecules.h"

namespace papilio::learn
{

Result<Watches> findWatches(const TrainConfig& config, const Selection& selection, bool hasValidation)
{
    const auto find = [&](const std::string& key, const std::string& text) -> Result<Watch> {
        auto watch = findWatch(text, selection);
        if (!watch) {
            watch.error().message = "Training key '" + key + "': " + watch.error().message;
        } else if (watch->part == store::Part::Validation && !hasValidation) {
            return fail(ErrorCode::Usage,
                        "Training key '" + key + "': " + text + " needs a validation part, and the split has none.",
                        "Change 'split', or watch train/loss.");
        }
        return watch;
    };
    Watches watches;
    if (hasValidation || config.watch != TrainConfig().watch) {
        auto watch = find("watch", config.watch);
        if (!watch) {
            return tl::unexpected(watch.error());
        }
        watches.best = std::move(*watch);
    }
    if (config.schedule && config.schedule->type == ScheduleType::Plateau) {
        auto watch = find("schedule.monitor", config.schedule->monitor);
        if (!watch) {
            return tl::unexpected(watch.error());
        }
        watch->better = config.schedule->monitorMode.value_or(watch->better);
        watches.plateau = std::move(*watch);
    }
    return watches;
}

nn::StepSettings stepSettings(const TrainConfig& config, double learningRate, std::uint64_t seed)
{
    nn::StepSettings settings;
    settings.learningRate = learningRate;
    settings.clipNorm = config.clipNorm;
    settings.weightDecay = config.weightDecay;
    settings.decoupledDecay = config.optimiser == OptimiserType::AdamW;
    settings.beta1 = config.beta1;
    settings.beta2 = config.beta2;
    settings.epsilon = config.epsilon;
    settings.averageDecay = config.emaDecay;
    settings.seed = seed;
    return settings;
}

Session::Session(store::Project& project, store::RunRecord record, TrainConfig config, Watches watches,
                 const RunData& data, nn::Model& model, TrainControl& control, nn::Processes* processes)
    : m_project(project), m_runs(project), m_record(std::move(record)), m_config(std::move(config)),
      m_schedule(m_config.effectiveSchedule()), m_watches(std::move(watches)), m_data(data), m_model(model),
      m_control(control), m_processes(processes), m_started(Clock::now()), m_lastSave(m_started)
{
    m_state.losses = LossSums(data.heads().size());
    m_perEpoch = static_cast<std::int64_t>(epochOrder(data, m_config, 0).size());
}

std::string Session::label() const { return "run " + std::to_string(m_record.id); }

double Session::secondsNow() const
{
    return m_state.seconds + std::chrono::duration<double>(Clock::now() - m_started).count();
}

Result<> Session::restoreLast()
{
    const auto checkpoint = readCheckpoint(store::CheckpointKind::Last);
    if (!checkpoint) {
        return tl::unexpected(checkpoint.error());
    }
    if (!*checkpoint) {
        return {}; // killed before the first one: the seed gives the same start again
    }
    auto state = trainStateFromJson((*checkpoint)->state, m_data.heads().size());
    if (!state) {
        return tl::unexpected(state.error());
    }
    PAPILIO_TRY(restore(**checkpoint, m_model, "The checkpoint of " + label()));
    m_state = std::move(*state);
    return {};
}

bool Session::ended() const
{
    return m_state.epoch >= m_config.epochs || m_state.stopping.shouldStop(m_config.patience);
}

Result<store::RunRecord> Session::run()
{
    auto wish = TrainControl::Wish::GoOn;
    while (!ended() && wish != TrainControl::Wish::StopKeepBest) {
        if (auto done = loop(); !done) {
            return failRun(std::move(done).error());
        }
        wish = m_control.wish();
        if (!ended() && wish == TrainControl::Wish::Pause) {
            return pause();
        }
    }
    auto record = finish();
    if (!record && record.error().code == ErrorCode::Stopped) {
        return pause(); // at the very end; going on repeats the test alone
    }
    return record ? record : failRun(std::move(record).error());
}

Result<> Session::loop()
{
    bool interrupted = false;
    while (!interrupted && !ended()) {
        auto outcome = trainEpoch();
        if (outcome && *outcome == Outcome::EpochDone) {
            outcome = finishEpoch();
        }
        if (!outcome) {
            return tl::unexpected(outcome.error());
        }
        interrupted = *outcome == Outcome::Interrupted;
    }
    return {};
}

double Session::learningRate() const
{
    RunClock clock{m_state.epoch, m_config.epochs, m_state.step, m_config.epochs * stepsOfEpoch(m_perEpoch, m_config)};
    clock.step = std::min(clock.step, clock.steps - 1); // epochs that draw their molecules differ in length
    return learningRateAt(m_schedule, m_config.learningRate, clock, m_state.plateau);
}

Result<Session::Outcome> Session::trainEpoch()
{
    BatchStream stream(m_data, epochOrder(m_data, m_config, m_state.epoch), store::Part::Train,
                       m_config.batchSize, m_state.batch, m_processes, m_model.trainingPiece(), &m_model);
    if (m_processes != nullptr && keeps() && m_seenHere == 0 && m_state.batch < stream.batchCount()) {
        const std::string note =
            noteOnShares(stream.moleculesOf(m_state.batch), m_data, *m_processes, m_model.trainingPiece());
        if (!note.empty()) {
            m_control.note(note);
        }
    }
    while (m_state.batch < stream.batchCount()) {
        if (told()) {
            return Outcome::Interrupted;
        }
        const std::int64_t end = std::min(m_state.batch + m_config.accumulation, stream.batchCount());
        std::vector<nn::Batch> batches;
        std::vector<std::uint32_t> molecules;
        for (std::int64_t number = m_state.batch; number < end; ++number) {
            auto batch = stream.next();
            if (!batch) {
                return tl::unexpected(batch.error());
            }
            batches.push_back(std::move(**batch));
            const auto of = stream.moleculesOf(number);
            molecules.insert(molecules.end(), of.begin(), of.end());
        }
        PAPILIO_TRY(step(batches, molecules));
        report(false);
        PAPILIO_TRY(saveIfDue());
    }
    return Outcome::EpochDone;
}

Result<> Session::step(std::span<const nn::Batch> batches, std::span<const std::uint32_t> molecules)
{
    const std::uint64_t seed = mixSeed(m_config.seed, static_cast<std::uint64_t>(m_state.step), stepSeed);
    const auto result = m_model.trainStep(batches, stepSettings(m_config, learningRate(), seed));
    if (!result) {
        return tl::unexpected(explained(result.error(), molecules));
    }
    m_state.losses.add(result->losses);
    m_state.batch += static_cast<std::int64_t>(batches.size());
    ++m_state.step;
    m_seenHere += static_cast<std::int64_t>(molecules.size());
    return {};
}

/// Where it happened, and to which molecules.
Error Session::explained(Error error, std::span<const std::uint32_t> molecules) const
{
    std::vector<std::uint32_t> culprits;
    for (const std::int64_t place : m_model.culprits()) {
        if (place >= 0 && place < static_cast<std::int64_t>(molecules.size())) {
            culprits.push_back(molecules[static_cast<std::size_t>(place)]);
        }
    }
    error.message = "Epoch " + std::to_string(m_state.epoch + 1) + ", step " +
                    std::to_string(m_state.batch / m_config.accumulation + 1) + ": " + error.message +
                    (culprits.empty() ? " Molecules of the batch: " + namesOf(molecules)
                                      : " In SMILES: " + namesOf(culprits)) +
                    '.';
    return error;
}

std::string Session::namesOf(std::span<const std::uint32_t> molecules) const
{
    constexpr std::size_t most = 5;
    std::vector<std::int64_t> ids;
    for (std::size_t i = 0; i < std::min(most, molecules.size()); ++i) {
        ids.push_back(m_data.idOf(molecules[i]));
    }
    const auto names = store::Molecules(m_project).smilesOf(ids);
    if (!names) {
        return "not readable";
    }
    std::string text;
    for (std::size_t i = 0; i < names->size(); ++i) {
        text += (text.empty() ? "" : ", ") + (*names)[i] + " (molecule " + std::to_string(ids[i]) + ")";
    }
    return molecules.size() > most ? text + " and " + std::to_string(molecules.size() - most) + " more" : text;
}

Result<> Session::measureTrain(std::int64_t epoch, Measured& measured)
{
    // The training part's metrics tell over-fitting; as many molecules as validation has are enough for that. Its losses
    // are those of the steps.
    const EvaluateOptions options{store::Part::Train,
                                  epoch,
                                  m_config.batchSize,
                                  m_data.part(store::Part::Validation).size(),
                                  false,
                                  [this] { return told(); },
                                  false,
                                  m_processes};
    auto train = evaluatePart(m_model, m_data, options);
    if (!train) {
        return tl::unexpected(train.error());
    }
    std::copy_if(train->metrics.begin(), train->metrics.end(), std::back_inserter(measured.metrics),
                 [](const store::Metric& metric) { return metric.name != "loss"; });
    return {};
}

Result<Session::Measured> Session::measureEpoch(std::int64_t epoch)
{
    Measured measured;
    m_state.losses.appendMetrics(measured.metrics, m_model.spec(), store::Part::Train, epoch);
    const auto wantsTrain = [](const std::optional<Watch>& watch) {
        return watch && watch->part == store::Part::Train && watch->name != "loss";
    };
    if (!hasValidation() && !wantsTrain(m_watches.best) && !wantsTrain(m_watches.plateau)) {
        return measured;
    }
    auto averaged = AveragedWeights::use(m_model);
    if (!averaged) {
        return tl::unexpected(averaged.error());
    }
    if (hasValidation()) {
        auto validation = evaluatePart(m_model, m_data,
                                       {store::Part::Validation, epoch, m_config.batchSize, 0, false,
                                        [this] { return told(); }, false, m_processes});
        if (!validation) {
            return tl::unexpected(validation.error());
        }
        measured.metrics.insert(measured.metrics.end(), validation->metrics.begin(), validation->metrics.end());
        measured.validationLoss = validation->loss;
    }
    PAPILIO_TRY(measureTrain(epoch, measured));
    PAPILIO_TRY(averaged->giveBack());
    return measured;
}

Session::Next Session::nextState(const std::vector<store::Metric>& metrics) const
{
    Next next{m_state, false, {}};
    const std::int64_t epoch = m_state.epoch + 1;
    next.state.epoch = epoch;
    next.state.batch = 0;
    next.state.losses = LossSums(m_data.heads().size());
    if (const auto& watch = m_watches.best) {
        const double value = watch->valueIn(metrics);
        next.best = next.state.stopping.add(epoch, value, m_config.minDelta, watch->better);
        BestList list(static_cast<std::size_t>(m_config.keepBest), watch->better);
        list.restore(next.state.bestEpochs);
        next.change = list.add(epoch, value);
        next.state.bestEpochs = list.entries();
    } else {
        next.state.stopping.bestEpoch = epoch;
        next.best = m_config.emaDecay > 0; // the averaged weights are in no other checkpoint
    }
    if (const auto& watch = m_watches.plateau) {
        next.state.plateau.add(m_schedule, m_config.learningRate, watch->valueIn(metrics), watch->better);
    }
    return next;
}

Result<Session::Outcome> Session::finishEpoch()
{
    const std::int64_t epoch = m_state.epoch + 1;
    auto measured = measureEpoch(epoch);
    if (!measured && measured.error().code == ErrorCode::Stopped) {
        return Outcome::Interrupted; // the state stays "all batches done"; going on repeats the validation
    }
    if (!measured) {
        return tl::unexpected(measured.error());
    }
    const double trainLoss = m_state.losses.total(m_model.spec());
    Next next = keeps() ? nextState(measured->metrics) : Next{m_state, false, {}};
    PAPILIO_TRY(shareState(next.state));
    m_state = std::move(next.state);
    Result<> written = inTransaction([&]() -> Result<> {
        PAPILIO_TRY(m_runs.addMetrics(m_record.id, measured->metrics));
        PAPILIO_TRY(saveBest(next.best, next.change));
        return save(store::CheckpointKind::Last);
    });
    PAPILIO_TRY(agree(m_processes, std::move(written)));
    report(true);
    m_control.epochFinished(m_record, trainLoss, measured->validationLoss);
    return Outcome::EpochDone;
}

} // namespace papilio::learn
