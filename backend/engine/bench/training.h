// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/control.h"
#include "engine/bench/bench.h"
#include "engine/bench/timing.h"
#include "learn/batches.h"
#include "learn/config.h"
#include "learn/rundata.h"
#include "nn/model.h"
#include "store/project.h"

namespace papilio::engine
{

/// A network that is measured, and what it has to reach.
struct TrainedNetwork {
    const char* title;
    const char* preset;
    std::vector<std::string> assignments; ///< over the preset
    double goal = 0;                      ///< molecules/s at batch 200 on 2 threads
};
/// The published networks of ToyMix, and those of the peers' figures at the peers' sizes.
const std::vector<TrainedNetwork>& trainedNetworks();

/// ToyMix as a project: the one given, or its three tables imported into the folder.
Result<store::Project> toyMixProject(const BenchSetup& setup, const ScratchFolder& folder, Control& control);
/// The first rows of a table as a project.
Result<store::Project> projectOf(const std::vector<std::string>& tables, const std::string& path, int threads,
                                 Control& control);

/// A network with the data it learns from.
class TrainingJob
{
public:
    static Result<std::unique_ptr<TrainingJob>> make(store::Project& project, const TrainedNetwork& network,
                                                     Control& control);

    nn::ModelSpec spec() const { return {m_config.architecture, m_data.heads()}; }
    std::int64_t molecules() const { return static_cast<std::int64_t>(m_data.part(store::Part::Train).size()); }
    Result<nn::Batch> batch(std::int64_t size) const; ///< the first one of an epoch

    struct Rate {
        double perSecond = 0, perCpuSecond = 0; ///< molecules
    };
    /// Trains for about so long, batches laid out beside it as in any run. The first steps do not count.
    Result<Rate> train(int threads, std::int64_t batchSize, double seconds, Control& control) const;

private:
    TrainingJob(learn::TrainConfig config, learn::RunData data) : m_config(std::move(config)), m_data(std::move(data))
    {
    }

    learn::TrainConfig m_config;
    learn::RunData m_data;
};

} // namespace papilio::engine
