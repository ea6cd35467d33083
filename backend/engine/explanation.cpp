// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/explanation.h"

#include <algorithm>

#include "data/structures.h"
#include "engine/featurise.h"
#include "engine/nearest.h"

namespace papilio::engine
{

namespace
{

/// The class that the model holds for the most probable, over all rows of the molecule.
Result<int> mostProbableClass(LoadedModel& model, const nn::MoleculeInput& input, const TaskPlace& place)
{
    const auto predicted = learn::predict(*model.network, model.saved, {&input, 1});
    if (!predicted)
        return tl::unexpected<Error>(predicted.error());
    const nn::HeadSpec& head = model.saved.spec.heads[static_cast<std::size_t>(place.head)];
    std::vector<double> sums(static_cast<std::size_t>(std::max(1, head.classes)), 0.0);
    for (const learn::HeadPrediction& prediction : predicted->front()) {
        if (prediction.head != place.head)
            continue;
        const std::size_t width = static_cast<std::size_t>(head.outputWidth());
        const std::size_t first = static_cast<std::size_t>(place.column) * sums.size();
        for (std::size_t row = 0; row < static_cast<std::size_t>(prediction.rows); ++row)
            for (std::size_t c = 0; c < sums.size(); ++c)
                sums[c] += static_cast<double>(prediction.values[row * width + first + c]);
    }
    return static_cast<int>(std::max_element(sums.begin(), sums.end()) - sums.begin());
}

Result<int> chosenClass(LoadedModel& model, const nn::MoleculeInput& input, const TaskPlace& place,
                        std::optional<std::int64_t> asked)
{
    const nn::HeadSpec& head = model.saved.spec.heads[static_cast<std::size_t>(place.head)];
    if (head.kind != TaskKind::Multiclass) {
        if (asked)
            return fail(ErrorCode::Usage, "A class was asked for, but the task is not multiclass.");
        return -1;
    }
    if (!asked)
        return mostProbableClass(model, input, place);
    if (*asked < 0 || *asked >= head.classes)
        return fail(ErrorCode::Usage, "There is no class " + std::to_string(*asked) + ".",
                    "The task has the classes 0 to " + std::to_string(head.classes - 1) + ".");
    return static_cast<int>(*asked);
}

} // namespace

Result<TaskPlace> findTask(const nn::ModelSpec& spec, const std::string& head, const std::string& task)
{
    std::vector<TaskPlace> found;
    std::vector<std::string> foundNames, all;
    for (std::size_t h = 0; h < spec.heads.size(); ++h) {
        const nn::HeadSpec& candidate = spec.heads[h];
        if (!head.empty() && candidate.name != head)
            continue;
        for (std::size_t c = 0; c < candidate.columns.size(); ++c) {
            const std::string& name = candidate.columns[c].task;
            all.push_back(candidate.dataset + ":" + name);
            if (task.empty() || task == name || task == candidate.dataset + ":" + name ||
                task == candidate.name + ":" + name) {
                found.push_back({static_cast<int>(h), static_cast<int>(c)});
                foundNames.push_back(all.back());
            }
        }
    }
    if (found.size() == 1)
        return found.front();
    if (all.empty())
        return fail(ErrorCode::NotFound, "The model has no head '" + head + "'.");
    const std::vector<std::string>& listed = found.empty() ? all : foundNames;
    if (task.empty())
        return fail(ErrorCode::Usage, "Say which task to explain.", "The model has " + data::listed(listed) + ".");
    if (!found.empty())
        return fail(ErrorCode::Usage, "Several tasks are called '" + task + "'.",
                    "Say which: " + data::listed(listed) + ".");
    std::vector<std::string> candidates = all;
    for (const std::string& name : all)
        candidates.push_back(name.substr(name.find(':') + 1));
    return fail(ErrorCode::NotFound, "The model has no task '" + task + "'.",
                didYouMean(task, candidates, "It has " + data::listed(listed) + "."));
}

Result<Explanation> explainMolecule(LoadedModel& model, const ExplainRequest& request)
{
    const auto place = findTask(model.saved.spec, request.head, request.task);
    if (!place)
        return tl::unexpected<Error>(place.error());
    auto molecule = data::readStructure(request.smiles, false);
    if (!molecule)
        return tl::unexpected<Error>(molecule.error());
    const auto featurised = Featurised::of(*molecule, model.saved.spec.architecture.inputs);
    if (!featurised)
        return tl::unexpected<Error>(featurised.error());
    const nn::MoleculeInput input = featurised->input(*molecule);

    const std::lock_guard lock(model.mutex);
    const auto classIndex = chosenClass(model, input, *place, request.classIndex);
    if (!classIndex)
        return tl::unexpected<Error>(classIndex.error());
    const nn::GradientTarget target{place->head, place->column, std::max(0, *classIndex), -1};
    auto attribution = explain::attribute(*model.network, input, target, request.method);
    if (!attribution)
        return tl::unexpected<Error>(attribution.error());
    const nn::HeadSpec& head = model.saved.spec.heads[static_cast<std::size_t>(place->head)];
    return Explanation{std::move(*molecule),
                       std::move(*attribution),
                       head,
                       head.columns[static_cast<std::size_t>(place->column)].task,
                       *classIndex,
                       model.saved.spec.architecture.usesBonds()};
}

} // namespace papilio::engine
