// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/encodings.h"
#include "core/error.h"
#include "core/molgraph.h"
#include "core/task.h"

namespace papilio
{

/// Positional and structural encodings (arXiv 2310.04292 and its library). L = D − A, P = D⁻¹A.
enum class EncodingType : std::uint8_t {
    LaplacianVectors, ///< "laplacian_eigvec", node: the first 'count' eigenvectors, the trivial one included
    LaplacianValues,  ///< "laplacian_eigval", node: their eigenvalues, repeated on the atoms of the component
    WalkReturns,      ///< "rw_return_probs", node: diagonal of Pᵏ · k^(space_dim/2)
    WalkTransitions,  ///< "rw_transition_probs", node pair: Pᵏ · k^(space_dim/2)
    Electrostatic,    ///< "electrostatic", node pair: L⁺ᵢⱼ − L⁺ⱼⱼ
    Commute,          ///< "commute", node pair: vol(G) · (L⁺ᵢᵢ + L⁺ⱼⱼ − 2 L⁺ᵢⱼ), vol(G) = 2 × bonds
    ShortestPath,     ///< "graphormer", node pair: number of bonds between; −1 where there is no path
    Positions,        ///< "positions_3d", node: x, y, z in Å of an embedded conformer; NaN where there is none
};

enum class LaplacianNorm : std::uint8_t { None, Symmetric, RandomWalk }; ///< "none", "sym", "inv"

/// One encoding as it enters the network.
struct EncodingSpec {
    EncodingType type = EncodingType::LaplacianVectors;
    Level level = Level::Node; ///< transferred from the type's own level where it differs, see encodingWidth()
    int count = 8;             ///< eigenvectors, or steps 1 … count of a walk; others ignore it and must have 1
    LaplacianNorm norm = LaplacianNorm::None; ///< Laplacian only
    bool perComponent = true;  ///< Laplacian only: each connected part has its own decomposition
    double spaceDim = 0;       ///< walks only
    /// Laplacian vectors only: as a general eigen-solver gives them for atoms in order of their canonical ranks, which
    /// is how the published library computes them and what its trained models know. Where eigenvalues coincide such
    /// vectors are neither orthogonal nor fixed by the graph alone; see chem/generalvectors.h.
    bool generalSolver = false;
    friend bool operator==(const EncodingSpec&, const EncodingSpec&) = default;
};

/// The published key: the type's name at node level, "LEVEL_TYPE" elsewhere ("nodepair_electrostatic").
std::string encodingKey(const EncodingSpec& spec);
std::string_view encodingTypeName(EncodingType type);
std::optional<EncodingType> encodingTypeFromName(std::string_view name);
std::vector<std::string> encodingTypeNames();
Level ownLevel(EncodingType type);                ///< where it lives before any transfer: Node or NodePair
EncodingSpec defaultEncoding(EncodingType type);  ///< at its own level: 8 eigenvectors, 16 steps
/// Columns. Transfers: node → edge and node → node pair give [sum ‖ |difference|] (2 × own), node pair → node the
/// minimum, mean and deviation over rows and over columns (6 × own), node pair → edge a look-up.
int encodingWidth(const EncodingSpec& spec);
int ownWidth(const EncodingSpec& spec); ///< before the transfer

/// Everything that is computed from a molecule before the network sees it, named and versioned. Property names as in
/// the published library; atomOneHotProperties() and its like list them.
struct FeatureSet {
    std::string name = "graphium-85-13";
    std::vector<std::string> atomOneHot = {"atomic-number", "group", "period", "total-valence"};
    std::vector<std::string> atomFloat = {"degree", "formal-charge", "radical-electron", "aromatic", "in-ring"};
    std::vector<std::string> bond = {"bond-type-onehot", "stereo", "in-ring"};
    std::vector<EncodingSpec> encodings = {{EncodingType::LaplacianVectors},
                                           {EncodingType::LaplacianValues},
                                           {EncodingType::WalkReturns, Level::Node, 16}};
    friend bool operator==(const FeatureSet&, const FeatureSet&) = default;
};

/// A property that a feature set may name.
struct FeatureProperty {
    std::string name;
    int width = 1;
    std::string meaning; ///< for people: formula, range, scale
};
const std::vector<FeatureProperty>& atomOneHotProperties();
const std::vector<FeatureProperty>& atomFloatProperties();
const std::vector<FeatureProperty>& bondProperties();

/// Unknown names (with the nearest known one), doubled ones, counts out of range, impossible transfers.
Result<> checkFeatureSet(const FeatureSet& set);
int atomWidth(const FeatureSet& set); ///< floats first, then one-hots, each in the order listed
int bondWidth(const FeatureSet& set);
std::vector<std::string> atomColumnNames(const FeatureSet& set);
std::vector<std::string> bondColumnNames(const FeatureSet& set);
/// The same with Laplacian vectors as the published library computes them, see EncodingSpec::generalSolver; the name gets
/// "-published" behind it where that changes anything.
FeatureSet asPublished(FeatureSet set);
/// True if a stored graph and its stored encodings (encodings.h) hold everything that the set asks for: the published
/// properties of atoms and bonds in their order, and no encodings but the standard three or some of them.
bool isStandard(const FeatureSet& set);
/// SHA-256 (hex) of everything that decides the values, formula versions included; not of the name.
std::string featureSetHash(const FeatureSet& set);

/// The values of one molecule for one feature set; atoms and bonds in the graph's order.
struct MoleculeInputs {
    struct Block {
        std::string key; ///< encodingKey()
        Level level = Level::Node;
        int width = 0;
        /// rows × width; rows: atoms, directed edges, or atoms² (row i, column j at i·N + j)
        std::vector<float> values;
    };
    std::int64_t atoms = 0, edges = 0; ///< edges are directed: 2 × bonds
    std::vector<float> nodeFeatures;   ///< atoms × atomWidth
    std::vector<float> edgeFeatures;   ///< edges × bondWidth
    std::vector<Block> encodings;      ///< as FeatureSet::encodings

    /// Half precision, as the published library stores them (values are rounded when they are computed, so that stored
    /// and fresh ones agree), one-hots as bits.
    std::string toBytes() const;
    static Result<MoleculeInputs> fromBytes(std::string_view bytes);
};

/// The inputs of a stored molecule for a set that isStandard(), without any chemistry.
MoleculeInputs standardInputs(const FeatureSet& set, const MolGraph& graph, const Encodings& encodings);

/// The published ToyMix/LargeMix input features, named and versioned (arXiv 2310.04292; 85 atom and 13 bond columns):
/// atoms: degree−2, formal charge, radical electrons, aromatic, in ring | atomic number 43+1 | group 19+1 | period 7+1
///        | total valence 7+1; the last slot of each one-hot is "other".
/// bonds: type 4+1 | stereo 6+1 | in ring.
/// A dummy atom (number 0) has group 18 and period 7, as in the published system.
inline constexpr std::string_view featureSetName = "graphium-85-13";
inline constexpr int atomFeatureCount = 85;
inline constexpr int bondFeatureCount = 13;

/// Writes the 85 values of one atom.
void expandAtom(const AtomCode& atom, std::span<float, atomFeatureCount> out);
/// Writes the 13 values of one bond.
void expandBond(const BondCode& bond, std::span<float, bondFeatureCount> out);

/// Column names, in order ("degree", …, "atomic-number C", …).
const std::vector<std::string>& atomFeatureNames();
const std::vector<std::string>& bondFeatureNames();

} // namespace papilio
