// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <limits>
#include <map>
#include <numeric>

#include <nlohmann/json.hpp>

#include "chem/inputs.h"
#include "chem/molecule.h"
#include "chem/positionalexact.h"
#include "engine/parity/parity.h"
#include "nn/safetensors.h"

namespace papilio::engine
{

namespace
{

using nlohmann::json;

constexpr double tolerance = 1e-5;
constexpr double halfStep = 1.0 / 2048; ///< relative rounding error of half precision
constexpr std::size_t eigenvectors = 8;
constexpr double infinite = std::numeric_limits<double>::infinity();

/// One molecule of the reference, and ours.
struct Case {
    const json& facts;
    const nn::TensorMap& tensors;
    std::string prefix;
    chem::Molecule molecule;
    std::vector<std::size_t> ours; ///< row of the reference → our atom

    const std::vector<float>* values(const std::string& key) const
    {
        const auto found = tensors.find(prefix + key);
        return found == tensors.end() ? nullptr : &found->second.values;
    }
};

/// Largest deviation of every tensor over all molecules.
class Deviations
{
public:
    void add(const std::string& tensor, double deviation) { m_largest[tensor] = std::max(m_largest[tensor], deviation); }
    const std::map<std::string, double>& all() const { return m_largest; }

private:
    std::map<std::string, double> m_largest;
};

void compareNodes(const Case& one, bool metal, Deviations& deviations)
{
    const MolGraph& graph = one.molecule.graph();
    std::array<float, atomFeatureCount> row{};
    for (std::size_t i = 0; i < one.ours.size(); ++i) {
        expandAtom(graph.atoms[one.ours[i]], row);
        for (std::size_t k = 0; k < row.size(); ++k) {
            if (!metal || k != 2) // radical electrons of three metal atoms depend on RDKit's version
                deviations.add("node_feat", std::abs(row[k] - (*one.values("node_feat"))[i * row.size() + k]));
        }
    }
}

void compareEdges(const Case& one, Deviations& deviations)
{
    const MolGraph& graph = one.molecule.graph();
    const std::size_t edges = 2 * graph.bonds.size();
    if (edges == 0)
        return;
    const auto& ends = *one.values("edge_index");
    std::array<float, bondFeatureCount> row{};
    for (std::size_t edge = 0; edge < edges; ++edge) {
        const std::uint32_t mine = one.molecule.edgeToCanonical()[edge];
        const BondCode& bond = graph.bonds[mine / 2];
        const std::size_t from = mine % 2 == 0 ? bond.begin : bond.end, to = mine % 2 == 0 ? bond.end : bond.begin;
        const bool same = from == one.ours[static_cast<std::size_t>(ends[edge])] &&
                          to == one.ours[static_cast<std::size_t>(ends[edges + edge])];
        deviations.add("edge_index", same ? 0 : infinite);
        expandBond(bond, row);
        for (std::size_t k = 0; k < row.size(); ++k)
            deviations.add("edge_feat", std::abs(row[k] - (*one.values("edge_feat"))[edge * row.size() + k]));
    }
}

void compareWalks(const Case& one, const chem::ExactEncodings& exact, Deviations& deviations)
{
    const auto& expected = *one.values("rw_return_probs");
    for (std::size_t i = 0; i < one.ours.size(); ++i)
        for (std::size_t k = 0; k < Encodings::walkCount; ++k)
            deviations.add("rw_return_probs", std::abs(exact.walkReturns[one.ours[i] * Encodings::walkCount + k] -
                                                       double(expected[i * Encodings::walkCount + k])));
}

/// Connected parts, each as rows of the reference, in the order of their smallest row.
std::vector<std::vector<std::size_t>> partsOf(const Case& one)
{
    const MolGraph& graph = one.molecule.graph();
    std::vector<std::size_t> row(one.ours.size()), label(one.ours.size());
    for (std::size_t i = 0; i < row.size(); ++i)
        row[one.ours[i]] = i;
    std::iota(label.begin(), label.end(), std::size_t{0});
    for (bool changed = true; changed;) {
        changed = false;
        for (const BondCode& bond : graph.bonds) {
            std::size_t& a = label[row[bond.begin]];
            std::size_t& b = label[row[bond.end]];
            changed |= a != b;
            a = b = std::min(a, b);
        }
    }
    std::map<std::size_t, std::vector<std::size_t>> byLabel;
    for (std::size_t i = 0; i < label.size(); ++i)
        byLabel[label[i]].push_back(i);
    std::vector<std::vector<std::size_t>> parts;
    for (auto& [key, rows] : byLabel)
        parts.push_back(std::move(rows));
    return parts;
}

/// Columns of a part whose eigenvalue is simple: the others may stand in any basis of their space.
std::vector<std::size_t> simpleColumns(const json& part)
{
    const auto used = std::min<std::size_t>(part["atoms"].get<std::size_t>(), eigenvectors);
    std::vector<std::size_t> columns;
    for (std::size_t k = 0; k < used; ++k) {
        bool simple = !(part["last_block_cut_off"].get<bool>() && k == eigenvectors - 1);
        for (const auto& run : part["equal_eigenvalues"])
            simple = simple && !(k >= run[0].get<std::size_t>() && k <= run[1].get<std::size_t>());
        if (simple)
            columns.push_back(k);
    }
    return columns;
}

void compareVector(const Case& one, const std::vector<std::size_t>& rows, std::size_t k,
                   const chem::ExactEncodings& exact, Deviations& deviations)
{
    const auto& expected = *one.values("laplacian_eigvec");
    const auto mine = [&](std::size_t row) { return exact.laplacianVectors[one.ours[row] * eigenvectors + k]; };
    double overlap = 0;
    for (const std::size_t row : rows)
        overlap += mine(row) * double(expected[row * eigenvectors + k]);
    for (const std::size_t row : rows) {
        const double truth = double(expected[row * eigenvectors + k]) * (overlap < 0 ? -1 : 1);
        deviations.add("laplacian_eigvec", std::abs(mine(row) - truth));
    }
}

/// ‖L v − λ v‖∞ of all our vectors.
void compareResiduals(const Case& one, const chem::ExactEncodings& exact, Deviations& deviations)
{
    const MolGraph& graph = one.molecule.graph();
    for (std::size_t k = 0; k < eigenvectors; ++k) {
        const auto at = [k](std::size_t atom) { return atom * eigenvectors + k; };
        std::vector<double> rest(graph.atoms.size());
        for (std::size_t atom = 0; atom < rest.size(); ++atom)
            rest[atom] = -exact.laplacianValues[at(atom)] * exact.laplacianVectors[at(atom)];
        for (const BondCode& bond : graph.bonds) {
            const double step = exact.laplacianVectors[at(bond.begin)] - exact.laplacianVectors[at(bond.end)];
            rest[bond.begin] += step;
            rest[bond.end] -= step;
        }
        for (const double value : rest)
            deviations.add("laplacian residual", std::abs(value));
    }
}

void compareLaplacian(const Case& one, const chem::ExactEncodings& exact, Deviations& deviations)
{
    const auto& values = *one.values("laplacian_eigval");
    for (std::size_t i = 0; i < one.ours.size(); ++i)
        for (std::size_t k = 0; k < eigenvectors; ++k)
            deviations.add("laplacian_eigval", std::abs(exact.laplacianValues[one.ours[i] * eigenvectors + k] -
                                                        double(values[i * eigenvectors + k])));
    const auto parts = partsOf(one);
    for (std::size_t p = 0; p < parts.size() && p < one.facts["components"].size(); ++p)
        for (const std::size_t k : simpleColumns(one.facts["components"][p]))
            compareVector(one, parts[p], k, exact, deviations);
    compareResiduals(one, exact, deviations);
}

/// Encodings of pairs as the network gets them, rounded to half precision.
Result<> comparePairs(const Case& one, Deviations& deviations)
{
    for (const EncodingType type : {EncodingType::Electrostatic, EncodingType::Commute, EncodingType::ShortestPath}) {
        const EncodingSpec spec{type, Level::NodePair, 1};
        const std::string key = encodingKey(spec);
        const auto* expected = one.values(key);
        if (expected == nullptr)
            continue;
        FeatureSet set;
        set.encodings = {spec};
        const auto inputs = chem::computeInputs(one.molecule, set);
        if (!inputs)
            return tl::unexpected<Error>(inputs.error());
        const auto& mine = inputs->encodings.front().values;
        const std::size_t atoms = one.ours.size();
        double largest = 0, deviation = 0;
        for (std::size_t i = 0; i < atoms; ++i) {
            for (std::size_t j = 0; j < atoms; ++j) {
                const double truth = (*expected)[i * atoms + j];
                const double gap = std::abs(mine[one.ours[i] * atoms + one.ours[j]] - truth);
                largest = std::max(largest, std::abs(truth));
                deviation = std::max(deviation, std::max(0.0, gap - halfStep * std::abs(truth)));
            }
        }
        deviations.add(key, largest > 0 ? deviation / largest : deviation);
    }
    return {};
}

Result<> compareMolecule(const json& document, const json& facts, const nn::TensorMap& tensors, Deviations& deviations)
{
    auto molecule = chem::Molecule::fromSmiles(facts["smiles"].get<std::string>());
    if (!molecule)
        return tl::unexpected<Error>(molecule.error());
    const auto index = facts["index"].get<int>();
    char prefix[16];
    std::snprintf(prefix, sizeof prefix, "%02d/", index);
    Case one{facts, tensors, prefix, std::move(*molecule), {}};
    for (const float written : *one.values("atom_order"))
        one.ours.push_back(one.molecule.toCanonical()[static_cast<std::size_t>(written)]);
    const bool metal = document["differs_in_rdkit"]["molecules"].contains(std::to_string(index));
    const chem::ExactEncodings exact = chem::computeExactEncodings(one.molecule.graph());
    compareNodes(one, metal, deviations);
    compareEdges(one, deviations);
    compareWalks(one, exact, deviations);
    compareLaplacian(one, exact, deviations);
    return comparePairs(one, deviations);
}

} // namespace

Result<ParityResults> checkFeatures(const std::string& folder)
{
    std::ifstream stream(folder + "/features.json");
    const json document = json::parse(stream, nullptr, false);
    if (!document.is_object() || !document.contains("molecules"))
        return fail(ErrorCode::NotFound, "'" + folder + "/features.json' cannot be read.");
    const auto file = nn::readSafetensors(folder + "/features.safetensors");
    if (!file)
        return tl::unexpected<Error>(file.error());
    Deviations deviations;
    for (const json& facts : document["molecules"])
        PAPILIO_TRY(compareMolecule(document, facts, file->tensors, deviations));
    ParityResults results;
    for (const auto& [tensor, largest] : deviations.all()) {
        const bool exact = tensor == "node_feat" || tensor == "edge_feat" || tensor == "edge_index" ||
                           tensor == "nodepair_graphormer";
        results.push_back({"features", tensor, largest, exact ? 0 : tolerance, false, ""});
    }
    return results;
}

} // namespace papilio::engine
