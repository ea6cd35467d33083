// SPDX-License-Identifier: GPL-3.0-or-later
#include "chem/graphalgebra.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace papilio::chem
{

namespace
{

/// Eigenvalues closer than this belong to one eigenspace; distinct ones of molecules lie apart.
constexpr double equal = 1e-7;
constexpr double tied = 1e-9; ///< entries closer than this count as equally large

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
void chooseBasis(Eigen::MatrixXd& space, int begin, int end)
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

double inverseRoot(int degree)
{
    return degree > 0 ? 1 / std::sqrt(static_cast<double>(degree)) : 0;
}

/// Place of every atom of the molecule among 'atoms', which are whole parts.
std::vector<int> placesOf(const Topology& topology, const std::vector<int>& atoms)
{
    std::vector<int> place(topology.component.size(), -1);
    for (std::size_t i = 0; i < atoms.size(); ++i) {
        place[atoms[i]] = static_cast<int>(i);
    }
    return place;
}

template <typename Matrix> Spectrum decompose(const Topology& topology, std::vector<int> atoms, bool normalised)
{
    const int count = static_cast<int>(atoms.size());
    const std::vector<int> place = placesOf(topology, atoms);
    Matrix laplacian = Matrix::Zero(count, count);
    for (int i = 0; i < count; ++i) {
        const int degree = topology.degree(atoms[i]);
        laplacian(i, i) = normalised ? (degree > 0 ? 1 : 0) : degree;
        for (int k = topology.first[atoms[i]]; k < topology.first[atoms[i] + 1]; ++k) {
            const int other = topology.neighbour[k];
            const double weight = normalised ? inverseRoot(degree) * inverseRoot(topology.degree(other)) : 1;
            laplacian(i, place[other]) = -weight;
        }
    }
    thread_local Eigen::SelfAdjointEigenSolver<Matrix> solver; // keeps its memory
    solver.compute(laplacian);
    return {std::move(atoms), solver.eigenvalues(), solver.eigenvectors()};
}

Spectrum spectrumOf(const Topology& topology, std::vector<int> atoms, bool normalised)
{
    using Small = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::ColMajor, 32, 32>; // on the stack
    return atoms.size() <= 32 ? decompose<Small>(topology, std::move(atoms), normalised)
                              : decompose<Eigen::MatrixXd>(topology, std::move(atoms), normalised);
}

} // namespace

GraphAlgebra::GraphAlgebra(const MolGraph& graph) : m_topology(topologyOf(graph)), m_powers(m_topology.parts.size()) {}

const std::vector<Spectrum>& GraphAlgebra::spectra(LaplacianNorm norm, bool perComponent)
{
    const bool normalised = norm != LaplacianNorm::None;
    const bool apart = perComponent || m_topology.parts.size() <= 1;
    auto& kept = m_spectra[(normalised ? 2U : 0U) + (apart ? 1U : 0U)];
    if (!kept) {
        kept = std::make_unique<std::vector<Spectrum>>();
        if (apart) {
            for (const std::vector<int>& part : m_topology.parts) {
                kept->push_back(spectrumOf(m_topology, part, normalised));
            }
        } else {
            std::vector<int> all(m_topology.component.size());
            std::iota(all.begin(), all.end(), 0);
            kept->push_back(spectrumOf(m_topology, std::move(all), normalised));
        }
    }
    return *kept;
}

const Eigen::MatrixXd& GraphAlgebra::pseudoInverse()
{
    if (m_pseudoInverse) {
        return *m_pseudoInverse;
    }
    m_pseudoInverse = std::make_unique<Eigen::MatrixXd>(Eigen::MatrixXd::Zero(atomCount(), atomCount()));
    for (const Spectrum& spectrum : spectra(LaplacianNorm::None, true)) {
        const auto count = static_cast<Eigen::Index>(spectrum.atoms.size());
        if (count < 2) {
            continue;
        }
        // A connected part has the eigenvalue 0 once, and it comes first.
        const auto vectors = spectrum.vectors.rightCols(count - 1);
        const Eigen::MatrixXd block =
            vectors * spectrum.values.tail(count - 1).cwiseInverse().asDiagonal() * vectors.transpose();
        for (Eigen::Index j = 0; j < count; ++j) {
            for (Eigen::Index i = 0; i < count; ++i) {
                (*m_pseudoInverse)(spectrum.atoms[i], spectrum.atoms[j]) = block(i, j);
            }
        }
    }
    return *m_pseudoInverse;
}

/// S has few entries: one step adds up the columns of the neighbours.
const Eigen::MatrixXd& GraphAlgebra::power(std::size_t part, int k)
{
    const std::vector<int>& atoms = m_topology.parts[part];
    const auto count = static_cast<Eigen::Index>(atoms.size());
    std::vector<Eigen::MatrixXd>& powers = m_powers[part];
    if (powers.empty()) {
        powers.reserve(std::max<std::size_t>(9, static_cast<std::size_t>(k) + 1)); // 16 return probabilities need 8
        powers.push_back(Eigen::MatrixXd::Identity(count, count));
    }
    if (m_weights.empty()) {
        m_weights.resize(m_topology.neighbour.size());
        for (int i = 0; i < atomCount(); ++i) {
            for (int e = m_topology.first[i]; e < m_topology.first[i + 1]; ++e) {
                m_weights[e] = 1 / std::sqrt(double(m_topology.degree(i)) * m_topology.degree(m_topology.neighbour[e]));
            }
        }
    }
    while (powers.size() <= static_cast<std::size_t>(k)) {
        Eigen::MatrixXd next(count, count);
        const Eigen::MatrixXd& last = powers.back();
        for (Eigen::Index i = 0; i < count; ++i) {
            auto column = next.col(i);
            column.setZero();
            for (int e = m_topology.first[atoms[i]]; e < m_topology.first[atoms[i] + 1]; ++e) {
                column += m_weights[e] * last.col(m_topology.local[m_topology.neighbour[e]]);
            }
        }
        powers.push_back(std::move(next));
    }
    return powers[static_cast<std::size_t>(k)];
}

Eigen::MatrixXd eigenvectors(const Topology& topology, const Spectrum& spectrum, LaplacianNorm norm, int count)
{
    const auto& values = spectrum.values;
    const int atoms = static_cast<int>(spectrum.atoms.size()), used = std::min(atoms, count);
    int needed = used; // an eigenspace is turned as a whole
    while (needed < atoms && needed > 0 && values[needed] - values[needed - 1] < equal) {
        ++needed;
    }
    Eigen::MatrixXd space = spectrum.vectors.leftCols(needed);
    for (int begin = 0; begin < used;) {
        int end = begin + 1;
        while (end < needed && values[end] - values[end - 1] < equal) {
            ++end;
        }
        if (end - begin > 1) {
            chooseBasis(space, begin, end);
        }
        begin = end;
    }
    if (norm == LaplacianNorm::RandomWalk) { // D^-1 L has the vectors D^-1/2 v
        for (int i = 0; i < atoms; ++i) {
            const int degree = topology.degree(spectrum.atoms[i]);
            space.row(i) *= degree > 0 ? inverseRoot(degree) : 1;
        }
        space.colwise().normalize();
    }
    for (int k = 0; k < used; ++k) {
        auto column = space.col(k);
        column *= column[largest(column.cwiseAbs().eval())] < 0 ? -1 : 1;
        column = (column.array().abs() < tied).select(0.0, column);
    }
    return space.leftCols(used);
}

std::vector<int> shortestPaths(const Topology& topology)
{
    const int count = topology.atomCount();
    std::vector<int> distance(static_cast<std::size_t>(count) * static_cast<std::size_t>(count), -1);
    std::vector<int> queue;
    for (int start = 0; start < count; ++start) {
        int* const row = distance.data() + static_cast<std::size_t>(start) * static_cast<std::size_t>(count);
        row[start] = 0;
        queue.assign(1, start);
        for (std::size_t at = 0; at < queue.size(); ++at) {
            for (int k = topology.first[queue[at]]; k < topology.first[queue[at] + 1]; ++k) {
                const int other = topology.neighbour[k];
                if (row[other] < 0) {
                    row[other] = row[queue[at]] + 1;
                    queue.push_back(other);
                }
            }
        }
    }
    return distance;
}

} // namespace papilio::chem
