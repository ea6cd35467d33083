// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

#include "core/control.h"

namespace papilio::data
{

inline int threadCount(int wanted)
{
    return wanted > 0 ? wanted : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

/// Calls work(begin, end) for pieces of 0 … count − 1 on several threads, until told to stop. 'work' must not throw; what
/// a piece computes must not depend on other pieces, so that the number of threads changes nothing.
template <typename Work>
void inParallel(std::size_t count, std::size_t piece, int threads, const Control& control, Work work)
{
    std::atomic<std::size_t> next{0};
    const auto run = [&] {
        for (std::size_t begin = next.fetch_add(piece); begin < count && !control.stopRequested();
             begin = next.fetch_add(piece)) {
            work(begin, std::min(begin + piece, count));
        }
    };
    const std::size_t useful = std::min(static_cast<std::size_t>(threadCount(threads)), (count + piece - 1) / piece);
    std::vector<std::thread> crew;
    for (std::size_t i = 1; i < useful; ++i) {
        crew.emplace_back(run);
    }
    run();
    for (std::thread& thread : crew) {
        thread.join();
    }
}

} // namespace papilio::data
