// SPDX-License-Identifier: GPL-3.0-or-later
// How many molecules a second a preset trains on: bench_nn [preset] [threads] [molecules a batch] [atoms a molecule]
// [plain]
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "nn/torchmodel.h"
#include "tests/nn/molecules.h"

using namespace papilio;
using namespace papilio::nn;

int main(int count, char** arguments)
{
    const auto argument = [&](int i, const char* otherwise) { return count > i ? arguments[i] : otherwise; };
    const ModelSpec spec = test::toymix(argument(1, "gine-toymix"));
    ModelOptions options;
    options.threads = std::atoi(argument(2, "2"));
    const int size = std::atoi(argument(3, "200"));
    const int atoms = std::atoi(argument(4, "9"));
    auto model = count > 5 ? createPlainTorchModel(spec, options) : createTorchModel(spec, options);
    if (!model) {
        std::fprintf(stderr, "%s\n", model.error().text().c_str());
        return 1;
    }
    std::vector<Batch> batches;
    for (std::uint64_t i = 0; i < 8; ++i) {
        batches.push_back(test::randomMolecules(size, atoms, i).batch());
        test::addLabels(batches.back(), spec, i);
    }
    StepSettings settings;
    settings.clipNorm = 5;
    for (int round = 0; round < 4; ++round) {
        constexpr int steps = 40;
        const auto start = std::chrono::steady_clock::now();
        const std::clock_t ticks = std::clock();
        for (int step = 0; step < steps; ++step) {
            settings.seed = static_cast<std::uint64_t>(round * steps + step);
            if (const auto result = (*model)->trainStep(batches[static_cast<std::size_t>(step % 8)], settings);
                !result) {
                std::fprintf(stderr, "%s\n", result.error().text().c_str());
                return 1;
            }
        }
        const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
        // On a machine that others use too, the processor time tells more than the clock.
        const double busy = static_cast<double>(std::clock() - ticks) / CLOCKS_PER_SEC;
        std::printf("%.0f molecules/s, %.2f ms a step, %.2f ms of processor time\n", steps * size / time.count(),
                    1000 * time.count() / steps, 1000 * busy / steps);
        std::fflush(stdout);
    }
    return 0;
}
