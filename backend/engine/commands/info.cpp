// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/commands/commands.h"

#include "engine/overview.h"

namespace papilio::engine
{

namespace
{

class InfoCommand : public Command
{
public:
    void declare(Arguments& arguments) override
    {
        arguments.positional("PROJECT", m_project, "Project file (*.papilio)");
        declareJson(arguments);
        arguments.footer("duplicate rows = rows that parsed − unique molecules;\n"
                         "missing % = empty label cells / (rows × tasks).\n"
                         "Numbers of tasks are over the rows as they were read; stats counts molecules.");
    }

    Result<> run() override
    {
        return printOverview(m_project, m_json);
    }

private:
    std::string m_project;
};

} // namespace

std::unique_ptr<Command> makeInfo()
{
    return std::make_unique<InfoCommand>();
}

} // namespace papilio::engine
