// SPDX-License-Identifier: GPL-3.0-or-later
#include <csignal>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/bench/training.h"
#include "engine/table.h"
#include "nn/parameters.h"
#include "nn/products.h"

namespace papilio::engine
{

namespace
{

constexpr double shareGoal = 50;     ///< percent of the matrix products alone
constexpr double neighbourGoal = 100; ///< percent of one thread on an idle machine
constexpr double trainSeconds = 1.5, productSeconds = 0.5; ///< of one measurement
constexpr double quickSeconds = 0.1;                       ///< of either on a part of the tables
constexpr std::int64_t batchSizes[] = {200, 2048};
constexpr std::int64_t goalBatch = 200;
constexpr int goalThreads = 2;

/// The rates of a network at one batch size on so many threads.
struct Rates {
    std::vector<double> trained, bound, shares, cpuShares, cpuRates;
};

double lengthOf(double seconds, const BenchSetup& setup)
{
    return setup.rows > 0 ? quickSeconds : seconds;
}

Result<> measureOnce(const TrainingJob& job, std::span<const nn::MatrixProduct> products, int threads,
                     std::int64_t batchSize, Rates& rates, const BenchSetup& setup, Control& control)
{
    const auto alone = nn::timeProducts(products, {.threads = threads}, lengthOf(productSeconds, setup));
    if (!alone) {
        return tl::unexpected<Error>(alone.error());
    }
    const auto rate = job.train(threads, batchSize, lengthOf(trainSeconds, setup), control);
    if (!rate) {
        return tl::unexpected<Error>(rate.error());
    }
    const auto size = static_cast<double>(batchSize);
    rates.bound.push_back(size / alone->seconds);
    rates.trained.push_back(rate->perSecond);
    rates.cpuRates.push_back(rate->perCpuSecond);
    rates.shares.push_back(100 * rate->perSecond * alone->seconds / size);
    rates.cpuShares.push_back(100 * rate->perCpuSecond * alone->cpuSeconds / size);
    return {};
}

Figures figuresOf(const TrainedNetwork& network, const std::string& parameters, int threads, std::int64_t batchSize,
                  const Rates& rates)
{
    const std::string name = std::string(network.title) + ", batch " + std::to_string(batchSize) + ", " +
                             std::to_string(threads) + (threads == 1 ? " thread" : " threads");
    Figure trained = medianOf(name + ": training with loader", "molecules/s", rates.trained);
    if (batchSize == goalBatch && threads == goalThreads) {
        trained = withGoal(std::move(trained), Figure::Goal::AtLeast, network.goal);
    }
    const Figure cpu = medianOf("", "", rates.cpuRates);
    trained.note = parameters + " parameters; " + groupedNumber(static_cast<std::int64_t>(cpu.value)) +
                   " molecules a processor second";
    Figure share = withGoal(medianOf(name + ": against its matrix products", "%", rates.shares), Figure::Goal::AtLeast,
                            shareGoal);
    share.note = shortNumber(medianOf("", "", rates.cpuShares).value, 3) + " % by processor time";
    return {trained, medianOf(name + ": its matrix products alone", "molecules/s", rates.bound), share};
}

Result<Figures> measure(const TrainingJob& job, const TrainedNetwork& network, const BenchSetup& setup, Control& control)
{
    std::vector<int> threads = {1};
    if (setup.threadCount() > 1) {
        threads.push_back(setup.threadCount());
    }
    Figures figures;
    const std::string parameters = groupedNumber(nn::parameterCount(job.spec()));
    for (const std::int64_t batchSize : batchSizes) {
        const auto batch = job.batch(batchSize);
        if (!batch) {
            return tl::unexpected<Error>(batch.error());
        }
        if (batch->graphs < batchSize) {
            continue; // too few molecules for such a batch
        }
        const auto products = nn::productsOfStep(job.spec(), *batch);
        if (!products) {
            return tl::unexpected<Error>(products.error());
        }
        for (const int count : threads) {
            Rates rates;
            for (int i = 0; i < setup.repetitions; ++i) {
                control.report({std::string("training ") + network.title, i, setup.repetitions, "runs", 0, -1});
                PAPILIO_TRY(measureOnce(job, *products, count, batchSize, rates, setup, control));
            }
            const Figures more = figuresOf(network, parameters, count, batchSize, rates);
            figures.insert(figures.end(), more.begin(), more.end());
        }
    }
    return figures;
}

/// A process that does nothing but keep the first core busy, while the object lives.
class BusyNeighbour
{
public:
    BusyNeighbour() : m_child(fork())
    {
        if (m_child == 0) {
            cpu_set_t first;
            CPU_ZERO(&first);
            CPU_SET(0, &first);
            sched_setaffinity(0, sizeof first, &first);
            const pid_t parent = getppid();
            while (getppid() == parent) { // and ends with this one
            }
            _exit(0);
        }
    }
    ~BusyNeighbour()
    {
        if (m_child > 0) {
            kill(m_child, SIGKILL);
            waitpid(m_child, nullptr, 0);
        }
    }
    BusyNeighbour(const BusyNeighbour&) = delete;
    BusyNeighbour& operator=(const BusyNeighbour&) = delete;

