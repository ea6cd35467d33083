// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "chem/molecule.h"
#include "core/encodings.h"
#include "core/error.h"
#include "core/features.h"
#include "nn/batch.h"

namespace papilio::engine
{

/// What a network sees of a molecule that is not taken from a project: the standard encodings, or all inputs of another
/// feature set.
class Featurised
{
public:
    static Result<Featurised> of(const chem::Molecule& molecule, const FeatureSet& set);
    /// Refers to both; 'molecule' is the one that it was made of.
    nn::MoleculeInput input(const chem::Molecule& molecule) const;

private:
    std::optional<Encodings> m_encodings;
    std::optional<MoleculeInputs> m_inputs;
};

} // namespace papilio::engine
