// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/devicespeed.h"

#include <chrono>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "learn/batches.h"
#include "learn/epochorder.h"
#include "learn/heads.h"
#include "learn/rundata.h"
#include "learn/session.h"
#include "learn/split.h"
#include "nn/products.h"
#include "nn/torchmodel.h"

namespace papilio::engine
{

namespace
{

using Clock = std::chrono::steady_clock;

constexpr int warmUpSteps = 5; ///< in which memory is taken and ways to multiply are chosen
constexpr double productSeconds = 1;

double since(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

Result<learn::RunData> loadData(store::Project& project, learn::TrainConfig& config, Control& control)
{
    auto selection = learn::selectTasks(project, config);
    if (!selection) {
        return tl::unexpected<Error>(selection.error());
    }
    const auto labelled = learn::findLabelled(project, *selection, control);
    if (!labelled) {
        return tl::unexpected<Error>(labelled.error());
    }
    auto split = learn::makeSplit(learn::TrainConfig().split, config.seed, labelled->molecules); // any will do
    if (!split) {
        return tl::unexpected<Error>(split.error());
    }
    return learn::RunData::load(project, std::move(*selection), std::move(*split), control);
}

/// Walks through the epochs, one batch after the other.
class Feed
{
public:
    Feed(const learn::RunData& data, const learn::TrainConfig& config, const nn::Model& model)
        : m_data(data), m_config(config), m_model(model)
    {
        open();
    }

    Result<nn::Batch> next()
    {
        const Clock::time_point start = Clock::now();
        auto batch = m_stream->next();
        if (batch && !*batch) {
            ++m_epoch;
            open();
            batch = m_stream->next();
        }
        m_waited += since(start);
        if (!batch) {
            return tl::unexpected<Error>(batch.error());
        }
        if (!*batch) {
            return fail(ErrorCode::BadInput, "There is no molecule to train on.");
        }
        return std::move(**batch);
    }

    double waited() const { return m_waited; } ///< seconds
    void forget() { m_waited = 0; }

private:
    void open()
    {
        m_stream.reset();
        m_stream = std::make_unique<learn::BatchStream>(m_data, learn::epochOrder(m_data, m_config, m_epoch),
                                                        store::Part::Train, m_config.batchSize, 0, nullptr, 0, &m_model);
    }

    const learn::RunData& m_data;
    const learn::TrainConfig& m_config;
    const nn::Model& m_model;
    std::int64_t m_epoch = 0;
    double m_waited = 0;
    std::unique_ptr<learn::BatchStream> m_stream;
};

Result<> measureSteps(nn::Model& model, Feed& feed, const learn::TrainConfig& config, double seconds, Control& control,
                      DeviceSpeed& speed)
{
    std::int64_t seen = 0;
    int steps = 0;
    Clock::time_point start = Clock::now();
    for (int step = 0; step <= warmUpSteps || since(start) < seconds; ++step) {
        if (control.stopRequested()) {
            return fail(ErrorCode::Stopped, "Stopped.");
        }
        if (step == warmUpSteps) {
            feed.forget();
            start = Clock::now();
            seen = steps = 0;
        }
        std::vector<nn::Batch> batches;
        for (std::int64_t i = 0; i < config.accumulation; ++i) {
            auto batch = feed.next();
            if (!batch) {
                return tl::unexpected<Error>(batch.error());
            }
            seen += batch->graphs;
            batches.push_back(std::move(*batch));
        }
        const auto settings = learn::stepSettings(config, config.learningRate, static_cast<std::uint64_t>(step));
        const auto done = model.trainStep(batches, settings); // ends with numbers that come from the device
        if (!done) {
            return tl::unexpected<Error>(done.error());
        }
        ++steps;
    }
    const double passed = since(start);
    speed.perSecond = static_cast<double>(seen) / passed;
    speed.stepMilliseconds = 1000 * passed / steps;
    speed.waited = feed.waited() / passed;
    return {};
}

/// Trains with a network that is gone afterwards, and all that it had on its device. Returns a batch.
Result<nn::Batch> measureTraining(const learn::RunData& data, const nn::ModelSpec& spec, const nn::ModelOptions& options,
                                  const learn::TrainConfig& config, double seconds, Control& control, DeviceSpeed& speed)
{
    const auto model = nn::createTorchModel(spec, options);
    if (!model) {
        return tl::unexpected<Error>(model.error());
    }
    speed.device = (*model)->deviceName();
    speed.parameters = (*model)->parameterCount();
    Feed feed(data, config, **model);
    auto first = feed.next();
    if (!first) {
        return first;
    }
    speed.batch = first->graphs;
    speed.atoms = first->nodes;
    PAPILIO_TRY(measureSteps(**model, feed, config, seconds, control, speed));
    first->staged.reset();
    return first;
}

Result<> measureProducts(const nn::ModelSpec& spec, const nn::Batch& batch, nn::ModelOptions options,
                         std::int64_t accumulation, DeviceSpeed& speed)
{
    if (options.device == "cpu") {
        options.precision = nn::Precision::Float32; // LibTorch's products of halves there are no bound of anything
    }
    const auto products = nn::productsOfStep(spec, batch, options);
    if (!products) {
        return tl::unexpected<Error>(products.error());
    }
    double operations = 0;
    for (const nn::MatrixProduct& product : *products) {
        operations += product.operations();
    }
    const auto alone = nn::timeProducts(*products, options, productSeconds);
    if (!alone) {
        return tl::unexpected<Error>(alone.error());
    }
    speed.productMilliseconds = 1000 * alone->seconds * static_cast<double>(accumulation);
    speed.productTeraflops = operations / alone->seconds / 1e12;
    return {};
}

} // namespace

Result<DeviceSpeed> measureSpeed(store::Project& project, learn::TrainConfig config, double seconds, Control& control)
{
    const auto data = loadData(project, config, control);
    if (!data) {
        return tl::unexpected<Error>(data.error());
    }
    const nn::ModelSpec spec{config.architecture, data->heads()};
    nn::ModelOptions options;
    options.seed = config.seed;
    options.device = config.device;
    options.threads = config.threads;
    options.precision = config.precision;
    DeviceSpeed speed;
    const auto batch = measureTraining(*data, spec, options, config, seconds, control, speed);
    if (!batch) {
        return tl::unexpected<Error>(batch.error());
    }
    PAPILIO_TRY(measureProducts(spec, *batch, options, config.accumulation, speed));
    return speed;
}

} // namespace papilio::engine