    bool running() const { return m_child > 0; }

private:
    pid_t m_child;
};

struct ToyMix {
    std::optional<ScratchFolder> folder; ///< outlives the project in it
    std::optional<store::Project> project;

    Result<> make(const BenchSetup& setup, Control& control)
    {
        auto scratch = ScratchFolder::make(setup.scratch);
        if (!scratch) {
            return tl::unexpected<Error>(scratch.error());
        }
        folder.emplace(std::move(*scratch));
        auto made = toyMixProject(setup, *folder, control);
        if (!made) {
            return tl::unexpected<Error>(made.error());
        }
        project.emplace(std::move(*made));
        return {};
    }
};

} // namespace

Result<Figures> benchTraining(const BenchSetup& setup, Control& control)
{
    ToyMix toyMix;
    PAPILIO_TRY(toyMix.make(setup, control));
    Figures figures;
    for (const TrainedNetwork& network : trainedNetworks()) {
        const auto job = TrainingJob::make(*toyMix.project, network, control);
        if (!job) {
            return tl::unexpected<Error>(job.error());
        }
        const auto measured = measure(**job, network, setup, control);
        if (!measured) {
            return measured;
        }
        figures.insert(figures.end(), measured->begin(), measured->end());
    }
    return figures;
}

Result<Figures> benchNeighbour(const BenchSetup& setup, Control& control)
{
    ToyMix toyMix;
    PAPILIO_TRY(toyMix.make(setup, control));
    const auto job = TrainingJob::make(*toyMix.project, {"GINE", "gine-toymix", {}}, control);
    if (!job) {
        return tl::unexpected<Error>(job.error());
    }
    const int threads = setup.threadCount();
    std::vector<double> one, many, beside, shares;
    const auto add = [&](int count, std::vector<double>& to) -> Result<> {
        const auto rate = (*job)->train(count, goalBatch, lengthOf(trainSeconds, setup), control);
        if (!rate) {
            return tl::unexpected<Error>(rate.error());
        }
        to.push_back(rate->perSecond);
        return {};
    };
    for (int i = 0; i < setup.repetitions; ++i) {
        control.report({"training beside a busy process", i, setup.repetitions, "runs", 0, -1});
        PAPILIO_TRY(add(1, one));
        PAPILIO_TRY(add(threads, many));
        const BusyNeighbour neighbour;
        if (!neighbour.running()) {
            return fail(ErrorCode::Io, "A second process cannot be started.");
        }
        PAPILIO_TRY(add(threads, beside));
        shares.push_back(100 * beside.back() / one.back());
    }
    const std::string on = std::to_string(threads) + " threads";
    return Figures{medianOf("GINE on 1 thread", "molecules/s", one), medianOf("GINE on " + on, "molecules/s", many),
                   medianOf("GINE on " + on + ", one core busy", "molecules/s", beside),
                   withGoal(medianOf("GINE on " + on + ", one core busy, against 1 thread", "%", shares),
                            Figure::Goal::AtLeast, neighbourGoal)};
}

} // namespace papilio::engine
