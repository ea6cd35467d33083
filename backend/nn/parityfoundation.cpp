// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>

#include "nn/parity.h"
#include "nn/parityfiles.h"

namespace papilio::nn
{

namespace
{

constexpr double fingerprintTolerance = 1e-4;
constexpr double headTolerance = 1e-3;

/// Column by column the largest over the atoms.
std::vector<float> maxOverAtoms(const HostTensor& atoms)
{
    const auto width = static_cast<std::size_t>(atoms.shape[1]);
    std::vector<float> most(atoms.values.begin(), atoms.values.begin() + static_cast<std::ptrdiff_t>(width));
    for (std::size_t i = 0; i < atoms.values.size(); ++i) {
        most[i % width] = std::max(most[i % width], atoms.values[i]);
    }
    return most;
}

} // namespace

Result<std::vector<ParityResult>> checkFoundationModel(const std::string& file, Model& model)
{
    const auto data = readSafetensors(file);
    if (!data) {
        return tl::unexpected<Error>(data.error());
    }
    const Architecture& a = model.spec().architecture;
    const std::vector<std::string> names = {"gnn." + std::to_string(a.gnn.depth - 1) + ".out"};
    std::map<std::string, double> gaps;
    int molecules = 0;
    for (const auto& [name, fingerprint] : data->tensors) {
        const auto slash = name.find('/');
        if (name.substr(slash) != "/fingerprint" || !data->tensors.contains(name.substr(0, slash) + "/feat")) {
            continue;
        }
        const TensorMap own = parity::under(data->tensors, name.substr(0, slash + 1));
        const auto batch = batchFromTensors(own, a.inputs);
        if (!batch) {
            return tl::unexpected<Error>(batch.error());
        }
        const auto inside = model.intermediates(*batch, names);
        if (!inside) {
            return tl::unexpected<Error>(inside.error());
        }
        double& gap = gaps["fingerprint"];
        gap = std::max(gap, deviation(maxOverAtoms(inside->at(names[0]).tensor), fingerprint.values, false));
        const auto evaluation = model.evaluate(*batch);
        if (!evaluation) {
            return tl::unexpected<Error>(evaluation.error());
        }
        for (std::size_t h = 0; h < model.spec().heads.size(); ++h) {
            const std::string head = "out/" + model.spec().heads[h].name;
            if (const auto expected = own.find(head); expected != own.end()) {
                gaps[head] = std::max(gaps[head], deviation(evaluation->outputs[h], expected->second.values, false));
            }
        }
        ++molecules;
    }
    std::vector<ParityResult> results;
    for (const auto& [tensor, gap] : gaps) {
        results.push_back({"minimol", tensor, gap, tensor == "fingerprint" ? fingerprintTolerance : headTolerance,
                           false, std::to_string(molecules) + " molecules"});
    }
    return results;
}

} // namespace papilio::nn
