// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/commands/commands.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "engine/console.h"
#include "engine/devicespeed.h"
#include "engine/json.h"
#include "engine/table.h"
#include "engine/trainarguments.h"
#include "nn/torchmodel.h"

namespace papilio::engine
{

namespace
{

class DevicesCommand : public Command
{
public:
    void declare(Arguments& arguments) override
    {
        arguments.value("--project", "PROJECT.papilio", m_project,
                        "Train on this project for a while, keep nothing, and tell how fast that was");
        arguments.value("--seconds", "N", m_seconds, "With --project: for about so long (10)");
        m_training.declare(arguments);
        declareJson(arguments);
        arguments.footer(std::string("Without --project: the devices that this build sees on this machine.\n"
                                     "Nothing is kept of a training here: --split and --epochs are refused.\n"
                                     "Example: devices --project P.papilio --preset gine-largemix-10m --device cuda "
                                     "--set batch_size=2048 --set precision=bf16\n") +
                         TrainArguments::keysHelp());
    }

    Result<> run() override
    {
        if (m_project.empty())
            return list();
        if (m_training.tellsSplitOrEpochs())
            return fail(ErrorCode::Usage, "--split and --epochs mean nothing here: the network trains for a while, nothing is kept.",
                        "Leave them out; --seconds tells for how long.");
        const auto request = m_training.request();
        if (!request)
            return tl::unexpected<Error>(request.error());
        auto config = resolve(*request);
        if (!config)
            return tl::unexpected<Error>(config.error());
        if (m_seconds.value_or(10) < 1 || m_seconds.value_or(10) > 3600)
            return fail(ErrorCode::Usage, "--seconds is a number from 1 to 3600.");
        auto project = store::Project::open(m_project, store::Access::ReadOnly);
        if (!project)
            return tl::unexpected<Error>(project.error());
        Result<DeviceSpeed> speed;
        {
            ConsoleControl control;
            speed = measureSpeed(*project, std::move(*config), static_cast<double>(m_seconds.value_or(10)), control);
        }
        if (!speed)
            return tl::unexpected<Error>(speed.error());
        tell(*speed);
        return {};
    }

private:
    Result<> list()
    {
        if (m_training.given() || m_seconds)
            return fail(ErrorCode::Usage, "How to train is of use only with --project.");
        const std::vector<std::string> devices = nn::availableDevices();
        if (m_json) {
            printJson({{"torch", nn::torchVersion()}, {"devices", devices}});
            return {};
        }
        for (const std::string& device : devices)
            printOut(device + "\n");
        if (devices.size() == 1)
            printOut("\nThis build has LibTorch " + nn::torchVersion() + ". " + nn::whyNoGpu() + "\n");
        return {};
    }

    void tell(const DeviceSpeed& speed) const
    {
        const double share = 100 * speed.productMilliseconds / speed.stepMilliseconds;
        if (m_json) {
            printJson({{"device", speed.device},
                       {"parameters", speed.parameters},
                       {"batch", speed.batch},
                       {"atoms", speed.atoms},
                       {"moleculesPerSecond", speed.perSecond},
                       {"stepMilliseconds", speed.stepMilliseconds},
                       {"productMilliseconds", speed.productMilliseconds},
                       {"productTeraflops", speed.productTeraflops},
                       {"productShare", share},
                       {"waitedShare", 100 * speed.waited}});
            return;
        }
        Table table;
        table.column("on " + speed.device, Table::Align::Left);
        table.column("");
        table.column("", Table::Align::Left);
        const auto row = [&table](const char* what, const std::string& value, const char* unit) {
            table.row({what, value, unit});
        };
        row("parameters", groupedNumber(speed.parameters), "");
        row("batch", groupedNumber(speed.batch), "molecules");
        row("training with loader", groupedNumber(static_cast<std::int64_t>(speed.perSecond + 0.5)), "molecules/s");
        row("a step", shortNumber(speed.stepMilliseconds, 4), "ms");
        row("its matrix products alone", shortNumber(speed.productMilliseconds, 4), "ms");
        row("which are", fixedNumber(share, 1), "% of the step");
        row("and run at", shortNumber(speed.productTeraflops, 4), "TFLOP/s");
        row("waiting for batches", fixedNumber(100 * speed.waited, 1), "% of the time");
        printOut(table.text());
    }

    std::string m_project;
    std::optional<std::int64_t> m_seconds;
    TrainArguments m_training;
};

} // namespace

std::unique_ptr<Command> makeDevices()
{
    return std::make_unique<DevicesCommand>();
}

} // namespace papilio::engine
