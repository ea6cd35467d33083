// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/commands/commands.h"

#include "engine/console.h"
#include "engine/curation.h"
#include "engine/datasetchoice.h"
#include "engine/json.h"
#include "engine/table.h"
#include "store/datasets.h"

namespace papilio::engine
{

namespace
{

constexpr std::size_t examplesTold = 10;

class CurateCommand : public Command
{
public:
    void declare(Arguments& arguments) override
    {
        arguments.positional("PROJECT", m_project, "Project file (*.papilio)");
        arguments.value("--dataset", "NAME", m_dataset, "Dataset; may be left out if there is only one");
        m_recipe.declare(arguments);
        arguments.flag("--preview", m_preview, "Count what the recipe would change, and change nothing");
        arguments.value("--conflicts", "FILE.csv", m_conflicts,
                        "Write the labels of rows of the same molecule that contradict each other");
        arguments.value("--threads", "N", m_threads, "Threads for the chemistry; 0 = all cores");
        declareJson(arguments);
        arguments.footer("Without a recipe: tells the one in use. Recipes are applied to the rows as they were read; one "
                         "takes the place of the other.");
    }

    Result<> run() override
    {
        const auto recipe = m_recipe.recipe();
        if (!recipe)
            return tl::unexpected<Error>(recipe.error());
        if (m_preview && !*recipe)
            return fail(ErrorCode::Usage, "--preview needs a recipe.", "Say what to do, e.g. --strip-salts.");
        if (m_threads.value_or(0) < 0 || m_threads.value_or(0) > 1024)
            return fail(ErrorCode::Usage, "--threads must be from 0 to 1024.");
        const bool writes = *recipe && !m_preview;
        auto project =
            store::Project::open(m_project, writes ? store::Access::ReadWrite : store::Access::ReadOnly);
        if (!project)
            return tl::unexpected<Error>(project.error());
        const auto dataset = chosenDataset(*project, m_dataset);
        if (!dataset)
            return tl::unexpected<Error>(dataset.error());
        const auto outcome = carryOut(*project, dataset->name, *recipe);
        if (!outcome)
            return tl::unexpected<Error>(outcome.error());
        std::int64_t conflicts = -1;
        if (!m_conflicts.empty()) {
            const auto written = writeConflicts(*project, *dataset, m_conflicts);
            if (!written) {
                tell(*outcome, recipe->has_value(), conflicts); // what was done is done
                m_json = false; // the document is out; the error is for standard error alone
                return tl::unexpected<Error>(written.error());
            }
            conflicts = *written;
        }
        tell(*outcome, recipe->has_value(), conflicts);
        return {};
    }

private:
    Result<data::CurationOutcome> carryOut(store::Project& project, const std::string& dataset,
                                           const std::optional<Recipe>& recipe) const
    {
        if (!recipe)
            return data::curationOf(project, dataset);
        ConsoleControl control;
        const int threads = static_cast<int>(m_threads.value_or(0));
        return m_preview ? data::previewCuration(project, dataset, *recipe, threads, control)
                         : data::applyCuration(project, dataset, *recipe, threads, control);
    }

    void tell(const data::CurationOutcome& outcome, bool changed, std::int64_t conflicts) const
    {
        if (m_json) {
            json document = outcomeToJson(outcome);
            document["applied"] = changed && !m_preview;
            if (conflicts >= 0)
                document["conflictsWritten"] = conflicts;
            printJson(document);
            return;
        }
        printOut(outcome.dataset + ": " + describeRecipe(outcome.recipe) +
                 (m_preview ? " (preview, nothing was changed)\n" : "\n"));
        printOut(numbers(outcome, changed));
        for (std::size_t i = 0; i < std::min(examplesTold, outcome.examples.size()); ++i) {
            const auto& example = outcome.examples[i];
            printOut("row " + std::to_string(example.row) + ": " + example.text + " → " + example.smiles + "  (" +
                     example.reason + ")\n");
        }
        for (const std::string& note : outcome.notes)
            printOut(note + "\n");
        if (conflicts >= 0)
            printError(std::to_string(conflicts) + " contradictions written to " + m_conflicts);
    }

    static std::string numbers(const data::CurationOutcome& outcome, bool changed)
    {
        Table table;
        table.column("", Table::Align::Left);
        if (changed)
            table.column("before");
        table.column(changed ? "after" : "");
        const data::RecipeReport &before = outcome.before, &after = outcome.after;
        const auto add = [&](const char* title, std::int64_t was, std::int64_t is) {
            if (changed)
                table.row({title, groupedNumber(was), groupedNumber(is)});
            else
                table.row({title, groupedNumber(is)});
        };
        add("rows", before.rows, after.rows);
        add("used", before.used, after.used);
        add("merged", before.merged, after.merged);
        add("repaired", before.repaired, after.repaired);
        add("rejected", before.rejected, after.rejected);
        add("molecules", before.molecules, after.molecules);
        const char* const steps[] = {"rows: salts and solvents stripped", "rows: charges neutralised",
                                     "rows: tautomer changed", "rows: stereochemistry dropped"};
        for (std::size_t i = 0; i < std::size(steps); ++i)
            add(steps[i], before.changedByStep[i], after.changedByStep[i]);
        add("molecules with contradicting labels", before.duplicates.contradictingMolecules,
            after.duplicates.contradictingMolecules);
        add("contradictions (tasks × molecules)", before.duplicates.contradictions, after.duplicates.contradictions);
        add("labels combined", before.duplicates.combined, after.duplicates.combined);
        add("labels dropped", before.duplicates.dropped, after.duplicates.dropped);
        return table.text();
    }

    std::string m_project, m_dataset, m_conflicts;
    RecipeArguments m_recipe;
    std::optional<std::int64_t> m_threads;
    bool m_preview = false;
};

} // namespace

std::unique_ptr<Command> makeCurate()
{
    return std::make_unique<CurateCommand>();
}

} // namespace papilio::engine
