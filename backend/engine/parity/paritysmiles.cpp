// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>

#include <nlohmann/json.hpp>

#include "chem/molecule.h"
#include "engine/featurise.h"
#include "engine/parity/parity.h"
#include "learn/fingerprint.h"
#include "nn/safetensors.h"

namespace papilio::engine
{

namespace
{

using nlohmann::json;

constexpr double tolerance = 0.0005;

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
    double largest = 0;
    int count = 0;
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
        largest = std::max(largest, cosineGap(mine->front().values, expected->second.values));
        ++count;
    }
    return ParityResults{{"minimol", "fingerprint from SMILES, 1 − cosine", largest, tolerance, false,
                          std::to_string(count) + " molecules"}};
}

} // namespace papilio::engine
