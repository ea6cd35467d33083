// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/commands/commands.h"

#include "engine/console.h"
#include "engine/csvwriter.h"
#include "engine/json.h"
#include "store/datasets.h"

namespace papilio::engine
{

namespace
{

const std::vector<std::string> header = {"row", "status", "reason", "structure"};

std::vector<std::string> cellsOf(const store::RowRecord& row)
{
    return {std::to_string(row.row), std::string(store::rowStatusName(row.status)), row.reason, row.text};
}

/// For a terminal: tab-separated, control characters shown as spaces.
std::string plainLine(const std::vector<std::string>& cells)
{
    std::string line;
    for (const std::string& cell : cells) {
        std::string text = cell;
        for (char& c : text)
            if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
                c = ' ';
        line += (line.empty() ? "" : "\t") + text;
    }
    return line + "\n";
}

class RowsCommand : public Command
{
public:
    void declare(Arguments& arguments) override
    {
        arguments.positional("PROJECT", m_project, "Project file (*.papilio)");
        arguments.value("--dataset", "NAME", m_dataset, "Dataset; may be left out if there is only one");
        arguments.choice("--status", {"used", "merged", "repaired", "rejected"}, m_status, "Only rows of this status");
        arguments.value("-o,--output", "FILE.csv", m_output, "Write a CSV file");
        declareJson(arguments);
        arguments.footer("Row 0 is the first row below the header.");
    }

    Result<> run() override
    {
        auto project = store::Project::open(m_project, store::Access::ReadOnly);
        if (!project)
            return tl::unexpected<Error>(project.error());
        const store::Datasets datasets(*project);
        const auto dataset = chosen(datasets);
        if (!dataset)
            return tl::unexpected<Error>(dataset.error());
        const auto status = store::rowStatusFromName(m_status);
        if (!m_output.empty())
            return writeFile(datasets, *dataset, status);
        return m_json ? writeJson(datasets, *dataset, status) : writePlain(datasets, *dataset, status);
    }

private:
    Result<store::DatasetRecord> chosen(const store::Datasets& datasets) const
    {
        if (!m_dataset.empty())
            return datasets.byName(m_dataset);
        auto all = datasets.all();
        if (!all)
            return tl::unexpected<Error>(all.error());
        if (all->size() == 1)
            return all->front();
        std::string names;
        for (const auto& dataset : *all)
            names += (names.empty() ? "" : ", ") + dataset.name;
        return fail(ErrorCode::Usage,
                    all->empty() ? "The project has no datasets." : "Say which dataset with --dataset.",
                    all->empty() ? "" : "There are " + names + ".");
    }

    Result<> writeFile(const store::Datasets& datasets, const store::DatasetRecord& dataset,
                       std::optional<store::RowStatus> status) const
    {
        auto file = OutputFile::create(m_output);
        if (!file)
            return tl::unexpected<Error>(file.error());
        file->write(csvLine(header));
        std::int64_t count = 0;
        PAPILIO_TRY(datasets.rows(dataset.id, status, [&](const store::RowRecord& row) {
            file->write(csvLine(cellsOf(row)));
            ++count;
            return true;
        }));
        PAPILIO_TRY(file->finish());
        if (m_json)
            printJson({{"dataset", dataset.name}, {"rows", count}, {"output", m_output}});
        else
            printError(std::to_string(count) + " rows of " + dataset.name + " written to " + m_output);
        return {};
    }

    /// One document, but never all rows in memory.
    static Result<> writeJson(const store::Datasets& datasets, const store::DatasetRecord& dataset,
                              std::optional<store::RowStatus> status)
    {
        printOut("{\"dataset\":" + toLine(dataset.name) + ",\"rows\":[");
        bool first = true;
        const auto result = datasets.rows(dataset.id, status, [&first](const store::RowRecord& row) {
            printOut((first ? "\n" : ",\n") + toLine(rowToJson(row)));
            first = false;
            return true;
        });
        printOut("]}\n");
        return result;
    }

    static Result<> writePlain(const store::Datasets& datasets, const store::DatasetRecord& dataset,
                               std::optional<store::RowStatus> status)
    {
        printOut(plainLine(header));
        return datasets.rows(dataset.id, status, [](const store::RowRecord& row) {
            printOut(plainLine(cellsOf(row)));
            return true;
        });
    }

    std::string m_project, m_dataset, m_status, m_output;
};

} // namespace

std::unique_ptr<Command> makeRows()
{
    return std::make_unique<RowsCommand>();
}

} // namespace papilio::engine
