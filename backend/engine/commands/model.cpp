// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/commands/commands.h"

#include <filesystem>

#include "core/text.h"
#include "engine/console.h"
#include "engine/json.h"
#include "engine/modeladding.h"
#include "engine/modelcache.h"
#include "engine/modeljson.h"
#include "engine/table.h"

namespace papilio::engine
{

namespace
{

constexpr std::size_t tasksShown = 12; ///< of each head, unless --tasks asks for all

/// What a run of ours says of itself; empty for models of others.
std::string trainingText(const nlohmann::json& summary)
{
    if (!summary.is_object() || !summary.contains("epochs") || !summary.contains("epoch"))
        return {};
    std::string text = "epoch " + std::to_string(summary.value("epoch", 0)) + " of " +
                       std::to_string(summary.value("epochs", 0)) + ", seed " +
                       std::to_string(summary.value("seed", std::uint64_t{0}));
    for (const auto& metric : summary.value("metrics", nlohmann::json::array()))
        if (metric.value("scope", "") == "all" && metric.value("part", "") == "val" &&
            metric.value("name", "") == "loss" && metric["value"].is_number())
            text += ", validation loss " + shortNumber(metric["value"].get<double>(), 4);
    return text;
}

class ModelCommand : public Command
{
public:
    void declare(Arguments& arguments) override
    {
        arguments.positional("ACTION", m_action, "add, list, info or remove");
        arguments.optionalPositionals("WHAT", m_what,
                              "add: wheel, folder, .safetensors, .pth, .pt or .ckpt file; info and remove: a name "
                              "(info: or a file)");
        arguments.value("--name", "NAME", m_name, "add: name in the library, instead of its own");
        arguments.flag("--tasks", m_allTasks, "info: all tasks, not the first of each head alone");
        declareJson(arguments);
        arguments.footer(
            "Models of the library can be named wherever a model file can. The library is the folder\n"
            "papilio/models of the user's data folder, or $PAPILIO_MODELS. A published model needs its\n"
            "config.yaml beside the weights (base_shape.yaml and tasks.json are read too); nothing in it is executed.");
    }

    Result<> run() override
    {
        if (m_action == "list")
            return m_what.empty() ? list() : tooMuch();
        if (m_action != "add" && m_action != "info" && m_action != "remove")
            return fail(ErrorCode::Usage, "There is no action '" + elided(m_action, 40) + "'.",
                        "Write model add, model list, model info or model remove.");
        if (m_what.empty())
            return fail(ErrorCode::Usage, "Say which model: model " + m_action + (m_action == "add" ? " FILE." : " NAME."));
        if (m_what.size() > 1)
            return tooMuch();
        return m_action == "add" ? add() : m_action == "info" ? info() : remove();
    }

private:
    Result<> tooMuch() const
    {
        return fail(ErrorCode::Usage, "There is one too many: '" + elided(m_what.back(), 60) + "'.",
                    "model " + m_action + (m_action == "list" ? " takes nothing more." : " takes one model."));
    }

    Result<> add()
    {
        Result<learn::LibraryEntry> entry;
        {
            ConsoleControl control;
            entry = addModel(m_what.front(), m_name, control);
        }
        if (!entry)
            return tl::unexpected<Error>(entry.error());
        if (m_json) {
            printJson(cardToJson(*entry));
            return {};
        }
        printError("Added as '" + entry->card.name + "': " + groupedNumber(entry->parameters) + " parameters, " +
                   groupedNumber(entry->tasks) + " tasks in " + groupedNumber(entry->heads) + " heads. Licence: " +
                   entry->card.licence + ".");
        for (const std::string& note : entry->card.notes)
            printError("  " + note);
        return {};
    }

