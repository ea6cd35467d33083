// SPDX-License-Identifier: GPL-3.0-or-later
#include "chem/positional.h"

#include <unordered_map>

#include "chem/encodingvalues.h"
#include "chem/positionalexact.h"

namespace papilio::chem
{

namespace
{

constexpr std::size_t mostAtoms = 12; ///< larger molecules seldom share their skeleton
constexpr std::size_t mostKept = 8192; ///< skeletons; about 6 MB a thread

/// All that the encodings depend on.
std::string skeletonOf(const MolGraph& graph)
{
    std::string key(1 + 2 * graph.bonds.size(), '\0');
    key[0] = static_cast<char>(graph.atoms.size());
    for (std::size_t i = 0; i < graph.bonds.size(); ++i) {
        key[1 + 2 * i] = static_cast<char>(graph.bonds[i].begin);
        key[2 + 2 * i] = static_cast<char>(graph.bonds[i].end);
    }
    return key;
}

std::string computedBytes(const MolGraph& graph)
{
    const ExactEncodings exact = computeExactEncodings(graph);
    return Encodings::toBytes(exact.laplacianVectors, exact.laplacianValues, exact.walkReturns);
}

} // namespace

ExactEncodings computeExactEncodings(const MolGraph& graph)
{
    GraphAlgebra algebra(graph);
    const auto values = [&algebra](EncodingType type) { return ownEncoding(algebra, defaultEncoding(type)); };
    return {values(EncodingType::LaplacianVectors), values(EncodingType::LaplacianValues),
            values(EncodingType::WalkReturns)};
}

Encodings computeEncodings(const MolGraph& graph)
{
    static_assert(Encodings::laplacianCount == 8 && Encodings::walkCount == 16); // as in defaultEncoding()
    const ExactEncodings exact = computeExactEncodings(graph);
    return {roundedValues(exact.laplacianVectors), roundedValues(exact.laplacianValues),
            roundedValues(exact.walkReturns)};
}

/// Of a set of small molecules most have a skeleton that others have, too (the 134,000 of QM9 have some 5,000), and the
/// encodings depend on nothing else.
std::string encodingBytes(const MolGraph& graph)
{
    if (graph.atoms.size() > mostAtoms) {
        return computedBytes(graph);
    }
    thread_local std::unordered_map<std::string, std::string> kept;
    std::string skeleton = skeletonOf(graph);
    if (const auto found = kept.find(skeleton); found != kept.end()) {
        return found->second;
    }
    if (kept.size() >= mostKept) {
        kept.clear();
    }
    return kept.emplace(std::move(skeleton), computedBytes(graph)).first->second;
}

} // namespace papilio::chem
