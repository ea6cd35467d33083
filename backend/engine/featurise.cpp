// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/featurise.h"

#include "chem/inputs.h"
#include "chem/positional.h"

namespace papilio::engine
{

Result<Featurised> Featurised::of(const chem::Molecule& molecule, const FeatureSet& set)
{
    Featurised result;
    if (isStandard(set)) {
        result.m_encodings = chem::computeEncodings(molecule.graph());
        return result;
    }
    auto inputs = chem::computeInputs(molecule, set);
    if (!inputs)
        return tl::unexpected<Error>(inputs.error());
    result.m_inputs = std::move(*inputs);
    return result;
}

nn::MoleculeInput Featurised::input(const chem::Molecule& molecule) const
{
    return {&molecule.graph(), m_encodings ? &*m_encodings : nullptr, m_inputs ? &*m_inputs : nullptr};
}

} // namespace papilio::engine
