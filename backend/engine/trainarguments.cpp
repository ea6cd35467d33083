// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/trainarguments.h"

#include "core/text.h"
#include "nn/architecture.h"

namespace papilio::engine
{

namespace
{

std::string presetHelp()
{
    std::string help = "Network (gine-toymix):";
    for (const std::string& name : nn::presetNames())
        help += " " + name;
    return help + "; each also as NAME-published, with the published library's faults";
}

} // namespace

void TrainArguments::declare(Arguments& arguments)
{
    arguments.value("--preset", "NAME", m_preset, presetHelp());
    arguments.value("--config", "FILE", m_document, "Run document (JSON) in place of a preset; the options here go over it");
    arguments.values("--tasks", "PATTERNS", m_tasks, "Tasks to learn: 'dataset', 'dataset:task', with * and ?; all if left out");
    arguments.value("--split", "SPEC", m_split,
                    "Parts for training, validation and test (random:0.8/0.1/0.1): scaffold, balanced-scaffold, cluster, "
                    "column:NAME, file:PATH, stored:N; see 'split'");
    arguments.value("--epochs", "N", m_epochs, "Epochs (50)");
    arguments.value("--seed", "N", m_seed, "Seed of weights, split, order and dropout (42)");
    arguments.value("--threads", "N", m_threads, "Threads; 0 = all cores. With 1 a run repeats bit by bit");
    arguments.value("--device", "NAME", m_device, "cpu, cuda or cuda:N (cpu)");
    arguments.values("--set", "KEY=VALUE", m_set, "Another value of the configuration, e.g. learning_rate=3e-4");
}

const char* TrainArguments::keysHelp()
{
    return "Keys of --set: learning_rate, batch_size, accumulation, optimiser, weight_decay, clip_norm, ema_decay, watch,\n"
           "patience, keep_best, normalisation, parameter_budget, precision …; schedule=cosine and schedule.KEY;\n"
           "sampling.DATASET; heads.NAME.loss and heads.NAME.weight; those of the network under 'architecture.'.\n"
           "'papilio-engine config list' lists them all, 'config schema' describes the document.\n";
}

bool TrainArguments::given() const
{
    return !m_preset.empty() || !m_document.empty() || !m_split.empty() || !m_device.empty() || !m_tasks.empty() || !m_set.empty() ||
           m_epochs || m_threads || m_seed;
}

Result<TrainRequest> TrainArguments::request() const
{
    if (!m_preset.empty() && !m_document.empty())
        return fail(ErrorCode::Usage, "Give --preset or --config, not both.");
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

} // namespace papilio::engine
