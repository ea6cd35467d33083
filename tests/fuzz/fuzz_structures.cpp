// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a structure: a mol block if they hold a line end, else one line (SMILES, CXSMILES, InChI).
#include <cstdint>
#include <cstdlib>
#include <string>

#include "chem/molecule.h"
#include "chem/positional.h"
#include "chem/runtime.h"
#include "data/structures.h"

using namespace papilio;

extern "C" int LLVMFuzzerInitialize(int*, char***)
{
    chem::initialise();
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string text(reinterpret_cast<const char*>(data), size);
    const auto molecule = data::readStructure(text, text.find('\n') != std::string::npos);
    if (molecule) {
        const MolGraph& graph = molecule->graph();
        if (graph.atoms.size() < 60 && chem::computeEncodings(graph).atomCount() != graph.atoms.size()) {
            std::abort();
        }
    }
    return 0;
}