    Result<> list() const
    {
        const learn::ModelLibrary library;
        const auto entries = library.all();
        if (!entries)
            return tl::unexpected<Error>(entries.error());
        if (m_json) {
            nlohmann::json models = nlohmann::json::array();
            for (const learn::LibraryEntry& entry : *entries)
                models.push_back(cardToJson(entry));
            printJson({{"models", models}, {"folder", library.folder()}});
            return {};
        }
        if (entries->empty()) {
            printOut("The library is empty. Add a model with: papilio-engine model add FILE\n");
            return {};
        }
        Table table;
        table.column("name", Table::Align::Left);
        table.column("title", Table::Align::Left);
        table.column("parameters");
        table.column("tasks");
        table.column("licence", Table::Align::Left);
        for (const learn::LibraryEntry& entry : *entries)
            table.row({entry.card.name, entry.card.title,
                       entry.parameters > 0 ? groupedNumber(entry.parameters) : "damaged", groupedNumber(entry.tasks),
                       entry.card.licence});
        printOut(table.text());
        return {};
    }

    Result<> info() const
    {
        const auto found = describeModel(m_what.front());
        if (!found)
            return tl::unexpected<Error>(found.error());
        const auto loaded = loadModel(found->model);
        if (!loaded)
            return tl::unexpected<Error>(loaded.error());
        const auto layers = learn::fingerprintLayers(*(*loaded)->network);
        if (m_json) {
            auto document = modelToJson(found->entry, found->model);
            for (const auto& layer : layers)
                document["layers"].push_back(layer.address);
            printJson(document);
            return {};
        }
        printText(*found, layers);
        return {};
    }

    void printText(const DescribedModel& found, const std::vector<learn::FingerprintLayer>& layers) const
    {
        const learn::ModelCard& card = found.entry.card;
        std::string text = card.title + " (" + card.name + ")\n";
        const auto line = [&text](const std::string& title, const std::string& value) {
            if (!value.empty())
                text += title + std::string(title.size() < 14 ? 14 - title.size() : 1, ' ') + value + "\n";
        };
        line("architecture", architectureText(found.model.spec.architecture));
        line("parameters", groupedNumber(found.entry.parameters));
        line("trained on", card.trainedOn);
        line("training", trainingText(found.model.summary));
        line("licence", card.licence);
        line("citation", card.citation);
        line("source", card.source);
        for (const std::string& note : card.notes)
            line("note", note);
        std::string addresses;
        for (const auto& layer : layers)
            addresses += (addresses.empty() ? "" : " ") + layer.address;
        line("layers", addresses);
        for (const nn::HeadSpec& head : found.model.spec.heads)
            text += headText(head);
        printOut(text);
    }

    std::string headText(const nn::HeadSpec& head) const
    {
        std::string text = "\n" + head.name + ": " + groupedNumber(static_cast<std::int64_t>(head.columns.size())) +
                           " tasks, " + std::string(levelName(head.level)) + " level, " +
                           std::string(kindName(head.kind)) +
                           (head.kind == TaskKind::Multiclass ? " (" + std::to_string(head.classes) + " classes)" : "") +
                           "\n";
        const std::size_t shown = m_allTasks ? head.columns.size() : std::min(tasksShown, head.columns.size());
        for (std::size_t i = 0; i < shown; ++i) {
            const auto& column = head.columns[i];
            text += "  " + column.task + (column.title.empty() ? "" : "  " + column.title) +
                    (column.unit.empty() ? "" : "  [" + column.unit + "]") + "\n";
        }
        if (shown < head.columns.size())
            text += "  … and " + groupedNumber(static_cast<std::int64_t>(head.columns.size() - shown)) +
                    " more (--tasks lists all)\n";
        return text;
    }

    Result<> remove() const
    {
        learn::ModelLibrary library;
        PAPILIO_TRY(library.remove(m_what.front()));
        if (m_json)
            printJson({{"removed", m_what.front()}});
        else
            printError("Removed '" + m_what.front() + "' from the library.");
        return {};
    }

    std::string m_action, m_name;
    std::vector<std::string> m_what;
    bool m_allTasks = false;
};

} // namespace

std::unique_ptr<Command> makeModel()
{
    return std::make_unique<ModelCommand>();
}

} // namespace papilio::engine
