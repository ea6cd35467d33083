// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/datasetchoice.h"

namespace papilio::engine
{

Result<store::DatasetRecord> chosenDataset(store::Project& project, const std::string& name)
{
    const store::Datasets datasets(project);
    if (!name.empty())
        return datasets.byName(name);
    auto all = datasets.all();
    if (!all)
        return tl::unexpected<Error>(all.error());
    if (all->size() == 1)
        return all->front();
    std::string names;
    for (const auto& dataset : *all)
        names += (names.empty() ? "" : ", ") + dataset.name;
    return fail(ErrorCode::Usage,
                all->empty() ? "The project has no datasets." : "Say which dataset with --dataset.",
                all->empty() ? "" : "There are " + names + ".");
}

} // namespace papilio::engine
