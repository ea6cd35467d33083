// SPDX-License-Identifier: GPL-3.0-or-later
#include "chem/positional.h"

#include <algorithm>
#include <cmath>

#include <Eigen/Dense>

#include "chem/positionalexact.h"

namespace papilio::chem
{

namespace
{

constexpr int vectors = Encodings::laplacianCount;
constexpr int steps = Encodings::walkCount;
constexpr double equal =
    1e-7; // eigenvalues closer than this belong to one eigenspace; distinct ones of molecules lie apart
constexpr double tied = 1e-9; // entries closer than this count as equally large

/// Neighbours of all atoms in one array; the atoms of a component stand in rising order.
struct Topology {
    std::vector<int> first; ///< N + 1 offsets into 'neighbour'
    std::vector<int> neighbour;
    std::vector<int> component; ///< of each atom, numbered by smallest atom
    std::vector<int> local;     ///< index of each atom in its component
    int components = 0;
};

Topology topologyOf(const MolGraph& graph)
{
    const int count = static_cast<int>(graph.atoms.size());
    Topology topology;
    topology.first.assign(graph.atoms.size() + 1, 0);
    for (const BondCode& bond : graph.bonds) {
        ++topology.first[bond.begin + 1u];
        ++topology.first[bond.end + 1u];
    }
    for (int i = 0; i < count; ++i) {
        topology.first[i + 1] += topology.first[i];
    }
    topology.neighbour.resize(2 * graph.bonds.size());
    std::vector<int> next(topology.first.begin(), topology.first.end() - 1);
    for (const BondCode& bond : graph.bonds) {
        topology.neighbour[next[bond.begin]++] = bond.end;
        topology.neighbour[next[bond.end]++] = bond.begin;
    }
    topology.component.assign(graph.atoms.size(), -1);
    std::vector<int> stack;
    for (int start = 0; start < count; ++start) {
        if (topology.component[start] >= 0) {
            continue;
        }
        topology.component[start] = topology.components;
        stack.push_back(start);
        while (!stack.empty()) {
            const int atom = stack.back();
            stack.pop_back();
            for (int k = topology.first[atom]; k < topology.first[atom + 1]; ++k) {
                if (topology.component[topology.neighbour[k]] < 0) {
                    topology.component[topology.neighbour[k]] = topology.components;
                    stack.push_back(topology.neighbour[k]);
                }
            }
        }
        ++topology.components;
    }
    topology.local.resize(graph.atoms.size());
    std::vector<int> sizes(topology.components, 0);
    for (int i = 0; i < count; ++i) {
        topology.local[i] = sizes[topology.component[i]]++;
    }
    return topology;
}

/// Index of the largest entry; the first one where several are as large.
template <typename Vector> int largest(const Vector& values)
{
    int best = 0;
    for (int i = 1; i < values.size(); ++i) {
        if (values[i] > values[best] + tied) {
            best = i;
        }
    }
    return best;
}

/// An eigenspace of several dimensions has no eigenvectors of its own. Its basis is chosen from the projector onto it,
/// so that it depends on the graph alone and not on the solver: always the axis that reaches furthest into what is
/// left.
template <typename Matrix> void chooseBasis(Matrix& space, int begin, int end)
{
    const int count = static_cast<int>(space.rows());
    for (int column = begin; column < end; ++column) {
        auto rest = space.middleCols(column, end - column);
        const auto reach = rest.rowwise().squaredNorm().eval();
        const int axis = largest(reach);
        // A Householder turn of the remaining basis that puts the projection of the axis into the first column.
        Eigen::VectorXd direction = rest.row(axis).transpose() / std::sqrt(reach[axis]);
        direction[0] += direction[0] < 0 ? -1 : 1;
        const double scale = 2 / direction.squaredNorm();
        for (int row = 0; row < count; ++row) {
            const double along = scale * rest.row(row).dot(direction.transpose());
            rest.row(row) -= along * direction.transpose();
        }
    }
}

template <typename Matrix>
void laplacianOf(const Topology& topology, const std::vector<int>& atoms, ExactEncodings& out)
{
    const int count = static_cast<int>(atoms.size());
    Matrix laplacian = Matrix::Zero(count, count);
    for (int i = 0; i < count; ++i) {
        const int begin = topology.first[atoms[i]], end = topology.first[atoms[i] + 1];
        laplacian(i, i) = end - begin;
        for (int k = begin; k < end; ++k) {
            laplacian(i, topology.local[topology.neighbour[k]]) = -1;
        }
    }
    thread_local Eigen::SelfAdjointEigenSolver<Matrix> solver; // keeps its memory
    solver.compute(laplacian);
    const auto& values = solver.eigenvalues();
    Matrix space = solver.eigenvectors();
    const int used = std::min(count, vectors);
    for (int begin = 0; begin < used;) {
        int end = begin + 1;
        while (end < count && values[end] - values[end - 1] < equal) {
            ++end;
        }
        if (end - begin > 1) {
            chooseBasis(space, begin, end);
        }
        begin = end;
    }
    for (int k = 0; k < used; ++k) {
        const auto column = space.col(k);
        const double sign = column[largest(column.cwiseAbs().eval())] < 0 ? -1 : 1;
        const double value = std::abs(values[k]) < tied ? 0 : values[k];
        for (int i = 0; i < count; ++i) {
            const double entry = std::abs(column[i]) < tied ? 0 : sign * column[i];
            out.laplacianVectors[static_cast<std::size_t>(atoms[i] * vectors + k)] = entry;
            out.laplacianValues[static_cast<std::size_t>(atoms[i] * vectors + k)] = value;
        }
    }
}

/// S = D^-1/2 A D^-1/2 has the same powers on its diagonal as D^-1 A and is symmetric: rows i of S^a and S^b give
/// entry (i, i) of S^(a+b), so half the powers do; and S has few entries.
template <typename Matrix> void walksOf(const Topology& topology, const std::vector<int>& atoms, ExactEncodings& out)
{
    const int count = static_cast<int>(atoms.size());
    const auto degree = [&topology](int atom) { return topology.first[atom + 1] - topology.first[atom]; };
    Matrix power = Matrix::Identity(count, count), next(count, count);
    for (int k = 0; k < steps / 2; ++k) {
        for (int i = 0; i < count; ++i) {
            auto column = next.col(i);
            column.setZero();
            for (int e = topology.first[atoms[i]]; e < topology.first[atoms[i] + 1]; ++e) {
                const int other = topology.neighbour[e];
                column += power.col(topology.local[other]) / std::sqrt(double(degree(atoms[i])) * degree(other));
            }
        }
        for (int i = 0; i < count; ++i) {
            double* returns = out.walkReturns.data() + atoms[i] * steps;
            returns[2 * k] = power.col(i).dot(next.col(i));
            returns[2 * k + 1] = next.col(i).squaredNorm();
        }
        std::swap(power, next);
    }
}

template <typename Matrix> void encode(const Topology& topology, const std::vector<int>& atoms, ExactEncodings& out)
{
    laplacianOf<Matrix>(topology, atoms, out);
    walksOf<Matrix>(topology, atoms, out);
}

std::vector<float> rounded(const std::vector<double>& values)
{
    std::vector<float> out(values.size());
    std::transform(values.begin(), values.end(), out.begin(),
                   [](double value) { return roundToHalf(static_cast<float>(value)); });
    return out;
}

} // namespace

ExactEncodings computeExactEncodings(const MolGraph& graph)
{
    using Small = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::ColMajor, 32, 32>; // on the stack
    const std::size_t count = graph.atoms.size();
    ExactEncodings out;
    out.laplacianVectors.assign(count * vectors, 0);
    out.laplacianValues.assign(count * vectors, 0);
    out.walkReturns.assign(count * steps, 0);
    const Topology topology = topologyOf(graph);
    std::vector<std::vector<int>> members(static_cast<std::size_t>(topology.components));
    for (std::size_t i = 0; i < count; ++i) {
        members[static_cast<std::size_t>(topology.component[i])].push_back(static_cast<int>(i));
    }
    for (const std::vector<int>& atoms : members) {
        if (atoms.size() <= 32) {
            encode<Small>(topology, atoms, out);
        } else {
            encode<Eigen::MatrixXd>(topology, atoms, out);
        }
    }
    if (count == 1) {
        std::fill(out.walkReturns.begin(), out.walkReturns.end(), 1.0);
    }
    return out;
}

Encodings computeEncodings(const MolGraph& graph)
{
    const ExactEncodings exact = computeExactEncodings(graph);
    return {rounded(exact.laplacianVectors), rounded(exact.laplacianValues), rounded(exact.walkReturns)};
}

} // namespace papilio::chem
