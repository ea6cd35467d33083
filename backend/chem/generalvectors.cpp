// SPDX-License-Identifier: GPL-3.0-or-later
#include "chem/generalvectors.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <Eigen/Eigenvalues>
#include <GraphMol/new_canon.h>

#include "chem/moleculedata.h"

namespace papilio::chem
{

namespace
{

/// L, D^-1/2 L D^-1/2 or D^-1 L of whole parts of a molecule; row i belongs to atoms[i].
Eigen::MatrixXd laplacian(const Topology& topology, const std::vector<int>& atoms, LaplacianNorm norm)
{
    const auto count = static_cast<Eigen::Index>(atoms.size());
    std::vector<Eigen::Index> place(topology.component.size(), -1);
    for (Eigen::Index i = 0; i < count; ++i) {
        place[static_cast<std::size_t>(atoms[static_cast<std::size_t>(i)])] = i;
    }
    const auto scale = [norm](int degree, bool row) {
        if (norm == LaplacianNorm::None || degree == 0) {
            return 1.0;
        }
        return norm == LaplacianNorm::Symmetric ? 1 / std::sqrt(double(degree)) : row ? 1.0 / degree : 1.0;
    };
    Eigen::MatrixXd out = Eigen::MatrixXd::Zero(count, count);
    for (Eigen::Index i = 0; i < count; ++i) {
        const int atom = atoms[static_cast<std::size_t>(i)], degree = topology.degree(atom);
        out(i, i) = degree * scale(degree, true) * scale(degree, false);
        for (int k = topology.first[atom]; k < topology.first[atom + 1]; ++k) {
            const int other = topology.neighbour[k];
            out(i, place[static_cast<std::size_t>(other)]) =
                -scale(degree, true) * scale(topology.degree(other), false);
        }
    }
    return out;
}

/// Column k: the vector of the k-th smallest eigenvalue, of unit length.
Eigen::MatrixXd smallestVectors(const Eigen::MatrixXd& matrix, int most)
{
    const Eigen::EigenSolver<Eigen::MatrixXd> solver(matrix);
    const auto& values = solver.eigenvalues();
    const Eigen::MatrixXd vectors = solver.eigenvectors().real();
    std::vector<Eigen::Index> order(static_cast<std::size_t>(matrix.rows()));
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](Eigen::Index a, Eigen::Index b) { return values[a].real() < values[b].real(); });
    order.resize(std::min(order.size(), static_cast<std::size_t>(most)));
    Eigen::MatrixXd out(matrix.rows(), static_cast<Eigen::Index>(order.size()));
    for (std::size_t k = 0; k < order.size(); ++k) {
        auto column = out.col(static_cast<Eigen::Index>(k));
        column = vectors.col(order[k]).normalized();
        const double largest = column.cwiseAbs().maxCoeff();
        const auto first = std::find_if(column.begin(), column.end(),
                                        [largest](double entry) { return std::abs(entry) > largest - 1e-9; });
        column *= first != column.end() && *first < 0 ? -1 : 1;
    }
    return out;
}

} // namespace

std::vector<double> generalVectors(const Molecule& molecule, const Topology& topology, const EncodingSpec& spec)
{
    const auto count = static_cast<std::size_t>(spec.count);
    std::vector<unsigned> ranks;
    RDKit::Canon::rankMolAtoms(*canonicalCopy(molecule), ranks);
    std::vector<std::vector<int>> groups = topology.parts;
    if (!spec.perComponent) {
        groups.assign(1, std::vector<int>(topology.component.size()));
        std::iota(groups[0].begin(), groups[0].end(), 0);
    }
    std::vector<double> out(topology.component.size() * count, 0);
    for (std::vector<int>& atoms : groups) {
        std::sort(atoms.begin(), atoms.end(), [&](int a, int b) {
            return ranks[static_cast<std::size_t>(a)] < ranks[static_cast<std::size_t>(b)];
        });
        const Eigen::MatrixXd vectors = smallestVectors(laplacian(topology, atoms, spec.norm), spec.count);
        for (Eigen::Index k = 0; k < vectors.cols(); ++k) {
            for (Eigen::Index i = 0; i < vectors.rows(); ++i) {
                out[static_cast<std::size_t>(atoms[static_cast<std::size_t>(i)]) * count + static_cast<std::size_t>(k)] =
                    vectors(i, k);
            }
        }
    }
    return out;
}

} // namespace papilio::chem
