// SPDX-License-Identifier: GPL-3.0-or-later
#include "chem/positional.h"

#include "chem/encodingvalues.h"
#include "chem/positionalexact.h"

namespace papilio::chem
{

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

std::string encodingBytes(const MolGraph& graph)
{
    const ExactEncodings exact = computeExactEncodings(graph);
    return Encodings::toBytes(exact.laplacianVectors, exact.laplacianValues, exact.walkReturns);
}

} // namespace papilio::chem
