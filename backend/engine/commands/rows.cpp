// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/commands/commands.h"

#include "engine/console.h"
#include "engine/datasetchoice.h"
#include "engine/json.h"
#include "engine/rowsfile.h"
#include "store/datasets.h"
#include "store/source.h"

namespace papilio::engine
{

namespace
{

class RowsCommand : public Command
{
public:
    void declare(Arguments& arguments) override
    {
        arguments.positional("PROJECT", m_project, "Project file (*.papilio)");
        arguments.value("--dataset", "NAME", m_dataset, "Dataset; may be left out if there is only one");
        arguments.choice("--status", {"used", "merged", "repaired", "rejected"}, m_status, "Only rows of this status");
        arguments.value("--reason", "TEXT", m_reason, "Only rows with this text in their reason");
        arguments.value("-o,--output", "FILE.csv", m_output, "Write a CSV file");
        arguments.flag("--source", m_source, "With -o: all cells as they were read, too");
        arguments.value("--row", "N", m_row, "Show one row with all its cells as they were read");
        declareJson(arguments);
        arguments.footer("Row 0 is the first row below the header.");
    }

    Result<> run() override
    {
        if (m_row && (!m_output.empty() || !m_status.empty() || !m_reason.empty()))
            return fail(ErrorCode::Usage, "--row shows one row, whatever its status; --output, --status and --reason are for lists.");
        if (m_source && m_output.empty())
            return fail(ErrorCode::Usage, "--source says what a file gets.", "Name it with -o FILE.csv.");
        auto project = store::Project::open(m_project, store::Access::ReadOnly);
        if (!project)
            return tl::unexpected<Error>(project.error());
        const auto dataset = chosenDataset(*project, m_dataset);
        if (!dataset)
            return tl::unexpected<Error>(dataset.error());
        if (m_row)
            return showRow(*project, *dataset);
        const store::RowFilter filter{store::rowStatusFromName(m_status), m_reason};
        if (!m_output.empty())
            return writeFile(*project, *dataset, filter);
        return m_json ? writeJson(*project, *dataset, filter) : writePlain(*project, *dataset, filter);
    }

private:
    Result<> writeFile(store::Project& project, const store::DatasetRecord& dataset,
                       const store::RowFilter& filter) const
    {
        const auto count = writeRows(project, dataset, filter, m_output, m_source);
        if (!count)
            return tl::unexpected<Error>(count.error());
        if (m_json)
            printJson({{"dataset", dataset.name}, {"rows", *count}, {"output", m_output}});
        else
            printError(std::to_string(*count) + " rows of " + dataset.name + " written to " + m_output);
        return {};
    }

    /// One row with all its cells.
    Result<> showRow(store::Project& project, const store::DatasetRecord& dataset) const
    {
        const store::SourceRows source(project);
        const auto columns = source.columns(dataset.id);
        if (!columns)
            return tl::unexpected<Error>(columns.error());
        const auto record = source.record(dataset.id, *m_row);
        if (!record)
            return tl::unexpected<Error>(record.error());
        const auto page = store::Datasets(project).rowPage(dataset.id, std::nullopt, std::max<std::int64_t>(*m_row, 0), 1);
        if (!page)
            return tl::unexpected<Error>(page.error());
        if (!*record || page->empty() || page->front().row != *m_row)
            return fail(ErrorCode::NotFound, "The dataset '" + dataset.name + "' has no row " + std::to_string(*m_row) + ".",
                        "It has rows 0 to " + std::to_string(dataset.rows - 1) + ".");
        json cells = json::array();
        std::string lines;
        for (std::size_t i = 0; i < columns->size(); ++i) {
            const std::string cell = i < (*record)->cells.size() ? (*record)->cells[i] : std::string();
            cells.push_back({{"column", (*columns)[i]}, {"cell", cell}});
            lines += cellLine({(*columns)[i], cell});
        }
        json document = rowToJson(page->front());
        document["dataset"] = dataset.name;
        document["cells"] = std::move(cells);
        if (!(*record)->problem.empty())
            document["problem"] = (*record)->problem;
        if (m_json)
            printOut(toLine(document) + "\n");
        else
            printOut(cellLine(rowsHeader()) + cellLine(rowCells(page->front())) + "\n" + lines);
        return {};
    }

    /// One document, but never all rows in memory.
    static Result<> writeJson(store::Project& project, const store::DatasetRecord& dataset,
                              const store::RowFilter& filter)
    {
        printOut("{\"dataset\":" + toLine(dataset.name) + ",\"rows\":[");
        bool first = true;
        const auto result = store::FilteredRows(project).each(dataset.id, filter, [&first](const store::RowRecord& row) {
            printOut((first ? "\n" : ",\n") + toLine(rowToJson(row)));
            first = false;
            return true;
        });
        printOut("]}\n");
        return result;
    }

    static Result<> writePlain(store::Project& project, const store::DatasetRecord& dataset,
                               const store::RowFilter& filter)
    {
        printOut(cellLine(rowsHeader()));
        return store::FilteredRows(project).each(dataset.id, filter, [](const store::RowRecord& row) {
            printOut(cellLine(rowCells(row)));
            return true;
        });
    }

    std::string m_project, m_dataset, m_status, m_reason, m_output;
    std::optional<std::int64_t> m_row;
    bool m_source = false;
};

} // namespace

std::unique_ptr<Command> makeRows()
{
    return std::make_unique<RowsCommand>();
}

} // namespace papilio::engine
