// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/error.h"
#include "learn/rundata.h"
#include "learn/trainer.h"
#include "nn/processes.h"
#include "store/runs.h"

/// What the processes of one training tell each other. A null pointer stands for a process that is alone.
namespace papilio::learn
{

/// Whether this process keeps the run: alone, or the first of several.
inline bool keepsRun(const nn::Processes* processes)
{
    return processes == nullptr || processes->first();
}

/// Goes on only if all processes can. An error of another one is told with its rank.
Result<> agree(nn::Processes* processes, Result<> own);
template <typename T> Result<> agree(nn::Processes* processes, const Result<T>& own)
{
    return agree(processes, own ? Result<>{} : Result<>(tl::unexpected(own.error())));
}

/// All have what the first one has.
Result<> share(nn::Processes* processes, nlohmann::json& document);
Result<> share(nn::Processes* processes, store::Split& split);
Result<> share(nn::Processes* processes, std::optional<store::Checkpoint>& checkpoint);
/// Number, configuration and progress; not the split.
Result<> share(nn::Processes* processes, store::RunRecord& record);

/// An error names the ranks if not all run this version of Papilio.
Result<> checkSameVersion(nn::Processes* processes, const std::string& version);

/// What a process has of its host.
struct HostShare {
    int cores = 1;      ///< those it is bound to, divided by the processes that are bound to the same
    int sameDevice = 1; ///< processes that would use the same GPU, this one too
    bool oneKind = true; ///< all processes, of other hosts too, compute on GPUs, or all on CPUs
};
/// To be asked with a device that has a number: 'cuda' may be any GPU.
Result<HostShare> shareOfHost(nn::Processes& processes, const std::string& device);

/// The training data of each. Those of a host that have the same project file open hold it once: the first of them reads
/// it, and the others use its memory. One that cannot reads the project itself, and the first of all notes it.
Result<RunData> loadTogether(store::Project& project, Selection selection, store::Split split, TrainControl& control,
                             nn::Processes* processes);

/// What must be the same in all processes before the first step.
struct StartFacts {
    std::string config;   ///< as RunRecord::config; threads and device may differ
    std::string dataHash;
};
/// An error names what differs, and from which rank.
Result<> checkSameStart(nn::Processes* processes, const StartFacts& facts);

/// What an evaluation found, as bytes for another process.
std::string toBytes(const nn::Evaluation& evaluation);
Result<nn::Evaluation> evaluationFromBytes(const std::string& bytes);

/// A process' share of the molecules of a batch: a run of them, by rank one after the other.
struct BatchShare {
    std::span<const std::uint32_t> molecules;
    std::vector<std::int64_t> pieceEnds; ///< nn::Batch::pieceEnds
};
/// Whole pieces of so many atoms, cut as one process would, so that the sums of a step are the same; 0: as many
/// molecules each. With fewer pieces than processes, some have none.
BatchShare shareOf(std::span<const std::uint32_t> molecules, const RunData& data, const nn::Processes& processes,
                   std::int64_t pieceSize);
/// What a person should know of such shares: that some processes have nothing to do in a step. Else empty.
std::string noteOnShares(std::span<const std::uint32_t> batch, const RunData& data, const nn::Processes& processes,
                         std::int64_t pieceSize);

/// Asks all processes for their wishes; all get the same answer. To be asked by all of them, in the same order.
class SharedControl : public TrainControl
{
public:
    SharedControl(TrainControl& own, nn::Processes& processes) : m_own(own), m_processes(processes) {}

    void report(const Progress& progress) override { m_own.report(progress); }
    bool stopRequested() const override { return wish() != Wish::GoOn; }
    /// With a lost process: to go on, so that the next step tells.
    Wish wish() const override;
    void runStarted(const store::RunRecord& run) override { m_own.runStarted(run); }
    void epochFinished(const store::RunRecord& run, double trainLoss, double validationLoss) override
    {
        m_own.epochFinished(run, trainLoss, validationLoss);
    }
    void note(const std::string& text) override { m_own.note(text); }

private:
    TrainControl& m_own;
    nn::Processes& m_processes;
};

} // namespace papilio::learn
