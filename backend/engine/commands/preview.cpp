// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/commands/commands.h"

#include "core/text.h"
#include "data/inputfiles.h"
#include "data/preview.h"
#include "engine/console.h"
#include "engine/importrequest.h"
#include "engine/json.h"
#include "engine/jsonchem.h"
#include "engine/readingoptions.h"
#include "engine/table.h"

namespace papilio::engine
{

namespace
{

class PreviewCommand : public Command
{
public:
    void declare(Arguments& arguments) override
    {
        arguments.positionals("FILE", m_files, "Tables, patterns or folders: CSV, TSV, SMI, SDF or Parquet");
        arguments.value("--smiles", "COLUMN", m_smiles, "Column of the structures (guessed if left out)");
        arguments.value("--labels", "PATTERNS", m_labels, "Label columns, e.g. 'NR-*,SR-*' (guessed if left out)");
        arguments.choice("--level", {"graph", "node", "edge", "nodepair"}, m_level, "What the labels belong to (guessed)");
        arguments.choice("--kind", {"auto", "regression", "binary", "multiclass"}, m_kind, "What the labels are (auto)");
        m_reading.declare(arguments);
        arguments.value("--rows", "N", m_rows, "Rows to look at (1000)");
        declareJson(arguments);
        arguments.footer("Shows what an import would make of a table; nothing is stored.");
    }

    Result<> run() override
    {
        auto choice = columnChoice(m_smiles, m_labels, m_level, m_kind);
        if (!choice)
            return tl::unexpected<Error>(choice.error());
        PAPILIO_TRY(m_reading.addTo(*choice));
        const std::int64_t rows = m_rows.value_or(1000);
        if (rows < 1 || rows > 1'000'000)
            return fail(ErrorCode::Usage, "--rows must be from 1 to 1,000,000.");
        auto groups = data::inputGroups(m_files);
        if (!groups)
            return tl::unexpected<Error>(groups.error());
        nlohmann::json all = nlohmann::json::array();
        for (const data::InputGroup& group : *groups) {
            auto preview = data::previewFiles(group.files, *choice, static_cast<int>(rows));
            if (!preview)
                return tl::unexpected<Error>(preview.error());
            if (const std::string note = data::leftOutNote(group); !note.empty())
                preview->notes.push_back(note);
            if (m_json)
                all.push_back(previewToJson(*preview));
            else
                tell(group, *preview);
        }
        if (m_json)
            printJson({{"previews", all}});
        return {};
    }

private:
    static std::string factsOf(const data::Preview& preview)
    {
        std::string text = preview.format;
        if (!preview.facts.packing.empty())
            text += ", " + preview.facts.packing;
        if (!preview.facts.encoding.empty())
            text += ", " + preview.facts.encoding + (preview.byteOrderMark ? " with byte order mark" : "");
        if (!preview.facts.delimiter.empty())
            text += ", delimiter " + data::delimiterName(preview.facts.delimiter);
        if (!preview.facts.encoding.empty())
            text += ", line ends " + preview.lineEnds + (preview.hadHeader ? "" : ", no header");
        return text;
    }

    static void tell(const data::InputGroup& group, const data::Preview& preview)
    {
        printOut(group.name + ": " + factsOf(preview) +
                 (group.files.size() > 1 ? ", " + groupedNumber(static_cast<std::int64_t>(group.files.size())) + " files" : "") +
                 "\n");
        printOut((preview.wholeFile ? "all " : "the first ") + groupedNumber(preview.rowsLooked) + " rows: " +
                 groupedNumber(preview.used) + " used, " + groupedNumber(preview.merged) + " merged, " +
                 groupedNumber(preview.repaired) + " repaired, " + groupedNumber(preview.rejected) + " rejected" +
                 (preview.leftOut > 0 ? " (" + groupedNumber(preview.leftOut) + " of them left out as asked)" : "") + "\n");
        Table table;
        for (const char* title : {"column", "taken as", "kind", "level", "unit"})
            table.column(title, Table::Align::Left);
        table.column("filled");
        table.column("why", Table::Align::Left);
        for (const data::ColumnGuess& column : preview.columns) {
            const bool label = column.role == data::ColumnRole::Label;
            table.row({elided(column.name, 40), std::string(data::columnRoleName(column.role)),
                       label ? std::string(kindName(column.kind)) : "", label ? std::string(levelName(column.level)) : "",
                       column.unit, groupedNumber(column.present),
                       elided(column.why + (column.rule.empty() || column.rule == column.why ? "" : "; " + column.rule), 160)});
        }
        printOut(table.text());
        for (const std::string& note : preview.notes)
            printOut(note + "\n");
        for (const std::string& advice : preview.advice)
            printOut(advice + "\n");
    }

    std::vector<std::string> m_files;
    std::string m_smiles, m_labels, m_level, m_kind = "auto";
    ReadingOptions m_reading;
    std::optional<std::int64_t> m_rows;
};

} // namespace

std::unique_ptr<Command> makePreview()
{
    return std::make_unique<PreviewCommand>();
}

} // namespace papilio::engine
