// SPDX-License-Identifier: GPL-3.0-or-later
// How many molecules a second go through each graph layer in a network of ToyMix' shape (4 layers, width 96, bonds 32),
// forward and in training: bench_layers [threads] [molecules a batch] [atoms a molecule] [only this layer]
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>

#include "nn/torchmodel.h"
#include "tests/nn/molecules.h"

using namespace papilio;
using namespace papilio::nn;

namespace
{

struct Candidate {
    const char* name;
    std::function<void(Architecture&)> change;
};

std::vector<Candidate> candidates()
{
    const auto type = [](LayerType kind) { return [kind](Architecture& a) { a.gnn.layer.type = kind; }; };
    const auto gps = [](LayerType local) {
        return [local](Architecture& a) {
            a.gnn.layer.type = LayerType::Gps;
            a.gnn.layer.gps.local = local;
        };
    };
    return {{"gcn", type(LayerType::Gcn)},
            {"gin", type(LayerType::Gin)},
            {"gine", type(LayerType::Gine)},
            {"gated-gcn", type(LayerType::GatedGcn)},
            {"pna", type(LayerType::Pna)},
            {"mpnn++", type(LayerType::MpnnPlus)},
            {"gps (gine)", gps(LayerType::Gine)},
            {"gps++ (mpnn++)", gps(LayerType::MpnnPlus)},
            {"gine, virtual node", [=](Architecture& a) {
                 a.gnn.layer.type = LayerType::Gine;
                 a.gnn.virtualNode = VirtualNode::Sum;
             }}};
}

/// Molecules a second by the clock, and by the processor time of all threads.
std::pair<double, double> measure(int steps, int size, const std::function<void(int)>& step)
{
    double best = 0;
    double bestBusy = 0;
    for (int round = 0; round < 5; ++round) {
        const auto start = std::chrono::steady_clock::now();
        const std::clock_t ticks = std::clock();
        for (int i = 0; i < steps; ++i) {
            step(round * steps + i);
        }
        const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
        const double busy = static_cast<double>(std::clock() - ticks) / CLOCKS_PER_SEC;
        best = std::max(best, steps * size / time.count());
        bestBusy = std::max(bestBusy, steps * size / busy);
    }
    return {best, bestBusy};
}

} // namespace

int main(int count, char** arguments)
{
    const auto argument = [&](int i, const char* otherwise) { return count > i ? arguments[i] : otherwise; };
    ModelOptions options;
    options.threads = std::atoi(argument(1, "1"));
    const int size = std::atoi(argument(2, "200"));
    const int atoms = std::atoi(argument(3, "18"));
    const std::string only = argument(4, "");
    std::printf("%d threads, %d molecules of about %d atoms; molecules/s by the clock (by processor time)\n",
                options.threads, size, atoms);
    for (const Candidate& candidate : candidates()) {
        if (!only.empty() && only != candidate.name) {
            continue;
        }
        ModelSpec spec = test::toymix("gine-toymix");
        candidate.change(spec.architecture);
        auto model = createTorchModel(spec, options);
        if (!model) {
            std::fprintf(stderr, "%s: %s\n", candidate.name, model.error().text().c_str());
            return 1;
        }
        std::vector<Batch> batches;
        for (std::uint64_t i = 0; i < 4; ++i) {
            batches.push_back(test::randomMolecules(size, atoms, i).batch());
            test::addLabels(batches.back(), spec, i);
        }
        const auto batch = [&](int i) -> const Batch& { return batches[static_cast<std::size_t>(i % 4)]; };
        const auto forward = measure(8, size, [&](int i) { (void)(*model)->evaluate(batch(i)); });
        const auto train = measure(
            8, size, [&](int i) { (void)(*model)->trainStep(batch(i), {.seed = static_cast<std::uint64_t>(i)}); });
        std::printf("%-20s forward %7.0f (%7.0f)   training %7.0f (%7.0f)   %lld parameters\n", candidate.name,
                    forward.first, forward.second, train.first, train.second,
                    static_cast<long long>((*model)->parameterCount()));
        std::fflush(stdout);
    }
    return 0;
}
