// SPDX-License-Identifier: GPL-3.0-or-later
#include "chem/inputs.h"

#include <algorithm>
#include <exception>
#include <limits>

#include "chem/encodingvalues.h"
#include "chem/generalvectors.h"
#include "chem/propertyvalues.h"

namespace papilio::chem
{

namespace
{

std::vector<double> positionsOf(const MolGraph& graph, LazyConformer& lazy)
{
    const Conformer* const conformer = lazy.get();
    std::vector<double> out(3 * graph.atoms.size(), std::numeric_limits<double>::quiet_NaN());
    for (std::size_t i = 0; conformer && i < graph.atoms.size(); ++i) {
        out[3 * i] = conformer->atoms[i].x;
        out[3 * i + 1] = conformer->atoms[i].y;
        out[3 * i + 2] = conformer->atoms[i].z;
    }
    return out;
}

MoleculeInputs compute(const MolGraph& graph, const Molecule* molecule, const FeatureSet& set)
{
    LazyConformer conformer(molecule);
    MoleculeInputs inputs;
    inputs.atoms = static_cast<std::int64_t>(graph.atoms.size());
    inputs.edges = static_cast<std::int64_t>(2 * graph.bonds.size());
    const PropertyValues properties(graph, molecule, set, conformer);
    inputs.nodeFeatures = properties.atoms();
    inputs.edgeFeatures = properties.edges();
    GraphAlgebra algebra(graph);
    for (const EncodingSpec& spec : set.encodings) {
        std::vector<double> own = spec.type == EncodingType::Positions ? positionsOf(graph, conformer)
                                  : spec.generalSolver                 ? generalVectors(*molecule, algebra.topology(), spec)
                                                                       : ownEncoding(algebra, spec);
        inputs.encodings.push_back({encodingKey(spec), spec.level, encodingWidth(spec),
                                    roundedValues(transferred(std::move(own), spec, graph))});
    }
    return inputs;
}

} // namespace

Result<MoleculeInputs> computeInputs(const Molecule& molecule, const FeatureSet& set)
{
    PAPILIO_TRY(checkFeatureSet(set));
    try {
        return compute(molecule.graph(), &molecule, set);
    } catch (const std::exception& exception) {
        return fail(ErrorCode::Unsupported, "RDKit cannot compute input features of " + molecule.canonicalSmiles() +
                                                ": " + exception.what() + ".");
    }
}

bool needsStructure(const FeatureSet& set)
{
    return needsMolecule(set) || std::ranges::any_of(set.encodings, [](const EncodingSpec& spec) {
               return spec.type == EncodingType::Positions || spec.generalSolver;
           });
}

Result<MoleculeInputs> computeInputs(const MolGraph& graph, const FeatureSet& set)
{
    PAPILIO_TRY(checkFeatureSet(set));
    if (needsStructure(set)) {
        return fail(ErrorCode::Internal, "feature set '" + set.name + "' needs more than the graph of a molecule.");
    }
    return compute(graph, nullptr, set);
}

} // namespace papilio::chem
