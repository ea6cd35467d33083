// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/epochorder.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "core/random.h"

namespace papilio::learn
{

namespace
{

/// Training molecules with labels of a dataset.
std::vector<std::uint32_t> labelledBy(const RunData& data, const std::string& dataset)
{
    std::vector<std::uint32_t> labelled;
    for (const std::uint32_t molecule : data.part(store::Part::Train)) {
        bool any = false;
        for (std::size_t h = 0; h < data.heads().size() && !any; ++h) {
            any = data.heads()[h].dataset == dataset && data.hasLabels(h, molecule) &&
                  data.partOf(h, molecule) == store::Part::Train;
        }
        if (any) {
            labelled.push_back(molecule);
        }
    }
    return labelled;
}

std::vector<std::uint32_t> drawn(const RunData& data, const TrainConfig& config, std::uint64_t epoch)
{
    std::set<std::string> datasets; // by name, so that the order of imports does not matter
    for (const nn::HeadSpec& head : data.heads()) {
        datasets.insert(head.dataset);
    }
    std::set<std::uint32_t> taken;
    std::uint64_t number = 0;
    for (const std::string& dataset : datasets) {
        const std::vector<std::uint32_t> labelled = labelledBy(data, dataset);
        const auto share = config.sampling.find(dataset);
        const double wanted = share == config.sampling.end() ? 1 : share->second;
        const auto count = std::max<std::size_t>(
            labelled.empty() ? 0 : 1,
            static_cast<std::size_t>(std::llround(wanted * static_cast<double>(labelled.size()))));
        const auto order =
            shuffledIndices(labelled.size(), mixSeed(mixSeed(config.seed, epoch, samplingSeed), ++number));
        for (std::size_t i = 0; i < count; ++i) {
            taken.insert(labelled[order[i]]);
        }
    }
    return {taken.begin(), taken.end()};
}

} // namespace

std::vector<std::uint32_t> epochOrder(const RunData& data, const TrainConfig& config, std::int64_t epoch)
{
    const auto number = static_cast<std::uint64_t>(epoch);
    const std::vector<std::uint32_t>& train = data.part(store::Part::Train);
    const std::vector<std::uint32_t> molecules = config.sampling.empty() ? train : drawn(data, config, number);
    const auto shuffled = shuffledIndices(molecules.size(), mixSeed(config.seed, number, orderSeed));
    std::vector<std::uint32_t> order(molecules.size());
    std::transform(shuffled.begin(), shuffled.end(), order.begin(), [&](std::uint32_t i) { return molecules[i]; });
    return order;
}

std::int64_t stepsOfEpoch(std::int64_t molecules, const TrainConfig& config)
{
    const std::int64_t batches = (molecules + config.batchSize - 1) / config.batchSize;
    return std::max<std::int64_t>(1, (batches + config.accumulation - 1) / config.accumulation);
}

} // namespace papilio::learn
