// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/commands/commands.h"

#include "data/sample.h"
#include "engine/console.h"
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
        return printOverview(m_project, m_json);
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
