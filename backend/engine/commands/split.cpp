// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/commands/commands.h"

#include <algorithm>

#include "core/text.h"
#include "engine/console.h"
#include "engine/splitting.h"
#include "engine/splittext.h"
#include "engine/trainrequest.h"

namespace papilio::engine
{

namespace
{

class SplitCommand : public Command
{
public:
    void declare(Arguments& arguments) override
    {
        arguments.positional("PROJECT", m_project, "Project file (*.papilio)");
        arguments.choice("--kind", {"random", "scaffold", "balanced-scaffold", "cluster", "column", "file", "stored"},
                         m_kind, "How molecules are divided (random)");
        arguments.value("--fractions", "A/B/C", m_fractions, "Shares of training, validation and test (0.8/0.1/0.1)");
        arguments.value("--from", "NAME", m_from,
                        "The column, the file, or the number of the stored split; DATASET=NAME|… for several datasets");
        arguments.value("--seed", "N", m_seed, "Seed (42)");
        arguments.flag("--per-dataset", m_perDataset, "Each dataset has a split of its own");
        arguments.value("--test-seen", "DATASET", m_testSeen,
                        "With --per-dataset: molecules that this dataset trains on are the others' test_seen; 'any': test "
                        "molecules that any other trains on");
        arguments.value("--split", "SPEC", m_spec, "All of the above in one text, as 'train --split' takes it");
        arguments.values("--tasks", "PATTERNS", m_tasks, "Tasks as for 'train'; all if left out");
        arguments.value("--threads", "N", m_threads, "Threads; 0 = all cores. They change no result");
        arguments.flag("--report", m_wantsReport, "How hard the split is, and what is on both sides");
        arguments.flag("--no-store", m_noStore, "Leave the project as it is");
        arguments.flag("--list", m_list, "The splits that the project has");
        arguments.value("-o,--output", "FILE.csv", m_output, "Write the row numbers; one file a dataset");
        declareJson(arguments);
        arguments.footer("The split is kept in the project: 'train --split stored:N' uses it. The same data, kind and seed\n"
                         "give the same split. Further options of a kind (cutoff, acyclic, names of parts) go into --split.");
    }

    Result<> run() override
    {
        if (m_list)
            return listSplits();
        auto spec = specText();
        if (!spec)
            return tl::unexpected<Error>(spec.error());
        const auto config = configFor(*spec);
        if (!config)
            return tl::unexpected<Error>(config.error());
        auto project = store::Project::open(m_project, m_noStore ? store::Access::ReadOnly : store::Access::ReadWrite);
        if (!project)
            return tl::unexpected<Error>(project.error());
        Outcome outcome;
        {
            ConsoleControl control;
            PAPILIO_TRY(make(*project, *config, control, outcome));
        }
        if (!m_noStore) {
            const auto id = store::Runs(*project).addSplit(outcome.made.split);
            if (!id)
                return tl::unexpected<Error>(id.error());
            outcome.made.split.id = *id;
        }
        m_json ? printJson(toJson(outcome)) : printOut(toText(outcome));
        return {};
    }

private:
    struct Outcome {
        data::MadeSplit made;
        std::optional<data::SplitReport> report;
        data::SplitReport counts; ///< of molecules alone
        std::vector<std::string> files;
    };

    Result<std::string> specText() const
    {
        if (!m_spec.empty()) {
            if (!m_kind.empty() || !m_fractions.empty() || !m_from.empty() || m_perDataset || !m_testSeen.empty())
                return fail(ErrorCode::Usage, "--split says it all; give it alone, or the single options.");
            return m_spec;
        }
        const std::string kind = m_kind.empty() ? "random" : m_kind;
        const bool named = kind == "column" || kind == "file" || kind == "stored";
        if (named && m_from.empty())
            return fail(ErrorCode::Usage, "--kind " + kind + " needs --from.");
        if (named != m_fractions.empty() && named)
            return fail(ErrorCode::Usage, "--fractions does not go with --kind " + kind + ".");
        if (!named && !m_from.empty())
            return fail(ErrorCode::Usage, "--from does not go with --kind " + kind + ".");
        std::string text = kind + ":" + (named ? escapedNames() : m_fractions.empty() ? "0.8/0.1/0.1" : m_fractions);
        text += m_perDataset ? ",per-dataset" : "";
        if (!m_testSeen.empty())
            text += m_testSeen == "any" ? ",test_seen" : ",test_seen=" + m_testSeen;
        return text;
    }

