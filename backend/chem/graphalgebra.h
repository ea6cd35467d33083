// SPDX-License-Identifier: GPL-3.0-or-later
// Private to chem: the one header of this folder that shows Eigen.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include <Eigen/Dense>

#include "chem/topology.h"
#include "core/features.h"

namespace papilio::chem
{

/// All eigenvalues of a Laplacian of some atoms, ascending, and orthonormal eigenvectors as columns.
struct Spectrum {
    std::vector<int> atoms;
    Eigen::VectorXd values;
    Eigen::MatrixXd vectors;
};

/// What several encodings of one molecule need, each computed when it is first asked for and then kept.
class GraphAlgebra
{
public:
    explicit GraphAlgebra(const MolGraph& graph);

    const Topology& topology() const { return m_topology; }
    int atomCount() const { return m_topology.atomCount(); }

    /// One spectrum for each connected part, or one of all atoms together. For RandomWalk the symmetric Laplacian's:
    /// its values are the same, its vectors are led over in eigenvectors().
    const std::vector<Spectrum>& spectra(LaplacianNorm norm, bool perComponent);
    /// L⁺ of the whole molecule; zero between parts.
    const Eigen::MatrixXd& pseudoInverse();
    /// (D^-1/2 A D^-1/2)^k of one connected part.
    const Eigen::MatrixXd& power(std::size_t part, int k);

private:
    Topology m_topology;
    std::array<std::unique_ptr<std::vector<Spectrum>>, 4> m_spectra; ///< 2 × normalised + per component
    std::unique_ptr<Eigen::MatrixXd> m_pseudoInverse;
    std::vector<std::vector<Eigen::MatrixXd>> m_powers; ///< by part, from k = 0
    std::vector<double> m_weights; ///< of S, by place in the topology's list of neighbours
};

/// The first 'count' eigenvectors (or all there are) as columns, of unit length, with a sign and, where eigenvalues
/// coincide, a basis that depend on the graph alone.
Eigen::MatrixXd eigenvectors(const Topology& topology, const Spectrum& spectrum, LaplacianNorm norm, int count);

/// Bonds between all pairs of atoms, row-major; −1 between parts.
std::vector<int> shortestPaths(const Topology& topology);

} // namespace papilio::chem
