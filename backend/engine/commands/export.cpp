// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/commands/commands.h"

#include "engine/console.h"
#include "engine/exportrun.h"
#include "engine/json.h"
#include "engine/table.h"

namespace papilio::engine
{

namespace
{

class ExportCommand : public Command
{
public:
    void declare(Arguments& arguments) override
    {
        arguments.positional("PROJECT", m_project, "Project file (*.papilio)");
        arguments.positional("RUN", m_run, "Number of the run");
        arguments.value("-o,--output", "FILE", m_output, "Model file to write (*.safetensors)");
        arguments.value("--epoch", "N", m_epoch, "Another epoch that the run has kept (see keep_best); the best if left out");
        declareJson(arguments);
        arguments.footer("Writes the best checkpoint with all that is needed to use it.");
    }

    Result<> run() override
    {
        if (m_output.empty())
            return fail(ErrorCode::Usage, "Say where to write the model with -o FILE.safetensors.");
        auto project = store::Project::open(m_project, store::Access::ReadOnly);
        if (!project)
            return tl::unexpected<Error>(project.error());
        const auto bytes = exportRun(*project, m_run, m_output, m_epoch);
        if (!bytes)
            return tl::unexpected<Error>(bytes.error());
        if (m_json)
            printJson({{"path", m_output}, {"bytes", *bytes}});
        else
            printError("Run " + std::to_string(m_run) + " written to " + m_output + " (" + groupedNumber(*bytes) +
                       " bytes).");
        return {};
    }

private:
    std::string m_project, m_output;
    std::int64_t m_run = 0;
    std::optional<std::int64_t> m_epoch;
};

} // namespace

std::unique_ptr<Command> makeExport()
{
    return std::make_unique<ExportCommand>();
}

} // namespace papilio::engine
