// SPDX-License-Identifier: GPL-3.0-or-later
#include "chem/stereo.h"

#include <GraphMol/MolOps.h>
#include <GraphMol/SmilesParse/SmilesWrite.h>

#include "chem/moleculedata.h"

namespace papilio::chem
{

bool tellsStereo(std::string_view smiles)
{
    return smiles.find_first_of("@/\\") != smiles.npos;
}

Result<std::string> smilesWithoutStereo(std::string_view canonicalSmiles)
{
    if (!tellsStereo(canonicalSmiles)) {
        return std::string(canonicalSmiles);
    }
    const auto molecule = Molecule::fromSmiles(canonicalSmiles);
    if (!molecule) {
        return tl::unexpected<Error>(molecule.error());
    }
    try {
        RDKit::RWMol flat(*molecule->data().mol);
        RDKit::MolOps::removeStereochemistry(flat);
        // Read once more: ranks of atoms may remember what was taken away.
        const auto again = Molecule::fromSmiles(RDKit::MolToSmiles(flat));
        return again ? Result<std::string>(again->canonicalSmiles()) : tl::unexpected<Error>(again.error());
    } catch (const std::exception& exception) {
        return fail(ErrorCode::BadInput,
                    "The stereo of '" + std::string(canonicalSmiles) + "' cannot be removed: " + exception.what());
    }
}

} // namespace papilio::chem
