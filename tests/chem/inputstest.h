// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include <QtTest>

#include "chem/encodingvalues.h"
#include "chem/inputs.h"

namespace papilio::chem
{

using Row = std::vector<double>;

inline Molecule read(std::string_view smiles)
{
    auto molecule = Molecule::fromSmiles(smiles);
    if (!molecule) {
        qFatal("%s", molecule.error().text().c_str());
    }
    return std::move(*molecule);
}

inline MoleculeInputs compute(const Molecule& molecule, const FeatureSet& set)
{
    auto inputs = computeInputs(molecule, set);
    if (!inputs) {
        qFatal("%s", inputs.error().text().c_str());
    }
    return std::move(*inputs);
}

inline FeatureSet nothing()
{
    return {"test", {}, {"aromatic"}, {}, {}};
}

inline FeatureSet withEncoding(const EncodingSpec& spec)
{
    FeatureSet set = nothing();
    set.encodings = {spec};
    return set;
}

inline EncodingSpec spec(EncodingType type, Level level, int count = 0)
{
    EncodingSpec made = defaultEncoding(type);
    made.level = level;
    made.count = count > 0 ? count : made.count;
    return made;
}

/// In double precision, atoms in the order of the graph.
inline Row exact(const MolGraph& graph, const EncodingSpec& wanted)
{
    GraphAlgebra algebra(graph);
    return transferred(ownEncoding(algebra, wanted), wanted, graph);
}

/// Everything but 3D.
inline FeatureSet everything()
{
    FeatureSet set{"everything", {}, {}, {}, {}};
    for (const FeatureProperty& property : atomOneHotProperties()) {
        set.atomOneHot.push_back(property.name);
    }
    for (const FeatureProperty& property : atomFloatProperties()) {
        set.atomFloat.push_back(property.name);
    }
    for (const FeatureProperty& property : bondProperties()) {
        if (property.name != "conformer-bond-length") {
            set.bond.push_back(property.name);
        }
    }
    for (const std::string& name : encodingTypeNames()) {
        const EncodingType type = *encodingTypeFromName(name);
        for (const Level level : {Level::Node, Level::Edge, Level::NodePair}) {
            if (type != EncodingType::Positions) {
                set.encodings.push_back(spec(type, level, type == EncodingType::WalkTransitions ? 3 : 0));
            }
        }
    }
    return set;
}

inline bool same(const MoleculeInputs& a, const MoleculeInputs& b)
{
    bool equal = a.atoms == b.atoms && a.edges == b.edges && a.nodeFeatures == b.nodeFeatures &&
                 a.edgeFeatures == b.edgeFeatures && a.encodings.size() == b.encodings.size();
    for (std::size_t i = 0; equal && i < a.encodings.size(); ++i) {
        equal = a.encodings[i].values == b.encodings[i].values;
    }
    return equal;
}

inline bool near(const Row& a, const Row& b, double tolerance = 1e-12)
{
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                              [tolerance](double x, double y) { return std::abs(x - y) <= tolerance; });
}

} // namespace papilio::chem
