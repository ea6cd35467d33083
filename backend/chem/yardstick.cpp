// SPDX-License-Identifier: GPL-3.0-or-later
#include "chem/yardstick.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <thread>

#include <GraphMol/GraphMol.h>
#include <GraphMol/SmilesParse/SmilesParse.h>
#include <GraphMol/SmilesParse/SmilesWrite.h>

namespace papilio::chem
{

namespace
{

constexpr std::size_t share = 256; ///< molecules that a thread takes at once

template <typename Work>
std::size_t onThreads(const std::vector<std::string>& smiles, int threads, const Work& work)
{
    std::atomic<std::size_t> next{0}, good{0};
    const auto run = [&] {
        std::size_t mine = 0;
        for (std::size_t begin = next.fetch_add(share); begin < smiles.size(); begin = next.fetch_add(share)) {
            const std::size_t end = std::min(begin + share, smiles.size());
            for (std::size_t i = begin; i < end; ++i) {
                mine += work(smiles[i]) ? 1 : 0;
            }
        }
        good += mine;
    };
    std::vector<std::thread> helpers;
    for (int i = 1; i < threads; ++i) {
        helpers.emplace_back(run);
    }
    run();
    for (std::thread& helper : helpers) {
        helper.join();
    }
    return good;
}

std::unique_ptr<RDKit::RWMol> parsed(const std::string& smiles)
{
    try {
        return std::unique_ptr<RDKit::RWMol>(RDKit::SmilesToMol(smiles));
    } catch (const std::exception&) { // a molecule that RDKit refuses
        return nullptr;
    }
}

} // namespace

std::size_t bareParse(const std::vector<std::string>& smiles, int threads)
{
    return onThreads(smiles, threads, [](const std::string& text) { return parsed(text) != nullptr; });
}

std::size_t bareRoundTrip(const std::vector<std::string>& smiles, int threads)
{
    return onThreads(smiles, threads, [](const std::string& text) {
        const auto molecule = parsed(text);
        return molecule && !RDKit::MolToSmiles(*molecule).empty();
    });
}

} // namespace papilio::chem
