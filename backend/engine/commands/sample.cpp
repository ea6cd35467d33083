// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/commands/commands.h"

#include "data/sample.h"
#include "engine/console.h"
#include "engine/json.h"
#include "engine/overview.h"

namespace papilio::engine
{

namespace
{

class SampleCommand : public Command
{
public:
    void declare(Arguments& arguments) override
    {
        arguments.positional("PROJECT", m_project, "Project file to make (*.papilio)");
        declareJson(arguments);
        arguments.footer("Real molecules of RDKit's data files, with labels that RDKit computes. Needs no network.\n"
                         "A sample that was cut off is completed; a complete one is left as it is.");
    }

    Result<> run() override
    {
        {
            ConsoleControl control;
            PAPILIO_TRY(data::createSample(m_project, control));
        }
        auto project = store::Project::open(m_project, store::Access::ReadOnly);
        if (!project)
            return tl::unexpected<Error>(project.error());
        const auto overview = overviewOf(*project);
        if (!overview)
            return tl::unexpected<Error>(overview.error());
        if (m_json)
            printJson(overviewToJson(*overview));
        else
            printOut(overviewText(*overview));
        return {};
    }

private:
    std::string m_project;
};

} // namespace

std::unique_ptr<Command> makeSample()
{
    return std::make_unique<SampleCommand>();
}

} // namespace papilio::engine
