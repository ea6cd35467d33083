// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/error.h"
#include "store/project.h"

namespace papilio::store
{

enum class Part : std::uint8_t {
    Train = 0,
    Validation = 1,
    Test = 2,
    TestSeen = 3, ///< test molecules whose labels of other datasets are trained on
    None = 255,
};
std::string_view partName(Part part); ///< "train", "val", "test", "test_seen"
std::optional<Part> partFromName(std::string_view name);

/// Which molecule is in which part: the same for all datasets, so that no molecule is on two sides, or each dataset has
/// its own.
struct Split {
    std::int64_t id = 0;
    std::string spec;            ///< "random:0.8/0.1/0.1"
    std::uint64_t seed = 0;
    std::string hash;            ///< SHA-256 over (molecule, part)
    std::vector<std::int64_t> molecules; ///< ascending
    std::vector<Part> parts;     ///< same length; of several datasets' parts the lowest (training before test)
    /// Where each dataset has its own: by dataset, one for each of 'molecules', None where it is not in it.
    std::map<std::int64_t, std::vector<Part>> datasets = {};

    /// The parts that a dataset goes by; all None if it has its own split and is not in it.
    std::vector<Part> partsOf(std::int64_t dataset) const;
};
std::string splitHash(const Split& split); ///< what 'hash' is to be

enum class RunState : std::uint8_t {
    Running = 0,
    Paused = 1,   ///< stopped by a person, to go on later
    Finished = 2, ///< all epochs, or early stopping
    Stopped = 3,  ///< ended by a person, best checkpoint kept
    Failed = 4,   ///< an error; see 'message'
    CutOff = 5,   ///< its engine is gone (crash, kill); can be resumed
};
std::string_view runStateName(RunState state); ///< "running", "paused", "finished", "stopped", "failed", "cut off"

/// A run is an immutable record: what stands above the line never changes after add().
struct RunRecord {
    std::int64_t id = 0;         ///< 1, 2, 3 … as people call it
    std::string name;            ///< "gine-toymix"
    std::string created;         ///< UTC, ISO 8601
    std::string config;          ///< resolved configuration, JSON, every default filled in
    std::string dataHash;        ///< SHA-256 over the molecules, labels and split it was trained on
    std::int64_t split = 0;
    std::uint64_t seed = 0;
    std::string versions;        ///< JSON: papilio, libtorch, rdkit, threads, device
    std::int64_t parameters = 0;
    // ---- what follows is its progress ----
    RunState state = RunState::Running;
    std::int64_t epochs = 0;     ///< finished epochs
    std::int64_t epochsPlanned = 0;
    std::int64_t bestEpoch = 0;  ///< 0 = none yet
    std::string message;         ///< why it ended
    std::int64_t process = 0;    ///< engine's process id while running
    double seconds = 0;          ///< training time so far
};

/// One number of one epoch. Undefined (one class only, constant target, no labels) is stored as NULL and read as NaN.
struct Metric {
    std::int64_t epoch = 0;      ///< 1 = after the first epoch
    Part part = Part::Validation;
    std::string scope;           ///< "task", "head" (over its tasks) or "all"
    std::int64_t task = 0;       ///< scope "task"
    std::string head;            ///< scopes "task" and "head"
    std::string name;            ///< "loss", or as learn/metricstable.h lists them: "mae", "auroc", "auroc_median" …
    double value = std::numeric_limits<double>::quiet_NaN();
    std::int64_t n = 0;          ///< labels it is computed from
};

enum class CheckpointKind : std::uint8_t { Last = 0, Best = 1 };

struct Checkpoint {
    CheckpointKind kind = CheckpointKind::Last;
    std::int64_t epoch = 0;      ///< finished epochs
    std::int64_t step = 0;       ///< steps done in all
    double score = std::numeric_limits<double>::quiet_NaN(); ///< validation loss
    std::string state;           ///< trainer state, JSON (position in the epoch, schedule, early stopping, sums)
    std::string tensors;         ///< safetensors bytes: weights, and for 'last' the optimiser's moments
};

class Runs
{
public:
    explicit Runs(Project& project);

    Result<std::vector<RunRecord>> all() const;
    Result<RunRecord> byId(std::int64_t id) const;   ///< NotFound names the existing ones
    Result<Split> split(std::int64_t id) const;
    Result<std::vector<Split>> splits() const;       ///< all, without molecules and parts
    Result<std::vector<Metric>> metrics(std::int64_t run, std::optional<std::int64_t> epoch = {}) const;
    Result<std::vector<Metric>> metricsSince(std::int64_t run, std::int64_t epoch) const; ///< epochs > epoch
    Result<std::optional<Checkpoint>> checkpoint(std::int64_t run, CheckpointKind kind) const;
    /// Further good epochs that a run keeps beside the best one; ascending, none in a project of an older schema.
    Result<std::vector<std::int64_t>> keptEpochs(std::int64_t run) const;
    Result<std::optional<Checkpoint>> keptCheckpoint(std::int64_t run, std::int64_t epoch) const;

    // --- writing ---
    Result<std::int64_t> add(const RunRecord& run);
    Result<> updateProgress(const RunRecord& run);   ///< writes only what stands below the line
    Result<std::int64_t> addSplit(const Split& split); ///< an equal split (same hash) is reused
    Result<> addMetrics(std::int64_t run, const std::vector<Metric>& metrics);
    Result<> putCheckpoint(std::int64_t run, const Checkpoint& checkpoint); ///< replaces that of its kind
    Result<> keepCheckpoint(std::int64_t run, const Checkpoint& checkpoint); ///< replaces that of its epoch
    Result<> dropKept(std::int64_t run, std::int64_t epoch);
    /// Marks runs as CutOff whose state is Running and whose process does not exist any more.
    Result<> markCutOffRuns();

private:
    Project& m_project;
};

/// Predictions of a run for molecules of the project (validation and test part, best checkpoint), in label units.
struct PredictionSet {
    std::int64_t molecule = 0;
    std::string head;
    std::vector<float> values;   ///< rows × columns of the head: one row (graph), one an atom or directed edge
};

class Predictions
{
public:
    explicit Predictions(Project& project);
    Result<> put(std::int64_t run, const std::vector<PredictionSet>& predictions);
    Result<std::vector<PredictionSet>> ofMolecule(std::int64_t run, std::int64_t molecule) const;
    Result<std::vector<PredictionSet>> ofHead(std::int64_t run, std::string_view head) const;

private:
    Project& m_project;
};

} // namespace papilio::store
