// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/commands/commands.h"

#include "core/text.h"
#include "engine/chemistry.h"
#include "engine/traincontrol.h"
#include "engine/trainrequest.h"
#include "nn/torchmodel.h"

namespace papilio::engine
{

namespace
{

class TrainCommand : public Command
{
public:
    void declare(Arguments& arguments) override
    {
        arguments.positional("PROJECT", m_project, "Project file (*.papilio)");
        arguments.value("--preset", "NAME", m_preset, presetHelp());
        arguments.value("--config", "FILE", m_document,
                        "Run document (JSON) in place of a preset; the options here go over it");
        arguments.values("--tasks", "PATTERNS", m_tasks,
                         "Tasks to learn: 'dataset', 'dataset:task', with * and ?; all if left out");
        arguments.value("--split", "SPEC", m_split, "Parts for training, validation and test (random:0.8/0.1/0.1): scaffold, balanced-scaffold, cluster, column:NAME, file:PATH, stored:N; see 'split'");
        arguments.value("--epochs", "N", m_epochs, "Epochs (50)");
        arguments.value("--seed", "N", m_seed, "Seed of weights, split, order and dropout (42)");
        arguments.value("--threads", "N", m_threads, "Threads; 0 = all cores. With 1 a run repeats bit by bit");
        arguments.value("--device", "NAME", m_device, "cpu or cuda (cpu)");
        arguments.values("--set", "KEY=VALUE", m_set, "Another value of the configuration, e.g. learning_rate=3e-4");
        arguments.choice("--progress", {"text", "json"}, m_progress, "json: a JSON line an event on standard output");
        declareJson(arguments);
        arguments.footer(
            "Keys of --set: learning_rate, batch_size, accumulation, optimiser, weight_decay, clip_norm, ema_decay, watch,\n"
            "patience, keep_best, normalisation, parameter_budget, precision …; schedule=cosine and schedule.KEY;\n"
            "sampling.DATASET; heads.NAME.loss and heads.NAME.weight; those of the network under 'architecture.'.\n"
            "'papilio-engine config list' lists them all, 'config schema' describes the document.\n"
            "Ctrl-C pauses the run with a checkpoint; 'papilio-engine resume' goes on.");
    }

    Result<> run() override
    {
        if (!m_preset.empty() && !m_document.empty())
            return fail(ErrorCode::Usage, "Give --preset or --config, not both.");
        const auto config = resolve(request());
        if (!config)
            return tl::unexpected<Error>(config.error());
        auto project = store::Project::open(m_project, store::Access::ReadWrite);
        if (!project)
            return tl::unexpected<Error>(project.error());
        PAPILIO_TRY(store::Runs(*project).markCutOffRuns());
        Result<store::RunRecord> ended = fail(ErrorCode::Internal, "The training did not begin.");
        {
            ConsoleTrainControl control(*project, m_progress == "json");
            ended = learn::startRun(*project, *config, versionsOf(*config), nn::createTorchModel, control, inputFiller(), splitMaker());
        }
        return concludeTraining(m_project, ended, m_json);
    }

private:
    static std::string presetHelp()
    {
        std::string help = "Network (gine-toymix):";
        for (const std::string& name : nn::presetNames())
            help += " " + name;
        return help + "; each also as NAME-published, with the published library's faults";
    }

    TrainRequest request() const
    {
        TrainRequest request;
        request.preset = m_preset.empty() ? "gine-toymix" : m_preset;
        request.document = m_document;
        for (const std::string& list : m_tasks)
            for (const std::string& pattern : split(list, ','))
                if (!trimmed(pattern).empty())
                    request.tasks.emplace_back(trimmed(pattern));
        if (!m_split.empty())
            request.split = m_split;
        request.seed = m_seed;
        request.assignments = m_set;
        if (m_epochs)
            request.assignments.push_back("epochs=" + std::to_string(*m_epochs));
        if (m_threads)
            request.assignments.push_back("threads=" + std::to_string(*m_threads));
        if (!m_device.empty())
            request.assignments.push_back("device=" + m_device);
        return request;
    }

    std::string m_project, m_preset, m_document, m_split, m_device, m_progress = "text";
    std::vector<std::string> m_tasks, m_set;
    std::optional<std::int64_t> m_epochs, m_threads;
    std::optional<std::uint64_t> m_seed;
};

} // namespace

std::unique_ptr<Command> makeTrain()
{
    return std::make_unique<TrainCommand>();
}

} // namespace papilio::engine
