// SPDX-License-Identifier: GPL-3.0-or-later
// How many molecules a second of its own time one core computes the inputs of: bench_inputs FILE-OF-SMILES [molecules]
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string>
#include <vector>

#include "chem/inputs.h"
#include "chem/runtime.h"

using namespace papilio;

namespace
{

/// Not the clock on the wall: other programs do not count.
double processorSeconds()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

void measure(const char* name, const std::vector<chem::Molecule>& molecules, const FeatureSet& set)
{
    const double start = processorSeconds();
    double seconds = 0;
    std::size_t done = 0;
    while (seconds < 1.0) {
        for (const chem::Molecule& molecule : molecules) {
            if (seconds > 5) {
                break;
            }
            done += chem::computeInputs(molecule, set) ? 1 : 0;
            seconds = processorSeconds() - start;
        }
    }
    std::printf("%-28s %10.0f molecules/s\n", name, static_cast<double>(done) / seconds);
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 2) {
        std::fprintf(stderr, "usage: bench_inputs FILE-OF-SMILES [molecules]\n");
        return 2;
    }
    chem::initialise();
    const std::size_t most = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 1000;
    std::vector<std::string> smiles;
    std::ifstream file(argv[1]);
    for (std::string line; smiles.size() < most && std::getline(file, line);) {
        smiles.push_back(line);
    }
    std::vector<chem::Molecule> molecules;
    const double start = processorSeconds();
    double atoms = 0;
    for (const std::string& one : smiles) {
        if (auto molecule = chem::Molecule::fromSmiles(one)) {
            atoms += static_cast<double>(molecule->graph().atoms.size());
            molecules.push_back(std::move(*molecule));
        }
    }
    const double seconds = processorSeconds() - start;
    std::printf("%zu molecules, %.1f atoms each\n%-28s %10.0f molecules/s\n", molecules.size(),
                atoms / static_cast<double>(molecules.size()), "read SMILES",
                static_cast<double>(molecules.size()) / seconds);
    measure("standard, 85 + 13 + 3", molecules, {});
    FeatureSet none;
    none.encodings.clear();
    measure("85 + 13 alone", molecules, none);
    FeatureSet all = none;
    all.atomOneHot.clear();
    all.atomFloat.clear();
    all.bond.clear();
    for (const auto& property : atomOneHotProperties()) {
        all.atomOneHot.push_back(property.name);
    }
    for (const auto& property : atomFloatProperties()) {
        all.atomFloat.push_back(property.name);
    }
    for (const auto& property : bondProperties()) {
        if (property.name != "conformer-bond-length") {
            all.bond.push_back(property.name);
        }
    }
    measure("all properties without 3D", molecules, all);
    FeatureSet every = none; // one atom column, so that the encoding is what is measured
    every.atomOneHot.clear();
    every.atomFloat = {"aromatic"};
    every.bond.clear();
    FeatureSet one = every;
    for (const std::string& name : encodingTypeNames()) {
        one.encodings = {defaultEncoding(*encodingTypeFromName(name))};
        if (one.encodings.front().type != EncodingType::Positions) {
            every.encodings.push_back(one.encodings.front());
        }
        measure(name.c_str(), molecules, one);
    }
    measure("all encodings without 3D", molecules, every);
    return 0;
}
