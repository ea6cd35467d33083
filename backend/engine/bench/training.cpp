// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/bench/training.h"

#include "data/import.h"
#include "engine/trainrequest.h"
#include "learn/epochorder.h"
#include "learn/heads.h"
#include "learn/split.h"
#include "nn/torchmodel.h"

namespace papilio::engine
{

namespace
{

constexpr int warmUpSteps = 3;

nn::StepSettings settingsOf(const learn::TrainConfig& config, std::uint64_t step)
{
    nn::StepSettings settings;
    settings.learningRate = config.learningRate;
    settings.clipNorm = config.clipNorm;
    settings.seed = step;
    return settings;
}

/// Walks through the epochs of a job, one batch after the other.
class Feed
{
public:
    Feed(const learn::RunData& data, const learn::TrainConfig& config) : m_data(data), m_config(config) { open(); }

    Result<nn::Batch> next()
    {
        auto batch = m_stream->next();
        if (batch && !*batch) {
            ++m_epoch;
            open();
            batch = m_stream->next();
        }
        if (!batch) {
            return tl::unexpected<Error>(batch.error());
        }
        if (!*batch) {
            return fail(ErrorCode::BadInput, "There is no molecule to train on.");
        }
        return std::move(**batch);
    }

private:
    void open()
    {
        m_stream.reset();
        m_stream = std::make_unique<learn::BatchStream>(m_data, learn::epochOrder(m_data, m_config, m_epoch),
                                                        store::Part::Train, m_config.batchSize);
    }

    const learn::RunData& m_data;
    const learn::TrainConfig& m_config;
    std::int64_t m_epoch = 0;
    std::unique_ptr<learn::BatchStream> m_stream;
};

} // namespace

const std::vector<TrainedNetwork>& trainedNetworks()
{
    // The goals are four times the published library's rates at equal numbers of parameters.
    const auto wide = [](const std::string& atoms) {
        return std::vector<std::string>{"architecture.gnn.hidden=96",           "architecture.gnn.out=96",
                                        "architecture.pre_node.out=" + atoms,   "architecture.pre_node.hidden=256",
                                        "architecture.outputs.graph.out=96",    "architecture.outputs.graph.hidden=96"};
    };
    static const std::vector<TrainedNetwork> list{
        {"GCN", "gcn-toymix", {}, 4 * 2169},
        {"GIN", "gin-toymix", {}, 4 * 2056},
        {"GINE", "gine-toymix", {}, 7200},
        {"GatedGCN", "gated-gcn-toymix", {}, 6560},
        {"MPNN++", "mpnn-toymix", {}, 4740},
        {"GatedGCN, wider", "gated-gcn-toymix", wide("64"), 6560},
        {"MPNN++, wider", "mpnn-toymix", wide("96"), 4740},
    };
    return list;
}

Result<store::Project> projectOf(const std::vector<std::string>& tables, const std::string& path, int threads,
                                 Control& control)
{
    auto project = store::Project::create(path);
    if (!project) {
        return project;
    }
    data::ImportOptions options;
    options.threads = threads;
    for (const std::string& table : tables) { // a dataset each
        const auto reports = data::importFiles(*project, {table}, options, control);
        if (!reports) {
            return tl::unexpected<Error>(reports.error());
        }
    }
    return project;
}

Result<store::Project> toyMixProject(const BenchSetup& setup, const ScratchFolder& folder, Control& control)
{
    if (!setup.project.empty()) {
        return store::Project::open(setup.project, store::Access::ReadWrite);
    }
    std::vector<std::string> tables;
    for (const char* name : {"qm9", "ZINC12k", "Tox21-7k-12-labels"}) {
        tables.push_back(setup.data + "/toymix/" + name + ".csv.gz");
        if (setup.rows > 0) {
            const std::string copy = folder.file(std::string(name) + ".csv");
            PAPILIO_TRY(copyFirstRows(tables.back(), setup.rows, copy));
            tables.back() = copy;
        }
    }
    return projectOf(tables, folder.file("toymix.papilio"), setup.threads, control);
}

Result<std::unique_ptr<TrainingJob>> TrainingJob::make(store::Project& project, const TrainedNetwork& network,
                                                       Control& control)
{
    TrainRequest request;
    request.preset = network.preset;
    request.assignments = network.assignments;
    auto config = resolve(request);
    if (!config) {
        return tl::unexpected<Error>(config.error());
    }
    auto selection = learn::selectTasks(project, *config);
    if (!selection) {
        return tl::unexpected<Error>(selection.error());
    }
    const auto labelled = learn::findLabelled(project, *selection, control);
    if (!labelled) {
        return tl::unexpected<Error>(labelled.error());
    }
    auto split = learn::makeSplit(config->split, config->seed, labelled->molecules);
    if (!split) {
        return tl::unexpected<Error>(split.error());
    }
    auto data = learn::RunData::load(project, std::move(*selection), std::move(*split), control);
    if (!data) {
        return tl::unexpected<Error>(data.error());
    }
    return std::unique_ptr<TrainingJob>(new TrainingJob(std::move(*config), std::move(*data)));
}

Result<nn::Batch> TrainingJob::batch(std::int64_t size) const
{
    learn::TrainConfig config = m_config;
    config.batchSize = size;
    return Feed(m_data, config).next();
}

Result<TrainingJob::Rate> TrainingJob::train(int threads, std::int64_t batchSize, double seconds,
                                             Control& control) const
{
    nn::ModelOptions options;
    options.threads = threads;
    const auto model = nn::createTorchModel(spec(), options);
    if (!model) {
        return tl::unexpected<Error>(model.error());
    }
    learn::TrainConfig config = m_config;
    config.batchSize = batchSize;
    Feed feed(m_data, config);
    std::optional<Stopwatch> watch;
    std::int64_t seen = 0;
    for (int step = 0; step < warmUpSteps || watch->seconds() < seconds; ++step) {
        if (control.stopRequested()) {
            return fail(ErrorCode::Stopped, "Stopped.");
        }
        const auto next = feed.next();
        if (!next) {
            return tl::unexpected<Error>(next.error());
        }
        const auto done = (*model)->trainStep(*next, settingsOf(config, static_cast<std::uint64_t>(step)));
        if (!done) {
            return tl::unexpected<Error>(done.error());
        }
        if (step + 1 == warmUpSteps) {
            watch.emplace();
            seen = 0;
        } else {
            seen += next->graphs;
        }
    }
    return Rate{static_cast<double>(seen) / watch->seconds(), static_cast<double>(seen) / watch->cpuSeconds()};
}

} // namespace papilio::engine
