// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/commands/commands.h"

#include "core/text.h"
#include "engine/console.h"
#include "engine/csvwriter.h"
#include "engine/json.h"
#include "engine/predictfile.h"
#include "engine/table.h"

namespace papilio::engine
{

namespace
{

std::vector<std::string> splitPatterns(const std::vector<std::string>& values)
{
    std::vector<std::string> patterns;
    for (const std::string& value : values)
        for (const std::string& pattern : split(value, ','))
            if (!trimmed(pattern).empty())
                patterns.emplace_back(trimmed(pattern));
    return patterns;
}

class PredictCommand : public Command
{
public:
    void declare(Arguments& arguments) override
    {
        arguments.positional("MODEL", m_model, "Model file (*.safetensors), or the name of a model in the library");
        arguments.positional("FILE", m_input, "Table of molecules: CSV, TSV, SMI, SDF or Parquet; text plain, .gz, .bz2, .zst or .zip");
        arguments.value("-o,--output", "FILE.csv", m_output, "CSV file to write");
        arguments.values("--tasks", "PATTERN,…", m_tasks,
                         "Only these tasks: 'head:task' or 'head', with * and ?; several by commas");
        arguments.value("--smiles", "COLUMN", m_smiles, "Column of the structures (guessed if left out)");
        arguments.value("--device", "NAME", m_device, "Where the network is computed: cpu, cuda or cuda:N (cpu)");
        declareJson(arguments);
        arguments.footer(
            "The result has one line for each input row, in its order: row, smiles, status, reason, and a\n"
            "column a task. Values of atoms and bonds are JSON lists in the row's own order.");
    }

    Result<> run() override
    {
        if (m_output.empty())
            return fail(ErrorCode::Usage, "Say where to write the predictions with -o FILE.csv.");
        PAPILIO_TRY(checkOutput(m_output, {m_model, m_input}));
        const auto model = loadModelFile(m_model, m_device);
        if (!model)
            return tl::unexpected<Error>(model.error());
        Result<PredictReport> report;
        {
            ConsoleControl control;
            report = predictFile(**model, {m_input, m_output, m_smiles, splitPatterns(m_tasks)}, control);
        }
        if (!report)
            return tl::unexpected<Error>(report.error());
        if (m_json)
            printJson({{"rows", report->rows},
                       {"predicted", report->predicted},
                       {"rejected", report->rejected},
                       {"seconds", report->seconds},
                       {"out", m_output}});
        else
            printError(groupedNumber(report->rows) + " rows, " + groupedNumber(report->predicted) + " predicted, " +
                       groupedNumber(report->rejected) + " rejected, in " + durationText(report->seconds) + ": " +
                       m_output);
        return {};
    }

private:
    std::string m_model, m_input, m_output, m_smiles, m_device = "cpu";
    std::vector<std::string> m_tasks;
};

} // namespace

std::unique_ptr<Command> makePredict()
{
    return std::make_unique<PredictCommand>();
}

} // namespace papilio::engine
