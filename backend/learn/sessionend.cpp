// SPDX-License-Identifier: GPL-3.0-or-later
// What a session keeps of a run, and how a run ends.
#include <algorithm>
#include <iterator>
#include <thread>

#include "learn/evaluate.h"
#include "learn/session.h"
#include "learn/together.h"

namespace papilio::learn
{

Result<> Session::inTransaction(const std::function<Result<>()>& write)
{
    constexpr int mostTries = 30;
    Result<> done;
    if (!keeps()) {
        return done;
    }
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

Result<> Session::saveBest(bool best, const BestList::Change& change)
{
    if (m_config.keepBest > 1 && m_watches.best) {
        if (best) {
            const auto before = m_runs.checkpoint(m_record.id, store::CheckpointKind::Best);
            if (!before) {
                return tl::unexpected(before.error());
            }
            if (*before) {
                PAPILIO_TRY(m_runs.keepCheckpoint(m_record.id, **before));
            }
        } else if (change.kept) {
            TrainState state = m_state;
            state.seconds = secondsNow();
            auto checkpoint = makeCheckpoint(store::CheckpointKind::Best, m_model, m_data, state);
            const auto own = std::find_if(state.bestEpochs.begin(), state.bestEpochs.end(),
                                          [&](const BestList::Entry& entry) { return entry.epoch == state.epoch; });
            checkpoint.score = own->score;
            PAPILIO_TRY(m_runs.keepCheckpoint(m_record.id, checkpoint));
        }
        if (change.dropped) {
            PAPILIO_TRY(m_runs.dropKept(m_record.id, *change.dropped));
        }
    }
    return best ? save(store::CheckpointKind::Best) : Result<>{};
}

Result<> Session::saveIfDue()
{
    if (Clock::now() - m_lastSave < std::chrono::seconds(m_config.checkpointSeconds)) {
        return {};
    }
    return inTransaction([this] { return save(store::CheckpointKind::Last); });
}

Result<std::optional<store::Checkpoint>> Session::readCheckpoint(store::CheckpointKind kind)
{
    Result<std::optional<store::Checkpoint>> checkpoint;
    if (keeps()) {
        checkpoint = m_runs.checkpoint(m_record.id, kind);
    }
    PAPILIO_TRY(agree(m_processes, checkpoint));
    PAPILIO_TRY(share(m_processes, *checkpoint));
    return checkpoint;
}

Result<> Session::shareState(TrainState& state)
{
    if (m_processes == nullptr) {
        return {};
    }
    std::string text = trainStateToJson(state);
    PAPILIO_TRY(m_processes->broadcast(text));
    auto shared = trainStateFromJson(text, m_data.heads().size());
    if (!shared) {
        return tl::unexpected(shared.error());
    }
    if (!keeps()) {
        state = std::move(*shared);
        m_record.epochs = state.epoch;
        m_record.bestEpoch = state.stopping.bestEpoch;
    }
    return {};
}

Result<> Session::useBestWeights()
{
    const auto best = readCheckpoint(store::CheckpointKind::Best);
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

Result<> Session::measureEnd(std::vector<store::Metric>& metrics, std::vector<store::PredictionSet>& predictions)
{
    const auto isNew = [this](const store::Metric& metric) {
        // Of the validation part, all but the metrics of single tasks that only the end records is there already.
        const auto& heads = m_data.heads();
        const auto head = std::find_if(heads.begin(), heads.end(),
                                       [&](const nn::HeadSpec& candidate) { return candidate.name == metric.head; });
        const MetricInfo* info = head == heads.end() ? nullptr : findMetric(head->kind, metric.name);
        return metric.scope == "task" && info != nullptr && !keepsTaskMetric(*head, *info);
    };
    for (const store::Part part : {store::Part::Validation, store::Part::Test, store::Part::TestSeen}) {
        if (part == store::Part::TestSeen && m_data.part(part).empty()) {
            continue;
        }
        const auto paused = [this] { return m_control.wish() == TrainControl::Wish::Pause; };
        auto result = evaluatePart(m_model, m_data,
                                   {part, m_state.stopping.bestEpoch, m_config.batchSize, 0, keeps(), paused, true,
                                    m_processes});
        if (!result) {
            return tl::unexpected(result.error());
        }
        std::move(result->predictions.begin(), result->predictions.end(), std::back_inserter(predictions));
        if (m_data.part(part).empty()) {
            continue;
        }
        std::copy_if(result->metrics.begin(), result->metrics.end(), std::back_inserter(metrics),
                     [&](const store::Metric& metric) { return part != store::Part::Validation || isNew(metric); });
    }
    return {};
}

Result<store::RunRecord> Session::finish()
{
    const bool byPerson = !ended();
    if (byPerson) {
        PAPILIO_TRY(inTransaction([this] { return save(store::CheckpointKind::Last); }));
    }
    // The state in memory stays that of the last checkpoint; only while the end is measured the model has the best
    // weights. Whatever fails later may save the last ones again.
    const nn::TensorMap lastWeights = m_model.weights();
    std::vector<store::Metric> metrics;
    std::vector<store::PredictionSet> predictions;
    Result<> measured = useBestWeights();
    if (measured) {
        measured = measureEnd(metrics, predictions);
    }
    PAPILIO_TRY(m_model.setWeights(lastWeights));
    PAPILIO_TRY(measured);
    store::RunRecord record = m_record;
    record.state = byPerson ? store::RunState::Stopped : store::RunState::Finished;
    record.seconds = secondsNow();
    record.message = endMessage(byPerson);
    if (m_processes != nullptr) {
        m_processes->setPhase(nn::Processes::Phase::Start); // the others wait while the first writes all predictions
    }
    Result<> written = inTransaction([&]() -> Result<> {
        PAPILIO_TRY(m_runs.addMetrics(record.id, metrics));
        PAPILIO_TRY(store::Predictions(m_project).put(record.id, predictions));
        return m_runs.updateProgress(record);
    });
    if (const Result<> agreed = agree(m_processes, written); !agreed && (!written || !keeps())) {
        return tl::unexpected(agreed.error()); // what is written is written, whoever is gone by now
    }
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
        text = "stopped early: no better " + (m_config.watch == TrainConfig().watch ? "validation loss" : m_config.watch) +
               " for " + std::to_string(m_state.stopping.waited) + " epochs";
    }
    const std::vector<std::string>& notes = m_data.notes();
    for (std::size_t i = 0; i < std::min(mostNotes, notes.size()); ++i) {
        text += (text.empty() ? "" : "; ") + notes[i];
    }
    return notes.size() > mostNotes ? text + "; and " + std::to_string(notes.size() - mostNotes) + " more tasks" : text;
}

Result<store::RunRecord> Session::failRun(Error error)
{
    const bool lost = m_processes != nullptr && m_processes->lost();
    m_record.state = lost ? store::RunState::CutOff : store::RunState::Failed;
    m_record.message = error.message;
    m_record.seconds = secondsNow();
    // If even this cannot be written, the first error is the one to tell. The weights are those of the last whole step.
    (void)inTransaction([&]() -> Result<> {
        return lost ? save(store::CheckpointKind::Last) : m_runs.updateProgress(m_record);
    });
    return tl::unexpected(std::move(error));
}

void Session::report(bool always)
{
    const Clock::time_point now = Clock::now();
    if (!always && now - m_lastReport < std::chrono::milliseconds(100)) {
        return;
    }
    m_lastReport = now;
    Progress progress;
    progress.stage = "epoch " + std::to_string(std::min(m_state.epoch + 1, m_config.epochs)) + " of " +
                     std::to_string(m_config.epochs);
    progress.unit = "molecules";
    progress.total = m_config.epochs * m_perEpoch;
    progress.done = m_state.epoch * m_perEpoch + std::min(m_state.batch * m_config.batchSize, m_perEpoch);
    const double seconds = std::chrono::duration<double>(now - m_started).count();
    if (m_seenHere > 0 && seconds > 0) {
        progress.rate = static_cast<double>(m_seenHere) / seconds;
        progress.secondsLeft = static_cast<double>(progress.total - progress.done) / progress.rate;
    }
    m_control.report(progress);
}

} // namespace papilio::learn
