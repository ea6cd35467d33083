// SPDX-License-Identifier: GPL-3.0-or-later
// What a run sets for its heads.
#include <algorithm>

#include "core/text.h"
#include "learn/configkeys.h"
#include "learn/heads.h"
#include "nn/optionnames.h"

namespace papilio::learn
{

namespace
{

std::string listed(const std::vector<std::string>& names)
{
    constexpr std::size_t most = 20;
    std::string text;
    for (std::size_t i = 0; i < std::min(most, names.size()); ++i) {
        text += (text.empty() ? "" : ", ") + names[i];
    }
    return names.size() > most ? text + " and " + std::to_string(names.size() - most) + " more" : text;
}

tl::unexpected<Error> unknownName(const std::string& key, const char* what, const std::string& name,
                                  const std::vector<std::string>& known)
{
    return fail(ErrorCode::Usage, "Training key '" + key + "': the run has no " + what + " '" + name + "'.",
                "Did you mean '" + nearestName(name, known) + "'? It has: " + listed(known) + '.');
}

Result<> setLoss(nn::HeadSpec& head, nn::LossType loss)
{
    const auto fitting = lossesOfKind(head.kind);
    if (std::find(fitting.begin(), fitting.end(), loss) == fitting.end()) {
        std::vector<std::string> names;
        for (const nn::LossType type : fitting) {
            names.emplace_back(nn::nameOf(type));
        }
        return fail(ErrorCode::Usage,
                    "Training key 'heads." + head.name + ".loss': " + std::string(nn::nameOf(loss)) +
                        " is no loss for " + std::string(kindName(head.kind)) + " tasks.",
                    "Choose from " + listed(names) + '.');
    }
    head.loss.type = loss;
    return {};
}

/// Binary cross-entropy of probabilities needs probabilities.
void fitLastActivation(nn::HeadSpec& head)
{
    if (head.loss.type == nn::LossType::Bce) {
        head.mlp.lastActivation = nn::Activation::Sigmoid;
    } else if (head.loss.type == nn::LossType::BceLogits && head.mlp.lastActivation == nn::Activation::Sigmoid) {
        head.mlp.lastActivation = nn::Activation::None;
    }
}

Result<> apply(const HeadOptions& options, nn::HeadSpec& head, HeadSource& source)
{
    if (options.loss) {
        PAPILIO_TRY(setLoss(head, *options.loss));
    }
    head.loss.weight = options.weight.value_or(head.loss.weight);
    const bool scales = options.normalisation || options.clipMin || options.clipMax;
    if (scales && head.kind != TaskKind::Regression) {
        return fail(ErrorCode::Usage, "Training key 'heads." + head.name + "': labels that are " +
                                          std::string(kindName(head.kind)) + " are neither normalised nor clipped.");
    }
    source.scaling.method = options.normalisation.value_or(source.scaling.method);
    source.scaling.least = options.clipMin.value_or(source.scaling.least);
    source.scaling.most = options.clipMax.value_or(source.scaling.most);
    return {};
}

Result<> applyAll(const TrainConfig& config, Selection& selection)
{
    std::vector<std::string> names, datasets;
    for (std::size_t h = 0; h < selection.heads.size(); ++h) {
        nn::HeadSpec& head = selection.heads[h];
        HeadSource& source = selection.sources[h];
        source.scaling.method = config.normalisation;
        if (const auto options = config.heads.find(head.name); options != config.heads.end()) {
            PAPILIO_TRY(apply(options->second, head, source));
        }
        fitLastActivation(head);
        names.push_back(head.name);
        datasets.push_back(head.dataset);
    }
    for (const auto& [name, options] : config.heads) {
        if (std::find(names.begin(), names.end(), name) == names.end()) {
            return unknownName("heads." + name, "head", name, names);
        }
    }
    for (const auto& [name, share] : config.sampling) {
        if (std::find(datasets.begin(), datasets.end(), name) == datasets.end()) {
            return unknownName("sampling." + name, "dataset", name, datasets);
        }
    }
    const bool any = std::any_of(selection.heads.begin(), selection.heads.end(),
                                 [](const nn::HeadSpec& head) { return head.loss.weight > 0; });
    return any ? Result<>{} : fail(ErrorCode::Usage, "The losses of all heads have weight 0.", "Give one a weight.");
}

} // namespace

Result<Selection> selectTasks(store::Project& project, TrainConfig& config)
{
    auto selection = selectTasks(project, config.tasks, config.architecture);
    if (!selection) {
        return selection;
    }
    PAPILIO_TRY(applyAll(config, *selection));
    if (config.parameterBudget > 0) {
        auto fitted = nn::fitToBudget({config.architecture, selection->heads}, config.parameterBudget);
        if (!fitted) {
            return tl::unexpected(fitted.error());
        }
        config.architecture = std::move(fitted->architecture);
        selection->heads = std::move(fitted->heads);
    }
    return selection;
}

} // namespace papilio::learn
