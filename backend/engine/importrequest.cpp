// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/importrequest.h"

#include "core/task.h"

namespace papilio::engine
{

Result<data::ColumnChoice> columnChoice(const std::string& smiles, const std::string& labels, const std::string& level,
                                        const std::string& kind)
{
    data::ColumnChoice choice;
    choice.smilesColumn = smiles;
    choice.labelPatterns = labels;
    choice.level = levelFromName(level);
    if (!level.empty() && !choice.level)
        return fail(ErrorCode::Usage, "There is no level '" + level + "'.", "Levels: graph, node, edge, nodepair.");
    choice.kind = kindFromName(kind);
    if (!kind.empty() && kind != "auto" && !choice.kind)
        return fail(ErrorCode::Usage, "There is no kind '" + kind + "'.",
                    "Kinds: auto, regression, binary, multiclass.");
    return choice;
}

Result<> addTransforms(data::ColumnChoice& choice, const std::vector<std::string>& bins,
                       const std::vector<std::string>& rebins)
{
    for (const std::string& text : bins) {
        auto transform = data::binningFromText(text);
        if (!transform)
            return tl::unexpected<Error>(transform.error());
        choice.transforms.push_back(std::move(*transform));
    }
    for (const std::string& text : rebins) {
        auto transform = data::rebinningFromText(text);
        if (!transform)
            return tl::unexpected<Error>(transform.error());
        choice.transforms.push_back(std::move(*transform));
    }
    return {};
}

} // namespace papilio::engine
