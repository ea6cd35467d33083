// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/session.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <thread>

#include "core/random.h"
#include "learn/batches.h"
#include "learn/evaluate.h"
#include "store/molecules.h"

namespace papilio::learn
{

namespace
{

/// What a seed is for, so that no two uses share one.
enum SeedUse : std::uint64_t { orderSeed = 1, stepSeed = 2 };

} // namespace

Session::Session(store::Project& project, store::RunRecord record, TrainConfig config, const RunData& data,
                 nn::Model& model, TrainControl& control)
    : m_project(project), m_runs(project), m_record(std::move(record)), m_config(std::move(config)), m_data(data),
      m_model(model), m_control(control), m_started(Clock::now()), m_lastSave(m_started)
{
    m_state.losses = LossSums(data.heads().size());
}

std::string Session::label() const { return "run " + std::to_string(m_record.id); }

double Session::secondsNow() const
{
    return m_state.seconds + std::chrono::duration<double>(Clock::now() - m_started).count();
}

Result<> Session::restoreLast()
{
    const auto checkpoint = m_runs.checkpoint(m_record.id, store::CheckpointKind::Last);
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

Result<Session::Outcome> Session::trainEpoch()
{
    const auto& train = m_data.part(store::Part::Train);
    const auto shuffled =
        shuffledIndices(train.size(), mixSeed(m_config.seed, static_cast<std::uint64_t>(m_state.epoch), orderSeed));
    std::vector<std::uint32_t> order(train.size());
    std::transform(shuffled.begin(), shuffled.end(), order.begin(), [&train](std::uint32_t i) { return train[i]; });
    BatchStream stream(m_data, std::move(order), m_config.batchSize, m_state.batch);
    while (m_state.batch < stream.batchCount()) {
        if (told()) {
            return Outcome::Interrupted;
        }
        auto batch = stream.next();
        if (!batch) {
            return tl::unexpected(batch.error());
        }
        PAPILIO_TRY(step(**batch, stream.moleculesOf(m_state.batch)));
        report(false);
        PAPILIO_TRY(saveIfDue());
    }
    return Outcome::EpochDone;
}

Result<> Session::step(const nn::Batch& batch, std::span<const std::uint32_t> molecules)
{
    nn::StepSettings settings;
    settings.learningRate = learningRateOf(m_config, m_state.epoch);
    settings.clipNorm = m_config.clipNorm;
    settings.weightDecay = m_config.weightDecay;
    settings.seed = mixSeed(m_config.seed, static_cast<std::uint64_t>(m_state.step), stepSeed);
    const auto result = m_model.trainStep(batch, settings);
    if (!result) {
        Error error = result.error();
        std::vector<std::uint32_t> culprits;
        for (const std::int64_t place : m_model.culprits()) {
            culprits.push_back(molecules[static_cast<std::size_t>(place)]);
        }
        error.message = "Epoch " + std::to_string(m_state.epoch + 1) + ", step " + std::to_string(m_state.batch + 1) +
                        ": " + error.message +
                        (culprits.empty() ? " Molecules of the batch: " + namesOf(molecules)
                                          : " In SMILES: " + namesOf(culprits)) +
                        '.';
        return tl::unexpected(std::move(error));
    }
    m_state.losses.add(result->losses);
    ++m_state.batch;
    ++m_state.step;
    m_seenHere += batch.graphs;
    return {};
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
    for (const std::string& name : *names) {
        text += (text.empty() ? "" : ", ") + name;
    }
    return molecules.size() > most ? text + " and " + std::to_string(molecules.size() - most) + " more" : text;
}

Result<double> Session::measureEpoch(std::int64_t epoch, std::vector<store::Metric>& metrics)
{
    EvaluateOptions options{store::Part::Validation, epoch, m_config.batchSize, 0, false, [this] { return told(); }};
    auto validation = evaluatePart(m_model, m_data, options);
    if (!validation) {
        return tl::unexpected(validation.error());
    }
    metrics.insert(metrics.end(), validation->metrics.begin(), validation->metrics.end());
    // The training part's metrics tell over-fitting; as many molecules as validation has are enough for that. Its losses
    // are those of the steps.
    options.part = store::Part::Train;
    options.most = m_data.part(store::Part::Validation).size();
    auto train = evaluatePart(m_model, m_data, options);
    if (!train) {
        return tl::unexpected(train.error());
    }
    std::copy_if(train->metrics.begin(), train->metrics.end(), std::back_inserter(metrics),
                 [](const store::Metric& metric) { return metric.name != "loss"; });
    return validation->loss;
}

Result<Session::Outcome> Session::finishEpoch()
{
    const bool hasValidation = !m_data.part(store::Part::Validation).empty();
    const std::int64_t epoch = m_state.epoch + 1;
    std::vector<store::Metric> metrics;
    m_state.losses.appendMetrics(metrics, m_data.heads(), store::Part::Train, epoch);
    const double trainLoss = m_state.losses.total();
    double validationLoss = std::numeric_limits<double>::quiet_NaN();
    if (hasValidation) {
        const auto loss = measureEpoch(epoch, metrics);
        if (!loss && loss.error().code == ErrorCode::Stopped) {
            return Outcome::Interrupted; // the state stays "all batches done"; going on repeats the validation
        }
        if (!loss) {
            return tl::unexpected(loss.error());
        }
        validationLoss = *loss;
    }
    TrainState next = m_state;
    next.epoch = epoch;
    next.batch = 0;
    next.losses = LossSums(m_data.heads().size());
    const bool best = hasValidation && next.stopping.add(epoch, validationLoss, m_config.minDelta);
    if (!hasValidation) {
        next.stopping.bestEpoch = epoch;
    }
    m_state = std::move(next);
    Result<> written = inTransaction([&]() -> Result<> {
        PAPILIO_TRY(m_runs.addMetrics(m_record.id, metrics));
        if (best) {
            PAPILIO_TRY(save(store::CheckpointKind::Best));
        }
        return save(store::CheckpointKind::Last);
    });
    PAPILIO_TRY(std::move(written));
    report(true);
    m_control.epochFinished(m_record, trainLoss, validationLoss);
    return Outcome::EpochDone;
}

Result<> Session::save(store::CheckpointKind kind)
{
    TrainState state = m_state;
    state.seconds = secondsNow();
    PAPILIO_TRY(m_runs.putCheckpoint(m_record.id, makeCheckpoint(kind, m_model, m_data, state)));
    m_record.epochs = state.epoch;
    m_record.bestEpoch = state.stopping.bestEpoch;
    m_record.seconds = state.seconds;
    PAPILIO_TRY(m_runs.updateProgress(m_record));
    m_lastSave = Clock::now();
    return {};
}

Result<> Session::saveIfDue()
{
    if (Clock::now() - m_lastSave < std::chrono::seconds(m_config.checkpointSeconds)) {
        return {};
    }
    return inTransaction([this] { return save(store::CheckpointKind::Last); });
}

template <typename Write> Result<> Session::inTransaction(Write write)
{
    constexpr int mostTries = 30;
    Result<> done;
    for (int attempt = 0; attempt < mostTries; ++attempt) {
        {
            store::Transaction transaction(m_project);
            done = write();
            if (done) {
                done = transaction.commit();
            }
        }
        if (done || done.error().code != ErrorCode::Busy) {
            return done;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(500)); // an import is writing; its transactions are short
    }
    return done;
}

Result<> Session::useBestWeights()
{
    const auto best = m_runs.checkpoint(m_record.id, store::CheckpointKind::Best);
    if (!best) {
        return tl::unexpected(best.error());
    }
    return *best ? restore(**best, m_model, "The best checkpoint of " + label()) : Result<>{};
}

Result<store::RunRecord> Session::pause()
{
    m_record.state = store::RunState::Paused;
    m_record.message = "paused in epoch " + std::to_string(std::min(m_state.epoch + 1, m_config.epochs));
    PAPILIO_TRY(inTransaction([this] { return save(store::CheckpointKind::Last); }));
    report(true);
    return m_record;
}

Result<store::RunRecord> Session::finish()
{
    const bool byPerson = !ended();
    if (byPerson) {
        PAPILIO_TRY(inTransaction([this] { return save(store::CheckpointKind::Last); }));
    }
    // The state in memory stays that of the last checkpoint; only the model's weights become the best ones.
    const nn::TensorMap lastWeights = m_model.weights();
    PAPILIO_TRY(useBestWeights());
    std::vector<store::Metric> metrics;
    std::vector<store::PredictionSet> predictions;
    for (const store::Part part : {store::Part::Validation, store::Part::Test}) {
        auto result = evaluatePart(
            m_model, m_data, {part, m_state.stopping.bestEpoch, m_config.batchSize, 0, true, [this] {
                                  return m_control.wish() == TrainControl::Wish::Pause;
                              }});
        if (!result) {
            PAPILIO_TRY(m_model.setWeights(lastWeights));
            return tl::unexpected(result.error());
        }
        std::move(result->predictions.begin(), result->predictions.end(), std::back_inserter(predictions));
        if (part == store::Part::Test && !m_data.part(part).empty()) {
            metrics = std::move(result->metrics);
        }
    }
    store::RunRecord record = m_record;
    record.state = byPerson ? store::RunState::Stopped : store::RunState::Finished;
    record.seconds = secondsNow();
    record.message = endMessage(byPerson);
    Result<> written = inTransaction([&]() -> Result<> {
        PAPILIO_TRY(m_runs.addMetrics(record.id, metrics));
        PAPILIO_TRY(store::Predictions(m_project).put(record.id, predictions));
        return m_runs.updateProgress(record);
    });
    PAPILIO_TRY(std::move(written));
    m_record = record;
    report(true);
    return m_record;
}

std::string Session::endMessage(bool byPerson) const
{
    constexpr std::size_t mostNotes = 3;
    std::string text;
    if (byPerson) {
        text = "stopped by a person";
    } else if (m_state.epoch < m_config.epochs) {
        text = "stopped early: no better validation loss for " + std::to_string(m_state.stopping.waited) + " epochs";
    }
    const std::vector<std::string>& notes = m_data.notes();
    for (std::size_t i = 0; i < std::min(mostNotes, notes.size()); ++i) {
        text += (text.empty() ? "" : "; ") + notes[i];
    }
    return notes.size() > mostNotes ? text + "; and " + std::to_string(notes.size() - mostNotes) + " more tasks" : text;
}

Result<store::RunRecord> Session::failRun(Error error)
{
    m_record.state = store::RunState::Failed;
    m_record.message = error.message;
    m_record.seconds = secondsNow();
    // If even this cannot be written, the first error is the one to tell.
    (void)inTransaction([this] { return m_runs.updateProgress(m_record); });
    return tl::unexpected(std::move(error));
}

void Session::report(bool always)
{
    const Clock::time_point now = Clock::now();
    if (!always && now - m_lastReport < std::chrono::milliseconds(100)) {
        return;
    }
    m_lastReport = now;
    const auto perEpoch = static_cast<std::int64_t>(m_data.part(store::Part::Train).size());
    Progress progress;
    progress.stage = "epoch " + std::to_string(std::min(m_state.epoch + 1, m_config.epochs)) + " of " +
                     std::to_string(m_config.epochs);
    progress.unit = "molecules";
    progress.total = m_config.epochs * perEpoch;
    progress.done = m_state.epoch * perEpoch + std::min(m_state.batch * m_config.batchSize, perEpoch);
    const double seconds = std::chrono::duration<double>(now - m_started).count();
    if (m_seenHere > 0 && seconds > 0) {
        progress.rate = static_cast<double>(m_seenHere) / seconds;
        progress.secondsLeft = static_cast<double>(progress.total - progress.done) / progress.rate;
    }
    m_control.report(progress);
}

} // namespace papilio::learn
