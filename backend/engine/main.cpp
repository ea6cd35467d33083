// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <vector>

#include <dlfcn.h>
#include <unistd.h>

#include "engine/chemistry.h"
#include "engine/command.h"
#include "engine/console.h"
#include "engine/json.h"
#include "engine/nearest.h"
#include "nn/torchmodel.h"

using namespace papilio;
using namespace papilio::engine;

namespace
{

std::string overallHelp(const std::vector<CommandEntry>& commands)
{
    std::string text = "Papilio engine " PAPILIO_VERSION ": trains and uses multi-task models of molecules.\n\n"
                       "Usage: papilio-engine COMMAND [OPTIONS]\n\nCommands:\n";
    for (const CommandEntry& entry : commands)
        if (entry.make != nullptr)
            text += "  " + entry.name + std::string(10 - std::min<std::size_t>(9, entry.name.size()), ' ') +
                    entry.summary + "\n";
    return text + "\npapilio-engine COMMAND --help tells the options of a command; --version tells the versions.\n"
                  "Exit codes: 0 done, 2 wrong usage, 3 input that cannot be used, 4 stopped.\n";
}

int complain(const Error& error, bool asJson)
{
    if (!error.message.empty()) // of several processes that stop, one says so
        printError("papilio-engine: " + errorText(error));
    if (asJson)
        printJson({{"error", errorToJson(error)}});
    return exitCode(error.code);
}

/// The thread libraries read their settings when they load, which is when LibTorch does. Where something else has brought
/// one along already, the program starts once more.
void setThreadEnvironment(const std::vector<std::string>& words)
{
    static const char marker[] = "PAPILIO_ENGINE_RESTARTED";
    if (nn::prepareThreadEnvironment() && ::dlopen("libgomp.so.1", RTLD_LAZY | RTLD_NOLOAD) != nullptr &&
        std::getenv(marker) == nullptr) {
        setenv(marker, "1", 1);
        std::vector<char*> arguments = {const_cast<char*>("papilio-engine")};
        for (const std::string& word : words)
            arguments.push_back(const_cast<char*>(word.c_str()));
        arguments.push_back(nullptr);
        execv("/proc/self/exe", arguments.data()); // if that fails, the program is merely slower
    }
    unsetenv(marker);
}

int runCommand(const CommandEntry& entry, const std::vector<std::string>& words)
{
    const bool jsonAsked = std::find(words.begin(), words.end(), "--json") != words.end();
    if (entry.make == nullptr)
        return complain({ErrorCode::Unsupported, "The command '" + entry.name + "' is not built in.",
                         "This engine was built without the chemistry library."},
                        jsonAsked);
    const std::unique_ptr<Command> command = entry.make();
    Arguments arguments(entry.name, entry.summary);
    command->declare(arguments);
    const Result<bool> parsed = arguments.parse(words);
    if (!parsed)
        return complain(parsed.error(), jsonAsked);
    if (*parsed) {
        printOut(arguments.helpText());
        return 0;
    }
    const Result<> result = command->run();
    if (!result)
        return complain(result.error(), command->wantsJson());
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
        return complain({ErrorCode::Io, "Standard output cannot be written.", "Is the disk full?"}, false);
    return 0;
}

int dispatch(const std::vector<std::string>& words)
{
    const std::vector<CommandEntry> commands = allCommands();
    if (words.empty()) {
        std::fputs(overallHelp(commands).c_str(), stderr);
        return 2;
    }
    if (words[0] == "--help" || words[0] == "-h" || words[0] == "help") {
        printOut(overallHelp(commands));
        return 0;
    }
    setThreadEnvironment(words);
    if (words[0] == "--version") {
        const std::string rdkit = chemistryVersion();
        printOut("papilio-engine " PAPILIO_VERSION "\nLibTorch " + nn::torchVersion() + "\nRDKit " +
                 (rdkit.empty() ? "not built in" : rdkit) + "\n");
        return 0;
    }
    std::vector<std::string> names;
    for (const CommandEntry& entry : commands) {
        if (entry.name == words[0])
            return runCommand(entry, {words.begin() + 1, words.end()});
        names.push_back(entry.name);
    }
    const char* what = words[0].starts_with("-") ? "option" : "command";
    return complain({ErrorCode::Usage, std::string("There is no ") + what + " '" + words[0] + "'.",
                     didYouMean(words[0], names, "See papilio-engine --help.")},
                    false);
}

} // namespace

int main(int argc, char** argv)
{
    try {
        initialiseChemistry();
        return dispatch({argv + 1, argv + argc});
    } catch (const std::exception& error) {
        return complain({ErrorCode::Internal, std::string("Unexpected fault: ") + error.what() + ".", {}}, false);
    }
}