    /// A comma in a path is part of it here.
    std::string escapedNames() const
    {
        std::string text;
        for (const char c : m_from) {
            if (c == ',' || c == '\\')
                text += '\\';
            text += c;
        }
        return text;
    }

    Result<learn::TrainConfig> configFor(const std::string& spec) const
    {
        TrainRequest request;
        request.preset = "gine-toymix"; // only tasks and split matter
        request.split = spec;
        request.seed = m_seed;
        for (const std::string& list : m_tasks)
            for (const std::string& pattern : split(list, ','))
                if (!trimmed(pattern).empty())
                    request.tasks.emplace_back(trimmed(pattern));
        if (m_threads)
            request.assignments.push_back("threads=" + std::to_string(*m_threads));
        return resolve(request);
    }

    Result<> make(store::Project& project, const learn::TrainConfig& config, Control& control, Outcome& outcome) const
    {
        const auto job = splitJobOf(project, config, control);
        if (!job)
            return tl::unexpected<Error>(job.error());
        auto made = makeSplitOf(project, *job, config, control);
        if (!made)
            return tl::unexpected<Error>(made.error());
        outcome.made = std::move(*made);
        outcome.counts = data::countSplit(project, job->request, outcome.made.split);
        if (m_wantsReport) {
            auto report = data::reportSplit(project, job->request, outcome.made.split, control);
            if (!report)
                return tl::unexpected<Error>(report.error());
            outcome.report = std::move(*report);
        }
        if (!m_output.empty()) {
            auto files = exportSplit(project, *job, outcome.made.split, m_output);
            if (!files)
                return tl::unexpected<Error>(files.error());
            outcome.files = std::move(*files);
        }
        return {};
    }

    static json toJson(const Outcome& outcome)
    {
        json document = splitToJson(outcome.made.split);
        document["molecules"] = perPartToJson(outcome.counts.molecules);
        for (const auto& dataset : outcome.counts.datasets)
            document["datasets"].push_back({{"dataset", dataset.name}, {"molecules", perPartToJson(dataset.molecules)}});
        document["notes"] = outcome.made.notes;
        if (outcome.report)
            document["report"] = splitReportToJson(*outcome.report);
        if (!outcome.files.empty())
            document["files"] = outcome.files;
        return document;
    }

    static std::string toText(const Outcome& outcome)
    {
        const store::Split& made = outcome.made.split;
        std::string text = (made.id > 0 ? "Split " + std::to_string(made.id) + ": " : std::string("Split ")) + made.spec +
                           ", seed " + std::to_string(made.seed) + "\n\n";
        text += outcome.report ? splitReportText(*outcome.report) : partsText(outcome.counts.molecules) + datasetsText(outcome.counts.datasets);
        for (const std::string& note : outcome.made.notes)
            text += "Note: " + note + "\n";
        for (const std::string& file : outcome.files)
            text += "Written: " + file + "\n";
        if (made.id > 0)
            text += "Train with it: --split stored:" + std::to_string(made.id) + "\n";
        return text;
    }

    Result<> listSplits() const
    {
        auto project = store::Project::open(m_project, store::Access::ReadOnly);
        if (!project)
            return tl::unexpected<Error>(project.error());
        const auto splits = store::Runs(*project).splits();
        if (!splits)
            return tl::unexpected<Error>(splits.error());
        if (m_json) {
            json list = json::array();
            for (const store::Split& each : *splits)
                list.push_back(splitToJson(each));
            printJson({{"splits", list}});
        } else {
            printOut(splitListText(*splits));
        }
        return {};
    }

    std::string m_project, m_kind, m_fractions, m_from, m_testSeen, m_spec, m_output;
    std::optional<std::uint64_t> m_seed;
    std::optional<std::int64_t> m_threads;
    std::vector<std::string> m_tasks;
    bool m_perDataset = false, m_wantsReport = false, m_noStore = false, m_list = false;
};

} // namespace

std::unique_ptr<Command> makeSplitCommand()
{
    return std::make_unique<SplitCommand>();
}

} // namespace papilio::engine
