// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/commands/commands.h"

#include <filesystem>

#include "data/import.h"
#include "engine/console.h"
#include "engine/curation.h"
#include "engine/importrequest.h"
#include "engine/json.h"
#include "engine/jsonchem.h"
#include "engine/readingoptions.h"
#include "engine/table.h"
#include "store/datasets.h"

namespace papilio::engine
{

namespace
{

class ImportCommand : public Command
{
public:
    void declare(Arguments& arguments) override
    {
        arguments.positional("PROJECT", m_project, "Project file (*.papilio); made if it does not exist");
        arguments.positionals("FILE", m_files, "Tables, patterns or folders: CSV, TSV, SMI, SDF or Parquet; text plain, .gz, .bz2, .zst or .zip");
        arguments.value("--dataset", "NAME", m_dataset,
                        "Name of the dataset (the file's name if left out); several files become one dataset");
        arguments.value("--smiles", "COLUMN", m_smiles, "Column of the structures (guessed if left out)");
        arguments.value("--labels", "PATTERNS", m_labels, "Label columns, e.g. 'NR-*,SR-*' (guessed if left out)");
        arguments.choice("--level", {"graph", "node", "edge", "nodepair"}, m_level, "What the labels belong to (guessed)");
        arguments.choice("--kind", {"auto", "regression", "binary", "multiclass"}, m_kind,
                         "What the labels are (auto)");
        m_reading.declare(arguments);
        arguments.values("--bin", "PATTERN:T,…", m_bins, "Cut numbers of columns into ordered classes, e.g. 'geneID-*:-2,2'");
        arguments.values("--rebin", "PATTERN:C,…", m_rebins,
                         "Make the classes 0, 1, 2 … of columns these, e.g. 'geneID-*:0,0,1,2,2'");
        m_recipe.declareFileOnly(arguments);
        arguments.flag("--replace", m_replace, "Replace an existing dataset of that name");
        arguments.value("--threads", "N", m_threads, "Threads for the chemistry; 0 = all cores");
        declareJson(arguments);
        arguments.footer("An import that was cut off is completed by the same command.");
    }

    Result<> run() override
    {
        auto choice = columnChoice(m_smiles, m_labels, m_level, m_kind);
        if (!choice)
            return tl::unexpected<Error>(choice.error());
        PAPILIO_TRY(m_reading.addTo(*choice));
        PAPILIO_TRY(addTransforms(*choice, m_bins, m_rebins));
        if (m_threads.value_or(0) < 0 || m_threads.value_or(0) > 1024)
            return fail(ErrorCode::Usage, "--threads must be from 0 to 1024.");
        data::ImportOptions options;
        options.dataset = m_dataset;
        options.columns = std::move(*choice);
        options.replace = m_replace;
        const auto recipe = m_recipe.recipe();
        if (!recipe)
            return tl::unexpected<Error>(recipe.error());
        options.recipe = recipe->value_or(Recipe());
        options.threads = static_cast<int>(m_threads.value_or(0));
        std::error_code ignored;
        const bool isNew = !std::filesystem::exists(m_project, ignored);
        bool empty = false;
        const auto reports = imported(options, empty);
        if (!reports) {
            if (isNew && empty) // a mistyped file must not leave a project behind
                std::filesystem::remove(m_project, ignored);
            return tl::unexpected<Error>(reports.error());
        }
        if (m_json)
            printJson({{"project", m_project}, {"reports", reportsToJson(*reports)}});
        else
            tell(*reports);
        return {};
    }

private:
    /// The project is closed again when this returns; 'empty' tells whether it holds no dataset.
    Result<std::vector<data::ImportReport>> imported(const data::ImportOptions& options, bool& empty) const
    {
        auto project = store::Project::openOrCreate(m_project);
        if (!project)
            return tl::unexpected<Error>(project.error());
        ConsoleControl control;
        auto reports = data::importFiles(*project, m_files, options, control);
        const auto datasets = store::Datasets(*project).all();
        empty = datasets && datasets->empty(); // what grows does so beside another one
        return reports;
    }

    static void tell(const std::vector<data::ImportReport>& reports)
    {
        Table table;
        table.column("dataset", Table::Align::Left);
        for (const char* title : {"rows", "used", "merged", "repaired", "rejected", "molecules", "new", "rows/s"})
            table.column(title);
        for (const auto& report : reports)
            table.row({report.dataset, groupedNumber(report.rows), groupedNumber(report.used),
                       groupedNumber(report.merged), groupedNumber(report.repaired), groupedNumber(report.rejected),
                       groupedNumber(report.molecules), groupedNumber(report.newMolecules),
                       report.seconds > 0
                           ? groupedNumber(static_cast<std::int64_t>(static_cast<double>(report.rows) / report.seconds))
                           : ""});
        printOut(table.text());
        for (const auto& report : reports)
            for (const std::string& note : report.notes)
                printOut(report.dataset + ": " + note + "\n");
    }

    std::string m_project, m_dataset, m_smiles, m_labels, m_level, m_kind = "auto";
    ReadingOptions m_reading;
    std::vector<std::string> m_files, m_bins, m_rebins;
    RecipeArguments m_recipe;
    std::optional<std::int64_t> m_threads;
    bool m_replace = false;
};

} // namespace

std::unique_ptr<Command> makeImport()
{
    return std::make_unique<ImportCommand>();
}

} // namespace papilio::engine
