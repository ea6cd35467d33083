// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/trainstate.h"

#include <cmath>

#include <nlohmann/json.hpp>

#include "learn/modelcodec.h"

namespace papilio::learn
{

namespace
{

using nlohmann::json;

/// JSON has no infinity; "no loss yet" is null.
json finiteOrNull(double value) { return std::isfinite(value) ? json(value) : json(nullptr); }

double orInfinity(const json& value)
{
    return value.is_null() ? std::numeric_limits<double>::infinity() : value.get<double>();
}

/// What checkpoints of the first version do not have.
void readLater(const json& value, TrainState& state)
{
    for (const json& entry : value.value("best_epochs", json::array())) {
        state.bestEpochs.push_back({entry.at("score").get<double>(), entry.at("epoch").get<std::int64_t>()});
    }
    if (const auto plateau = value.find("plateau"); plateau != value.end()) {
        state.plateau.rate = plateau->at("rate").get<double>();
        state.plateau.best = orInfinity(plateau->at("best"));
        state.plateau.bad = plateau->at("bad").get<std::int64_t>();
        state.plateau.cooldown = plateau->at("cooldown").get<std::int64_t>();
    }
}

} // namespace

std::string trainStateToJson(const TrainState& state)
{
    json bestEpochs = json::array();
    for (const BestList::Entry& entry : state.bestEpochs) {
        bestEpochs.push_back({{"epoch", entry.epoch}, {"score", entry.score}});
    }
    const PlateauState& plateau = state.plateau;
    return json{{"epoch", state.epoch},
                {"batch", state.batch},
                {"step", state.step},
                {"loss_sums", state.losses.sums},
                {"loss_labels", state.losses.labels},
                {"best", finiteOrNull(state.stopping.best)},
                {"best_epoch", state.stopping.bestEpoch},
                {"reference", finiteOrNull(state.stopping.reference)},
                {"waited", state.stopping.waited},
                {"best_epochs", std::move(bestEpochs)},
                {"plateau",
                 {{"rate", plateau.rate},
                  {"best", finiteOrNull(plateau.best)},
                  {"bad", plateau.bad},
                  {"cooldown", plateau.cooldown}}},
                {"seconds", state.seconds}}
        .dump();
}

Result<TrainState> trainStateFromJson(const std::string& text, std::size_t heads)
{
    try {
        const json value = json::parse(text);
        TrainState state;
        state.epoch = value.at("epoch").get<std::int64_t>();
        state.batch = value.at("batch").get<std::int64_t>();
        state.step = value.at("step").get<std::int64_t>();
        state.losses.sums = value.at("loss_sums").get<std::vector<double>>();
        state.losses.labels = value.at("loss_labels").get<std::vector<std::int64_t>>();
        state.stopping.best = orInfinity(value.at("best"));
        state.stopping.bestEpoch = value.at("best_epoch").get<std::int64_t>();
        state.stopping.reference = orInfinity(value.at("reference"));
        state.stopping.waited = value.at("waited").get<std::int64_t>();
        state.seconds = value.at("seconds").get<double>();
        readLater(value, state);
        if (state.losses.sums.size() == heads && state.losses.labels.size() == heads && state.epoch >= 0 &&
            state.batch >= 0 && state.step >= 0) {
            return state;
        }
    } catch (const json::exception&) {
        // told below
    }
    return fail(ErrorCode::Damaged, "The trainer's state in the checkpoint is damaged.", "Start a new run.");
}

store::Checkpoint makeCheckpoint(store::CheckpointKind kind, const nn::Model& model, const RunData& data,
                                 const TrainState& state)
{
    SavedModel saved;
    saved.spec = model.spec();
    saved.normalisation = data.normalisation();
    saved.summary = {{"epoch", state.epoch}, {"step", state.step}, {"data_hash", data.hash()}};
    saved.weights = kind == store::CheckpointKind::Best ? model.averagedWeights() : nn::TensorMap();
    if (saved.weights.empty()) {
        saved.weights = model.weights();
    }
    if (kind == store::CheckpointKind::Last) {
        saved.weights.merge(model.optimiserState());
    }
    store::Checkpoint checkpoint;
    checkpoint.kind = kind;
    checkpoint.epoch = state.epoch;
    checkpoint.step = state.step;
    checkpoint.score = std::isfinite(state.stopping.best) ? state.stopping.best : checkpoint.score;
    checkpoint.state = trainStateToJson(state);
    checkpoint.tensors = nn::toSafetensors(toTensorFile(saved));
    return checkpoint;
}

Result<> restore(const store::Checkpoint& checkpoint, nn::Model& model, const std::string& where)
{
    auto file = nn::parseSafetensors(checkpoint.tensors, where);
    if (!file) {
        return tl::unexpected(file.error());
    }
    const nn::TensorMap optimiser = takeOptimiserState(file->tensors);
    PAPILIO_TRY(model.setWeights(file->tensors));
    if (!optimiser.empty()) {
        PAPILIO_TRY(model.setOptimiserState(optimiser));
    }
    return {};
}

} // namespace papilio::learn
