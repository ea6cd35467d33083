// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/commands/commands.h"

#include <algorithm>
#include <iterator>

#include "engine/chemistry.h"

namespace papilio::engine
{

std::vector<CommandEntry> allCommands()
{
    std::vector<CommandEntry> commands = {
        {"info", "What a project holds: datasets, tasks, counts, coverage, row status", makeInfo},
        {"rows", "The input rows of a dataset, with status and reason", makeRows},
        {"train", "Train a new run", makeTrain},
        {"resume", "Go on with a run that was paused or cut off", makeResume},
        {"devices", "CPU and GPUs that networks can be computed on, and how fast they train", makeDevices},
        {"config", "Check, convert, list and describe the configuration of a training", makeConfig},
        {"remote", "Hosts, and runs on them through ssh", makeRemote},
        {"runs", "The runs of a project", makeRuns},
        {"metrics", "Metrics of a run, per task", makeMetrics},
        {"export", "Write the best model of a run to a file", makeExport},
        {"serve", "Answer JSON-RPC requests on standard input (for the window)", makeServe},
    };
    std::vector<CommandEntry> chemistry = chemistryCommands();
    commands.insert(commands.end(), chemistry.begin(), chemistry.end());
    const char* const order[] = {"sample", "import",  "data", "info",   "rows", "search", "stats", "curate", "config", "split", "train",   "resume", "remote",
                                 "runs",   "metrics", "export", "model", "predict", "explain", "fingerprint", "devices", "parity", "bench", "serve"};
    const auto place = [&order](const CommandEntry& entry) {
        return std::distance(std::begin(order), std::find(std::begin(order), std::end(order), entry.name));
    };
    std::stable_sort(commands.begin(), commands.end(),
                     [&place](const CommandEntry& a, const CommandEntry& b) { return place(a) < place(b); });
    return commands;
}

} // namespace papilio::engine
