// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/commands/commands.h"

#include "core/text.h"
#include "engine/console.h"
#include "engine/csvwriter.h"
#include "engine/json.h"
#include "engine/table.h"
#include "engine/trainrequest.h"
#include "learn/publishedconfig.h"
#include "learn/rundocument.h"

namespace papilio::engine
{

namespace
{

/// "1 to 100", "adam, adamw".
std::string rangeOf(const learn::TrainOption& option)
{
    std::string text;
    for (const std::string& choice : option.choices)
        text += (text.empty() ? "" : ", ") + choice;
    const auto number = [&](double bound) {
        return option.type == "integer" ? std::to_string(static_cast<std::int64_t>(bound)) : formatNumber(bound);
    };
    if (option.least && option.most)
        text = number(*option.least) + " to " + number(*option.most);
    else if (option.least)
        text = number(*option.least) + " or more";
    return text.empty() ? option.type : text;
}

class ConfigCommand : public Command
{
public:
    void declare(Arguments& arguments) override
    {
        arguments.positional("ACTION", m_action, "check, convert, schema or list");
        arguments.optionalPositionals("WHAT", m_what,
                              "check: a run document (JSON); convert: a published configuration (YAML); list: a pattern "
                              "of keys with * and ?");
        arguments.value("-o,--output", "FILE", m_output, "File to write instead of standard output");
        arguments.value("--preset", "NAME", m_preset, "list: with the values of this preset");
        declareJson(arguments);
        arguments.footer(
            "check:   reads a run document and prints it with every default filled in\n"
            "convert: makes a run document of a configuration of the published library (architecture, datamodule,\n"
            "         predictor, trainer), and tells which lines it did not use\n"
            "schema:  JSON Schema of a run document\n"
            "list:    all keys with range, default and meaning\n"
            "'papilio-engine train PROJECT --config FILE' trains a run document.");
    }

    Result<> run() override
    {
        if (m_action == "schema" || m_action == "list") {
            if (m_what.size() > (m_action == "list" ? 1U : 0U))
                return fail(ErrorCode::Usage, std::string("'").append(elided(m_what.back(), 60)).append("' is one too many."));
            if (m_action == "schema")
                return write(learn::trainConfigSchema());
            if (!m_output.empty() && !m_json)
                return fail(ErrorCode::Usage, "'config list' prints a table; -o writes documents.",
                            "Add --json to write the keys as JSON.");
            return list();
        }
        if (m_action != "check" && m_action != "convert")
            return fail(ErrorCode::Usage, "There is no action '" + elided(m_action, 40) + "'.",
                        "Write config check, config convert, config schema or config list.");
        if (m_what.size() != 1)
            return fail(ErrorCode::Usage, "config " + m_action + " takes one file.");
        if (!m_output.empty())
            PAPILIO_TRY(checkOutput(m_output, m_what));
        return m_action == "check" ? check() : convert();
    }

private:
    Result<> write(const json& document) const
    {
        const std::string text = document.dump(2, ' ', false, json::error_handler_t::replace);
        if (m_output.empty()) {
            printOut(text + "\n");
            return {};
        }
        PAPILIO_TRY(checkOutput(m_output));
        return writeTextFile(m_output, text + "\n");
    }

    Result<> check() const
    {
        const auto config = learn::readRunDocument(m_what.front());
        if (!config)
            return tl::unexpected<Error>(config.error());
        PAPILIO_TRY(nn::checkArchitecture(config->architecture));
        return write(learn::trainConfigToJson(*config));
    }

    Result<> convert() const
    {
        const auto converted = learn::convertPublishedFile(m_what.front());
        if (!converted)
            return tl::unexpected<Error>(converted.error());
        const json document = learn::trainConfigToJson(converted->config);
        if (m_json) {
            printJson(reportOf(*converted, document));
            return m_output.empty() ? Result<>{} : write(document);
        }
        PAPILIO_TRY(write(document));
        printError(groupedNumber(converted->parameters) + " parameters with the heads of the configuration.");
        for (const std::string& note : converted->notes)
            printError("Note: " + note);
        if (!converted->imports.empty())
            printError("Its tables are imported by:");
        for (const std::string& command : converted->imports)
            printError("  " + command);
        if (!converted->unused.empty())
            printError("Not used:");
        for (const learn::UnusedLine& unused : converted->unused)
            printError("  line " + std::to_string(unused.line) + ": " + unused.key + " (" + unused.why + ")");
        return {};
    }

    static json reportOf(const learn::ConvertedConfig& converted, const json& document)
    {
        json unused = json::array();
        for (const learn::UnusedLine& line : converted.unused)
            unused.push_back({{"line", line.line}, {"key", line.key}, {"why", line.why}});
        return {{"parameters", converted.parameters},
                {"unused", unused},
                {"imports", converted.imports},
                {"notes", converted.notes},
                {"config", document}};
    }

    Result<> list() const
    {
        learn::TrainConfig config;
        if (!m_preset.empty()) {
            auto architecture = presetByName(m_preset);
            if (!architecture)
                return tl::unexpected<Error>(architecture.error());
            config.architecture = std::move(*architecture);
        }
        std::vector<learn::TrainOption> options = learn::trainOptions(config);
        std::erase_if(options, [this](const learn::TrainOption& option) {
            return !m_what.empty() && !matchesPattern(option.path, m_what.front());
        });
        if (options.empty())
            return fail(ErrorCode::NotFound, "No key matches '" + elided(m_what.front(), 60) + "'.",
                        "Write it with wildcards, for example 'architecture.gnn.*'.");
        if (m_json && !m_output.empty())
            return write({{"options", optionsToJson(options)}});
        if (m_json) {
            printJson({{"options", optionsToJson(options)}});
            return {};
        }
        Table table;
        for (const char* title : {"key", "default", "range", "meaning"})
            table.column(title, Table::Align::Left);
        for (const learn::TrainOption& option : options)
            table.row({option.path, elided(option.value, 40), elided(rangeOf(option), 60), option.meaning});
        printOut(table.text());
        return {};
    }

    std::string m_action, m_output, m_preset;
    std::vector<std::string> m_what;
};

} // namespace

std::unique_ptr<Command> makeConfig()
{
    return std::make_unique<ConfigCommand>();
}

} // namespace papilio::engine
