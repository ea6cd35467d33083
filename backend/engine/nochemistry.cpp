// SPDX-License-Identifier: GPL-3.0-or-later
// Built instead of chemistry.cpp where there is no chemistry library.
#include "engine/chemistry.h"

namespace papilio::engine
{

void initialiseChemistry() {}

std::string chemistryVersion()
{
    return {};
}

learn::InputFiller inputFiller()
{
    return {};
}

learn::SplitMaker splitMaker()
{
    return {};
}

std::vector<CommandEntry> chemistryCommands()
{
    return {{"search", "", nullptr}, {"stats", "", nullptr}, {"split", "", nullptr}, {"data", "", nullptr}, {"sample", "", nullptr}, {"import", "", nullptr}, {"curate", "", nullptr}, {"predict", "", nullptr}, {"explain", "", nullptr}, {"model", "", nullptr},
            {"fingerprint", "", nullptr},
            {"parity", "", nullptr}};
}

std::vector<Method> chemistryMethods()
{
    // The names stay known, so that a client is told why; their parameters are not looked at.
    std::vector<Method> methods;
    for (const char* name : {"sample.create", "import.preview", "import.run", "predict.file", "molecule.depict",
                             "molecule.lookup", "molecule.explain", "molecule.conformer", "model.list", "model.add",
                             "model.info", "model.remove", "model.layers", "fingerprint.file", "split.report",
                             "split.store", "split.list", "split.export", "data.list", "data.find", "data.get", "curate.state", "curate.preview",
                             "curate.apply", "curate.conflicts"})
        methods.push_back({name, Method::Kind::NotBuiltIn, {}, nullptr});
    return methods;
}

} // namespace papilio::engine
