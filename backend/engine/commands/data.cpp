// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/commands/commands.h"

#include <filesystem>

#include "core/text.h"
#include "data/partfile.h"
#include "engine/console.h"
#include "engine/datasets.h"
#include "engine/json.h"
#include "engine/table.h"

namespace papilio::engine
{

namespace
{

std::string countText(std::int64_t number)
{
    return number > 0 ? groupedNumber(number) : std::string();
}

class DataCommand : public Command
{
public:
    void declare(Arguments& arguments) override
    {
        arguments.positional("ACTION", m_action, "list, info or get");
        arguments.optionalPositionals("NAME", m_names, "info and get: a data set, as 'list' shows them (toymix, esol …)");
        arguments.value("--from", "FOLDER", m_request.from, "Take the files from this folder; nothing is downloaded");
        arguments.value("--to", "FOLDER", m_request.to,
                        "get: keep downloads and split files made of tables in this folder (papilio/datasets of the user's data folder, or $PAPILIO_DATASETS)");
        arguments.value("--project", "FILE", m_request.project, "get: import into this project; made if it does not exist");
        arguments.flag("--replace", m_request.replace, "get: replace datasets of the same name");
        arguments.flag("--no-split", m_noSplit, "get: do not store the published split");
        arguments.value("--threads", "N", m_threads, "get: threads for the chemistry; 0 = all cores");
        declareJson(arguments);
        arguments.footer("Nothing is fetched unless 'get' is called without --from. A download that was cut off goes on where\n"
                         "it ended; an import that was cut off is completed by the same command.");
    }

    Result<> run() override
    {
        if (m_action == "list")
            return m_names.empty() ? list() : usage("data list takes nothing more.");
        if (m_action != "info" && m_action != "get")
            return usage("There is no action '" + elided(m_action, 40) + "'.");
        if (m_names.size() != 1)
            return usage("Say which data set: data " + m_action + " NAME.");
        if (m_threads.value_or(0) < 0 || m_threads.value_or(0) > 1024)
            return usage("--threads must be from 0 to 1024.");
        m_request.name = m_names.front();
        m_request.withSplit = !m_noSplit;
        m_request.threads = static_cast<int>(m_threads.value_or(0));
        return m_action == "info" ? info() : get();
    }

private:
    static Result<> usage(const std::string& message)
    {
        return fail(ErrorCode::Usage, message, "Write data list, data info NAME or data get NAME.");
    }

    Result<> list() const
    {
        if (m_json) {
            nlohmann::json sets = nlohmann::json::array();
            for (const data::DatasetPreset& preset : data::datasetPresets())
                sets.push_back(presetToJson(preset));
            printJson({{"datasets", sets}, {"folder", data::datasetsFolder()}});
            return {};
        }
        Table table;
        for (const char* title : {"collection", "name", "title"})
            table.column(title, Table::Align::Left);
        table.column("molecules");
        table.column("tasks");
        for (const char* title : {"level", "kind", "licence", "state"})
            table.column(title, Table::Align::Left);
        for (const data::DatasetPreset& preset : data::datasetPresets()) {
            const std::string state = presetToJson(preset).value("state", "");
            table.row({preset.collection, preset.name, preset.title, countText(preset.molecules), countText(preset.tasks),
                       preset.level ? std::string(levelName(*preset.level)) : preset.isGroup() ? "group" : "",
                       preset.kind ? std::string(kindName(*preset.kind)) : preset.isModel() ? "model" : "",
                       preset.licence.substr(0, preset.licence.find(';')), state == "absent" ? "" : state});
        }
        printOut(table.text());
        return {};
    }

    Result<> info() const
    {
        const auto preset = data::datasetPreset(m_request.name);
        if (!preset)
            return tl::unexpected<Error>(preset.error());
        nlohmann::json found = nullptr;
        std::vector<DatasetOutcome> outcomes;
        if (!m_request.from.empty()) {
            auto looked = findDatasets(m_request.name, m_request.from);
            if (!looked)
                return tl::unexpected<Error>(looked.error());
            outcomes = std::move(*looked);
            found = nlohmann::json::array();
            for (const DatasetOutcome& outcome : outcomes)
                found.push_back(outcomeToJson(outcome));
        }
        if (m_json) {
            nlohmann::json json = presetToJson(*preset);
            json["found"] = found;
            printJson(json);
            return {};
        }
        tellPreset(*preset);
        for (const DatasetOutcome& outcome : outcomes)
            tellFound(outcome);
        return {};
    }

