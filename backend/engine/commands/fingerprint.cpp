// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/commands/commands.h"

#include "engine/console.h"
#include "engine/csvwriter.h"
#include "engine/fingerprintfile.h"
#include "engine/json.h"
#include "engine/table.h"

namespace papilio::engine
{

namespace
{

class FingerprintCommand : public Command
{
public:
    void declare(Arguments& arguments) override
    {
        arguments.positional("MODEL", m_model, "Model file (*.safetensors), or the name of a model in the library");
        arguments.positional("FILE", m_request.input, "Table of molecules: CSV, TSV, SMI, SDF or Parquet; text plain, .gz, .bz2, .zst or .zip");
        arguments.value("--layer", "LAYER", m_request.layer,
                        "Layer: gnn:15, pool, output-graph, head-qm9:0 … ('model info' lists them)");
        arguments.choice("--pool", {"max", "mean", "sum", "none"}, m_pool,
                         "How atoms become one row; none: a row an atom (default: max)");
        arguments.value("-o,--output", "FILE", m_request.output, "File to write: .csv, .npy or .parquet");
        arguments.value("--smiles", "COLUMN", m_request.smilesColumn, "Column of the structures (guessed if left out)");
        arguments.value("--device", "NAME", m_device, "Where the network is computed: cpu, cuda or cuda:N (cpu)");
        declareJson(arguments);
        arguments.footer("Every input row has its line, in its order. NPY has no place for names: they go into\n"
                         "FILE.ids.csv beside it, a line a row; rejected rows are NaN there.");
    }

    Result<> run() override
    {
        if (m_request.output.empty())
            return fail(ErrorCode::Usage, "Say where to write the fingerprints with -o FILE.npy.");
        if (m_request.layer.empty())
            return fail(ErrorCode::Usage, "Say which layer with --layer, for example --layer gnn:3.",
                        "'papilio-engine model info MODEL' lists the layers of a model.");
        if (const auto pool = learn::poolFromName(m_pool))
            m_request.pool = *pool;
        PAPILIO_TRY(checkOutput(m_request.output, {m_model, m_request.input}));
        const auto model = loadModelFile(m_model, m_device);
        if (!model)
            return tl::unexpected<Error>(model.error());
        Result<FingerprintReport> report;
        {
            ConsoleControl control;
            report = fingerprintFile(**model, m_request, control);
        }
        if (!report)
            return tl::unexpected<Error>(report.error());
        if (m_json)
            printJson({{"rows", report->rows},
                       {"computed", report->computed},
                       {"rejected", report->rejected},
                       {"width", report->width},
                       {"seconds", report->seconds},
                       {"out", m_request.output}});
        else
            printError(groupedNumber(report->rows) + " rows, " + groupedNumber(report->computed) + " fingerprints of " +
                       groupedNumber(report->width) + " numbers, " + groupedNumber(report->rejected) +
                       " rejected, in " + durationText(report->seconds) + ": " + m_request.output);
        return {};
    }

private:
    std::string m_model, m_pool = "max", m_device = "cpu";
    FingerprintRequest m_request;
};

} // namespace

std::unique_ptr<Command> makeFingerprint()
{
    return std::make_unique<FingerprintCommand>();
}

} // namespace papilio::engine
