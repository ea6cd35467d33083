// SPDX-License-Identifier: GPL-3.0-or-later

// The program papilio-yardstick: RDKit as it is installed, in a process of its own, without Papilio's allocator and
// without anything else of Papilio. 'papilio-engine bench' measures imports against it.

#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "chem/yardstick.h"

namespace
{

double processorSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           1e-6 * static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

} // namespace

/// papilio-yardstick parse|canonical THREADS FILE: a SMILES a line; prints wall seconds, processor seconds and the number
/// of molecules that could be read.
int main(int count, char** words)
{
    using Clock = std::chrono::steady_clock;
    const std::string task = count == 4 ? words[1] : "";
    const int threads = count == 4 ? std::atoi(words[2]) : 0;
    std::ifstream file(count == 4 ? words[3] : "");
    if ((task != "parse" && task != "canonical") || threads < 1 || !file) {
        std::fputs("Usage: papilio-yardstick parse|canonical THREADS FILE\n", stderr);
        return 2;
    }
    std::vector<std::string> smiles;
    for (std::string line; std::getline(file, line);) {
        smiles.push_back(line);
    }
    const double cpu = processorSeconds();
    const Clock::time_point start = Clock::now();
    const std::size_t good = task == "parse" ? papilio::chem::bareParse(smiles, threads)
                                             : papilio::chem::bareRoundTrip(smiles, threads);
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    std::printf("%.6f %.6f %zu\n", seconds, processorSeconds() - cpu, good);
    return 0;
}
