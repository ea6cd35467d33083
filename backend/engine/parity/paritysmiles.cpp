// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>

#include <nlohmann/json.hpp>

#include "chem/inputs.h"
#include "chem/molecule.h"
#include "chem/positionalexact.h"
#include "engine/featurise.h"
#include "engine/parity/parity.h"
#include "learn/fingerprint.h"
#include "nn/safetensors.h"

namespace papilio::engine
{

namespace
{

using nlohmann::json;

constexpr double simpleTolerance = 0.0005;
/// Where the Laplacian of a molecule has an eigenvalue twice, nothing fixes the vectors of its space: the original's own
/// change with processor and BLAS (its fingerprints then differ from themselves by up to 0.004).
constexpr double repeatedTolerance = 0.001;

/// True if two of the eigenvalues that an atom carries are equal (the zeros behind the last one of a small part are
/// not), or the last of them and the one that is cut off.
bool hasRepeatedEigenvalue(const chem::Molecule& molecule)
{
    const MolGraph& graph = molecule.graph();
    constexpr std::size_t count = Encodings::laplacianCount;
    const chem::ExactEncodings exact = chem::computeExactEncodings(graph);
    for (std::size_t atom = 0; atom < graph.atoms.size(); ++atom) {
        for (std::size_t k = 1; k < count; ++k) {
            const double lower = exact.laplacianValues[atom * count + k - 1];
            const double upper = exact.laplacianValues[atom * count + k];
            if (upper > 1e-6 && upper - lower < 1e-6)
                return true;
        }
    }
    FeatureSet more;
    more.encodings = {{EncodingType::LaplacianValues, Level::Node, count + 1}};
    const auto inputs = chem::computeInputs(molecule, more);
    for (std::size_t atom = 0; inputs && atom < graph.atoms.size(); ++atom) {
        const float* values = inputs->encodings.front().values.data() + atom * (count + 1);
        if (values[count] > 0 && values[count] == values[count - 1]) // equal in half precision
            return true;
    }
    return false;
}

double cosineGap(const std::vector<float>& a, const std::vector<float>& b)
{
    double ab = 0, aa = 0, bb = 0;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        ab += double(a[i]) * b[i];
        aa += double(a[i]) * a[i];
        bb += double(b[i]) * b[i];
    }
    return a.size() == b.size() ? 1 - ab / std::sqrt(aa * bb) : 2;
}

} // namespace

Result<ParityResults> checkFromSmiles(const std::string& folder, nn::Model& model)
{
    std::ifstream stream(folder + "/minimol.json");
    const json document = json::parse(stream, nullptr, false);
    if (!document.is_object() || !document.contains("molecules"))
        return fail(ErrorCode::NotFound, "'" + folder + "/minimol.json' cannot be read.");
    const auto file = nn::readSafetensors(folder + "/minimol.safetensors");
    if (!file)
        return tl::unexpected<Error>(file.error());
    const nn::Architecture& architecture = model.spec().architecture;
    const auto layer = learn::findLayer(model, "gnn:" + std::to_string(architecture.gnn.depth - 1));
    if (!layer)
        return tl::unexpected<Error>(layer.error());
    double largest[2] = {0, 0};
    int counts[2] = {0, 0}, count = 0;
    for (const json& facts : document["molecules"]) {
        char name[16];
        std::snprintf(name, sizeof name, "%03d", count);
        const auto expected = file->tensors.find(std::string(name) + "/fingerprint");
        const auto molecule = chem::Molecule::fromSmiles(facts["smiles"].get<std::string>());
        if (expected == file->tensors.end() || !molecule)
            return fail(ErrorCode::BadInput, "Molecule " + std::string(name) + " of '" + folder + "' cannot be compared.");
        const auto featurised = Featurised::of(*molecule, architecture.inputs);
        if (!featurised)
            return tl::unexpected<Error>(featurised.error());
        const nn::MoleculeInput input = featurised->input(*molecule);
        const auto mine = learn::fingerprints(model, {&input, 1}, *layer, learn::FingerprintPool::Max);
        if (!mine)
            return tl::unexpected<Error>(mine.error());
        const std::size_t repeated = hasRepeatedEigenvalue(*molecule) ? 1 : 0;
        largest[repeated] = std::max(largest[repeated], cosineGap(mine->front().values, expected->second.values));
        ++counts[repeated];
        ++count;
    }
    return ParityResults{{"minimol", "fingerprint from SMILES, 1 − cosine", largest[0], simpleTolerance, false,
                          std::to_string(counts[0]) + " molecules"},
                         {"minimol", "the same, repeated eigenvalues", largest[1], repeatedTolerance, false,
                          std::to_string(counts[1]) + " molecules whose eigenvectors nothing fixes"}};
}

} // namespace papilio::engine
