// SPDX-License-Identifier: GPL-3.0-or-later
#include <limits>

#include "engine/commands/commands.h"

#include "core/text.h"
#include "data/indexing.h"
#include "data/search.h"
#include "engine/console.h"
#include "engine/csvwriter.h"
#include "engine/json.h"
#include "engine/searchjson.h"
#include "engine/table.h"

namespace papilio::engine
{

namespace
{

/// The cells of a result, in a file and on the screen.
std::vector<std::string> cellsOf(const data::SearchHit& hit)
{
    return {std::string(data::hitReasonName(hit.reason)),
            hit.similarity < 0 ? std::string() : fixedNumber(hit.similarity, 3),
            hit.datasetName,
            hit.row < 0 ? std::string() : std::to_string(hit.row),
            hit.name,
            std::to_string(hit.labels),
            hit.smiles};
}

const std::vector<std::string> titles{"reason", "similarity", "dataset", "row", "name", "labels", "smiles"};

class SearchCommand : public Command
{
public:
    void declare(Arguments& arguments) override
    {
        arguments.positional("PROJECT", m_project, "Project file (*.papilio)");
        arguments.optionalPositionals("QUERY", m_words, "Name, id, SMILES, InChI, InChIKey or SMARTS");
        arguments.choice("--kind", {"auto", "name", "id", "smiles", "inchi", "inchikey", "smarts", "similar"}, m_kind,
                         "What the query is (default: found out from the text)");
        arguments.value("--top", "K", m_top, "Similar molecules: how many (default 100)");
        arguments.value("--min-similarity", "T", m_least, "Similar molecules: Tanimoto of at least T, 0 to 1");
        arguments.value("--most", "N", m_most, "End after N results (similar ones apart; default: all)");
        arguments.value("--threads", "N", m_threads, "Threads (default: all cores)");
        arguments.value("-o,--output", "FILE.csv", m_output, "Write a CSV file");
        arguments.flag("--prepare", m_prepare, "Compute all that searches use and is missing, InChIKeys included");
        declareJson(arguments);
        arguments.footer("auto: an InChI or InChIKey is looked up as such; a SMILES finds the same molecule, what has it as a\n"
                         "name, and similar molecules (Tanimoto of at least 0.3); else a SMARTS finds substructures, and any\n"
                         "text names and ids. Similarity is Tanimoto on Morgan fingerprints (radius 2, 1024 bits).");
    }

    Result<> run() override
    {
        ConsoleControl control;
        if (m_prepare)
            PAPILIO_TRY(prepare(control));
        if (m_words.empty())
            return m_prepare ? Result<>() : fail(ErrorCode::Usage, "Nothing to search for.", "Give a QUERY behind PROJECT.");
        auto query = asked();
        if (!query)
            return tl::unexpected<Error>(query.error());
        auto project = openForSearch(m_project, *query);
        if (!project)
            return tl::unexpected<Error>(project.error());
        return m_output.empty() ? print(*project, *query, control) : write(*project, *query, control);
    }

private:
    Result<> prepare(Control& control) const
    {
        auto project = store::Project::open(m_project, store::Access::ReadWrite);
        if (!project)
            return tl::unexpected<Error>(project.error());
        PAPILIO_TRY(data::updateIndex(*project, 0, control));
        PAPILIO_TRY(data::completeInchiKeys(*project, control));
        printError("Everything that searches use is there.");
        return {};
    }

    Result<data::SearchQuery> asked() const
    {
        data::SearchQuery query;
        for (const std::string& word : m_words)
            query.text.append(query.text.empty() ? "" : " ").append(word);
        query.kind = *data::searchKindFromName(m_kind);
        if (m_top.value_or(1) < 1 || m_top.value_or(1) > std::numeric_limits<int>::max())
            return fail(ErrorCode::Usage, "--top must be 1 or more, and below 2147483648.");
        if (m_threads.value_or(0) < 0 || m_threads.value_or(0) > 1024)
            return fail(ErrorCode::Usage, "--threads must be from 0 to 1024.");
        query.top = static_cast<int>(m_top.value_or(100));
        query.most = m_most.value_or(0);
        query.threads = static_cast<int>(m_threads.value_or(0));
        if (!m_least.empty()) {
            const auto least = parseNumber(m_least);
            if (!least || *least < 0 || *least > 1)
                return fail(ErrorCode::Usage, "--min-similarity '" + m_least + "' is no number from 0 to 1.");
            query.least = *least;
        }
        return query;
    }

    Result<> print(store::Project& project, const data::SearchQuery& query, Control& control) const
    {
        json hits = json::array();
        bool begun = false;
        const auto show = [&](std::vector<data::SearchHit>&& batch) {
            if (m_json) {
                for (json& hit : hitsToJson(batch))
                    hits.push_back(std::move(hit));
                return true;
            }
            std::string text = begun ? std::string() : cellLine(titles);
            begun = true;
            for (const data::SearchHit& hit : batch)
                text += cellLine(cellsOf(hit));
            printOut(text);
            return true;
        };
        const auto report = data::search(project, query, show, control);
        if (!report)
            return tl::unexpected<Error>(report.error());
        if (m_json) {
            json document = reportToJson(*report);
            document["hits"] = std::move(hits);
            printJson(document);
        } else {
            tell(*report);
        }
        return {};
    }

    Result<> write(store::Project& project, const data::SearchQuery& query, Control& control) const
    {
        PAPILIO_TRY(checkOutput(m_output, {m_project}));
        auto file = OutputFile::create(m_output);
        if (!file)
            return tl::unexpected<Error>(file.error());
        file->write(csvLine(titles));
        const auto report = data::search(
            project, query,
            [&](std::vector<data::SearchHit>&& batch) {
                for (const data::SearchHit& hit : batch)
                    file->write(csvLine(cellsOf(hit)));
                return true;
            },
            control);
        if (!report)
            return tl::unexpected<Error>(report.error());
        PAPILIO_TRY(file->finish());
        if (m_json) {
            json document = reportToJson(*report);
            document["output"] = m_output;
            printJson(document);
        } else {
            tell(*report);
        }
        return {};
    }

    static void tell(const data::SearchReport& report)
    {
        for (const std::string& note : report.notes)
            printError(note);
        std::string kinds;
        for (const data::SearchKind kind : report.understood)
            kinds.append(kinds.empty() ? "" : ", ").append(data::searchKindName(kind));
        printError(groupedNumber(report.hits) + (report.hits == 1 ? " result" : " results") +
                   (report.complete ? "" : ", not all") + " (looked for as " + kinds + ") in " +
                   fixedNumber(1000 * report.seconds, 1) + " ms");
    }

    std::string m_project, m_kind = "auto", m_output, m_least;
    std::vector<std::string> m_words;
    std::optional<std::int64_t> m_top, m_most, m_threads;
    bool m_prepare = false;
};

} // namespace

std::unique_ptr<Command> makeSearch()
{
    return std::make_unique<SearchCommand>();
}

} // namespace papilio::engine
