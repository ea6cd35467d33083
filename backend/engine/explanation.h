// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "chem/molecule.h"
#include "engine/modelcache.h"
#include "explain/attribution.h"

namespace papilio::engine
{

struct ExplainRequest {
    std::string smiles;
    std::string head; ///< empty = any
    std::string task; ///< "task", "dataset:task" or "head:task"; empty = the only one
    explain::Method method = explain::Method::GradientInput;
    std::optional<std::int64_t> classIndex; ///< multiclass; left out = the most probable one
};

struct Explanation {
    chem::Molecule molecule;
    explain::Attribution attribution;
    nn::HeadSpec head;
    std::string task;
    int classIndex = -1;   ///< −1 unless multiclass
    bool hasBonds = false; ///< the network looks at bonds
};

/// Head and column of a task by its name; errors list what there is.
struct TaskPlace {
    int head = 0;
    int column = 0;
};
Result<TaskPlace> findTask(const nn::ModelSpec& spec, const std::string& head, const std::string& task);

Result<Explanation> explainMolecule(LoadedModel& model, const ExplainRequest& request);

} // namespace papilio::engine
