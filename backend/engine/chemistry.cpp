// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/chemistry.h"

#include "chem/runtime.h"
#include "data/inputs.h"
#include "engine/commands/commands.h"

namespace papilio::engine
{

void initialiseChemistry()
{
    chem::initialise();
}

std::string chemistryVersion()
{
    return chem::rdkitVersion();
}

learn::InputFiller inputFiller()
{
    return data::computeMissingInputs;
}

std::vector<CommandEntry> chemistryCommands()
{
    return {{"sample", "Make the sample project from RDKit's own tables", makeSample},
            {"preview", "Show what an import would make of tables", makePreview},
            {"import", "Import tables of molecules and labels into a project", makeImport},
            {"data", "Data sets of the field: list, describe, fetch and import them", makeData},
            {"curate", "Standardise structures, settle duplicates, list contradicting labels", makeCurate},
            {"search", "Find molecules by name, id, structure, substructure or similarity", makeSearch},
            {"stats", "Statistics of tasks and pairs of tasks, outliers, scaffolds", makeStats},
            {"split", "Divide molecules into training, validation and test, and tell how hard that is", makeSplitCommand},
            {"predict", "Predict for all molecules of a table", makePredict},
            {"explain", "Show what each atom adds to a prediction", makeExplain},
            {"model", "The library of models: add, list, info, remove", makeModel},
            {"fingerprint", "Write what a layer makes of all molecules of a table", makeFingerprint},
            {"parity", "Compare everything with the published library's own numbers", makeParity},
            {"bench", "Measure speed, memory and size on this machine", makeBench}};
}

std::vector<Method> chemistryMethods()
{
    std::vector<Method> methods = importMethods();
    for (auto&& group : {predictMethods(), moleculeMethods(), modelMethods(), splitMethods(), dataMethods(), curateMethods(), searchMethods(), statisticsMethods()})
        methods.insert(methods.end(), group.begin(), group.end());
    return methods;
}

} // namespace papilio::engine