    static void tellPreset(const data::DatasetPreset& preset)
    {
        std::string text = preset.title + " (" + preset.name + ", " + preset.collection + ")\n" + preset.summary + "\n";
        const auto line = [&text](const char* what, const std::string& value) {
            if (!value.empty())
                text += "  " + std::string(what) + std::string(14 - std::string(what).size(), ' ') + value + "\n";
        };
        line("molecules", countText(preset.molecules));
        line("tasks", countText(preset.tasks));
        line("level", preset.level ? std::string(levelName(*preset.level)) : "");
        line("kind", preset.kind ? std::string(kindName(*preset.kind)) : "");
        line("normalised", preset.normalisation);
        for (const data::PresetTable& table : preset.tables) {
            for (const std::string& file : table.files)
                line("table", file + (table.note.empty() ? "" : " (" + table.note + ")"));
            line("labels", table.labels);
            for (const data::LabelTransform& transform : table.transforms)
                line("classes", transform.text() + " (" + transform.describe() + ")");
        }
        for (const std::string& member : preset.members)
            line("member", member);
        line("split", preset.split.file + preset.split.column +
                          (preset.split.rule.empty() ? "" : " (" + preset.split.rule + ")"));
        for (const auto& [part, size] : preset.split.sizes)
            line("", part + " " + groupedNumber(size));
        for (const auto& alternative : preset.downloads)
            for (const data::PresetDownload& item : alternative)
                line("address", item.url + (item.md5.empty() && item.sha256.empty() ? "" : " (checksum known)"));
        line("fetch", preset.modelHow);
        line("licence", preset.licence.empty() ? "not known" : preset.licence);
        line("cite", preset.citation);
        line("source", preset.source);
        for (const std::string& note : preset.notes)
            line("note", note);
        line("note", preset.obstacle);
        printOut(text);
    }

    static void tellFound(const DatasetOutcome& outcome)
    {
        std::string text = outcome.preset.title + ": " + (outcome.found() ? "here" : "not here");
        for (const std::string& file : outcome.files.tableFiles)
            text += "\n  " + file;
        if (!outcome.files.splitFile.empty())
            text += "\n  " + outcome.files.splitFile;
        if (!outcome.files.model.empty())
            text += "\n  " + outcome.files.model;
        for (const std::string& name : outcome.files.missing)
            text += "\n  missing: " + name;
        printOut(text + "\n");
    }

    Result<> get()
    {
        std::error_code ignored;
        const bool isNew = !m_request.project.empty() && !std::filesystem::exists(m_request.project, ignored);
        Result<std::vector<DatasetOutcome>> outcomes;
        {
            ConsoleControl control;
            outcomes = getDatasets(m_request, control);
        }
        if (!outcomes) {
            if (isNew)
                removeIfEmpty();
            return tl::unexpected<Error>(outcomes.error());
        }
        if (m_json) {
            nlohmann::json list = nlohmann::json::array();
            for (const DatasetOutcome& outcome : *outcomes)
                list.push_back(outcomeToJson(outcome));
            printJson({{"project", m_request.project}, {"datasets", list}});
            return {};
        }
        tell(*outcomes);
        return {};
    }

    void removeIfEmpty() const
    {
        bool empty = false;
        if (auto project = store::Project::open(m_request.project, store::Access::ReadOnly)) {
            const auto all = store::Datasets(*project).all();
            empty = all && all->empty();
        }
        std::error_code ignored;
        if (empty)
            std::filesystem::remove(m_request.project, ignored);
    }

    static void tell(const std::vector<DatasetOutcome>& outcomes)
    {
        Table table;
        table.column("dataset", Table::Align::Left);
        for (const char* title : {"rows", "used", "merged", "repaired", "rejected", "molecules", "new", "split"})
            table.column(title);
        for (const DatasetOutcome& outcome : outcomes) {
            if (!outcome.report)
                continue;
            const data::ImportReport& report = *outcome.report;
            table.row({report.dataset, groupedNumber(report.rows), groupedNumber(report.used), groupedNumber(report.merged),
                       groupedNumber(report.repaired), groupedNumber(report.rejected), groupedNumber(report.molecules),
                       groupedNumber(report.newMolecules), outcome.split > 0 ? "stored:" + std::to_string(outcome.split) : ""});
        }
        if (!table.empty())
            printOut(table.text());
        for (const DatasetOutcome& outcome : outcomes) {
            if (!outcome.model.empty())
                printOut(outcome.preset.title + ": added to the library of models as '" + outcome.model + "'.\n");
            else if (!outcome.report && (outcome.found() || !outcome.preset.obstacle.empty()))
                printOut(outcome.preset.title + ": the files are in '" + outcome.folder + "'.\n");
            if (outcome.split > 0)
                printOut(outcome.preset.title + ": published split " + outcome.splitText + "; train with --split stored:" +
                         std::to_string(outcome.split) + "\n");
            for (const std::string& note : outcome.notes)
                printOut(outcome.preset.title + ": " + note + "\n");
            for (const std::string& note : outcome.report ? outcome.report->notes : std::vector<std::string>())
                printOut(outcome.preset.title + ": " + note + "\n");
            if (!outcome.preset.obstacle.empty())
                printOut(outcome.preset.title + ": " + outcome.preset.obstacle + "\n");
        }
    }

    std::string m_action;
    std::vector<std::string> m_names;
    DatasetRequest m_request;
    bool m_noSplit = false;
    std::optional<std::int64_t> m_threads;
};

} // namespace

std::unique_ptr<Command> makeData()
{
    return std::make_unique<DataCommand>();
}

} // namespace papilio::engine
