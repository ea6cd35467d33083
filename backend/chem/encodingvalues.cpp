// SPDX-License-Identifier: GPL-3.0-or-later
#include "chem/encodingvalues.h"

#include <algorithm>
#include <cmath>

#include "core/encodings.h"

namespace papilio::chem
{

namespace
{

using Values = std::vector<double>;

constexpr double tied = 1e-9; ///< an eigenvalue smaller than this is 0

Values laplacianVectors(GraphAlgebra& algebra, const EncodingSpec& spec)
{
    const auto count = static_cast<std::size_t>(spec.count);
    Values out(static_cast<std::size_t>(algebra.atomCount()) * count, 0);
    for (const Spectrum& spectrum : algebra.spectra(spec.norm, spec.perComponent)) {
        const Eigen::MatrixXd vectors = eigenvectors(algebra.topology(), spectrum, spec.norm, spec.count);
        for (Eigen::Index k = 0; k < vectors.cols(); ++k) {
            for (Eigen::Index i = 0; i < vectors.rows(); ++i) {
                out[static_cast<std::size_t>(spectrum.atoms[i]) * count + static_cast<std::size_t>(k)] = vectors(i, k);
            }
        }
    }
    return out;
}

Values laplacianValues(GraphAlgebra& algebra, const EncodingSpec& spec)
{
    const auto count = static_cast<std::size_t>(spec.count);
    Values out(static_cast<std::size_t>(algebra.atomCount()) * count, 0);
    for (const Spectrum& spectrum : algebra.spectra(spec.norm, spec.perComponent)) {
        const std::size_t used = std::min(spectrum.atoms.size(), count);
        for (std::size_t k = 0; k < used; ++k) {
            const double value = spectrum.values[static_cast<Eigen::Index>(k)];
            for (const int atom : spectrum.atoms) {
                out[static_cast<std::size_t>(atom) * count + k] = std::abs(value) < tied ? 0 : value;
            }
        }
    }
    return out;
}

/// k^(space_dim/2)
double spaceFactor(const EncodingSpec& spec, int k)
{
    return spec.spaceDim == 0 ? 1 : std::pow(static_cast<double>(k), spec.spaceDim / 2);
}

/// S = D^-1/2 A D^-1/2 has the same powers on its diagonal as D^-1 A and is symmetric: rows i of S^a and S^b give
/// entry (i, i) of S^(a+b), so half the powers do.
Values walkReturns(GraphAlgebra& algebra, const EncodingSpec& spec)
{
    const auto count = static_cast<std::size_t>(spec.count);
    Values out(static_cast<std::size_t>(algebra.atomCount()) * count, 0);
    const auto& parts = algebra.topology().parts;
    for (std::size_t part = 0; part < parts.size(); ++part) {
        for (int k = 1; k <= spec.count; ++k) {
            const Eigen::MatrixXd& high = algebra.power(part, (k + 1) / 2);
            const Eigen::MatrixXd& low = algebra.power(part, k / 2);
            for (std::size_t i = 0; i < parts[part].size(); ++i) {
                const auto column = static_cast<Eigen::Index>(i);
                const bool even = k % 2 == 0;
                const double value = even ? high.col(column).squaredNorm() : low.col(column).dot(high.col(column));
                out[static_cast<std::size_t>(parts[part][i]) * count + static_cast<std::size_t>(k - 1)] =
                    value * spaceFactor(spec, k);
            }
        }
    }
    if (algebra.atomCount() == 1) {
        std::fill(out.begin(), out.end(), 1.0);
    }
    return out;
}

/// (D^-1 A)^k = D^-1/2 S^k D^1/2
Values walkTransitions(GraphAlgebra& algebra, const EncodingSpec& spec)
{
    const auto atoms = static_cast<std::size_t>(algebra.atomCount()), count = static_cast<std::size_t>(spec.count);
    const Topology& topology = algebra.topology();
    Values out(atoms * atoms * count, atoms == 1 ? 1 : 0);
    for (std::size_t part = 0; part < topology.parts.size(); ++part) {
        const std::vector<int>& members = topology.parts[part];
        for (int k = 1; k <= spec.count && members.size() > 1; ++k) {
            const Eigen::MatrixXd& power = algebra.power(part, k);
            for (std::size_t i = 0; i < members.size(); ++i) {
                for (std::size_t j = 0; j < members.size(); ++j) {
                    const auto row = static_cast<std::size_t>(members[i]);
                    const auto column = static_cast<std::size_t>(members[j]);
                    const double ratio = double(topology.degree(members[j])) / topology.degree(members[i]);
                    out[(row * atoms + column) * count + static_cast<std::size_t>(k - 1)] =
                        power(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) * std::sqrt(ratio) *
                        spaceFactor(spec, k);
                }
            }
        }
    }
    return out;
}

Values resistances(GraphAlgebra& algebra, EncodingType type)
{
    const Eigen::MatrixXd& inverse = algebra.pseudoInverse();
    const Eigen::Index atoms = inverse.rows();
    const auto volume = static_cast<double>(algebra.topology().neighbour.size());
    Values out;
    out.reserve(static_cast<std::size_t>(atoms * atoms));
    for (Eigen::Index i = 0; i < atoms; ++i) {
        for (Eigen::Index j = 0; j < atoms; ++j) {
            out.push_back(type == EncodingType::Electrostatic
                              ? inverse(i, j) - inverse(j, j)
                              : volume * (inverse(i, i) + inverse(j, j) - 2 * inverse(i, j)));
        }
    }
    return out;
}

/// [sum ‖ |difference|] of two rows.
void appendPair(Values& out, const double* a, const double* b, std::size_t width)
{
    for (std::size_t k = 0; k < width; ++k) {
        out.push_back(a[k] + b[k]);
    }
    for (std::size_t k = 0; k < width; ++k) {
        out.push_back(std::abs(a[k] - b[k]));
    }
}

Values nodeToEdge(const Values& values, std::size_t width, const MolGraph& graph)
{
    Values out;
    out.reserve(4 * width * graph.bonds.size());
    for (const BondCode& bond : graph.bonds) {
        const double* const begin = values.data() + bond.begin * width;
        const double* const end = values.data() + bond.end * width;
        appendPair(out, begin, end, width);
        appendPair(out, end, begin, width);
    }
    return out;
}

Values nodeToPair(const Values& values, std::size_t width, std::size_t atoms)
{
    Values out;
    out.reserve(atoms * atoms * 2 * width);
    for (std::size_t i = 0; i < atoms; ++i) {
        for (std::size_t j = 0; j < atoms; ++j) {
            appendPair(out, values.data() + i * width, values.data() + j * width, width);
        }
    }
    return out;
}

struct Statistics {
    double minimum = 0, mean = 0, deviation = 0;
};

/// Of 'count' numbers that lie 'stride' apart; the deviation divides by their number.
Statistics statisticsOf(const double* first, std::size_t count, std::size_t stride)
{
    Statistics out{*first, 0, 0};
    for (std::size_t i = 0; i < count; ++i) {
        out.minimum = std::min(out.minimum, first[i * stride]);
        out.mean += first[i * stride];
    }
    out.mean /= static_cast<double>(count);
    for (std::size_t i = 0; i < count; ++i) {
        const double difference = first[i * stride] - out.mean;
        out.deviation += difference * difference;
    }
    out.deviation = std::sqrt(out.deviation / static_cast<double>(count));
    return out;
}

/// Columns: minimum, then mean, then deviation; of each all own columns; of each first down the column of the atom,
/// then along its row.
Values pairToNode(const Values& values, std::size_t width, std::size_t atoms)
{
    Values out(atoms * 6 * width);
    for (std::size_t i = 0; i < atoms; ++i) {
        for (std::size_t k = 0; k < width; ++k) {
            const Statistics down = statisticsOf(values.data() + i * width + k, atoms, atoms * width);
            const Statistics along = statisticsOf(values.data() + i * atoms * width + k, atoms, width);
            double* const at = out.data() + i * 6 * width + 2 * k;
            const std::size_t next = 2 * width;
            at[0] = down.minimum;
            at[1] = along.minimum;
            at[next] = down.mean;
            at[next + 1] = along.mean;
            at[2 * next] = down.deviation;
            at[2 * next + 1] = along.deviation;
        }
    }
    return out;
}

Values pairToEdge(const Values& values, std::size_t width, const MolGraph& graph)
{
    const std::size_t atoms = graph.atoms.size();
    Values out;
    out.reserve(2 * graph.bonds.size() * width);
    const auto append = [&](std::size_t from, std::size_t to) {
        const double* const at = values.data() + (from * atoms + to) * width;
        out.insert(out.end(), at, at + width);
    };
    for (const BondCode& bond : graph.bonds) {
        append(bond.begin, bond.end);
        append(bond.end, bond.begin);
    }
    return out;
}

} // namespace

std::vector<double> ownEncoding(GraphAlgebra& algebra, const EncodingSpec& spec)
{
    switch (spec.type) {
    case EncodingType::LaplacianVectors:
        return laplacianVectors(algebra, spec);
    case EncodingType::LaplacianValues:
        return laplacianValues(algebra, spec);
    case EncodingType::WalkReturns:
        return walkReturns(algebra, spec);
    case EncodingType::WalkTransitions:
        return walkTransitions(algebra, spec);
    case EncodingType::Electrostatic:
    case EncodingType::Commute:
        return resistances(algebra, spec.type);
    case EncodingType::ShortestPath: {
        const std::vector<int> paths = shortestPaths(algebra.topology());
        return {paths.begin(), paths.end()};
    }
    case EncodingType::Positions:
        break;
    }
    return {};
}

std::vector<double> transferred(std::vector<double> values, const EncodingSpec& spec, const MolGraph& graph)
{
    const auto width = static_cast<std::size_t>(ownWidth(spec));
    const Level own = ownLevel(spec.type);
    if (own == spec.level) {
        return values;
    }
    if (own == Level::Node) {
        return spec.level == Level::Edge ? nodeToEdge(values, width, graph)
                                         : nodeToPair(values, width, graph.atoms.size());
    }
    return spec.level == Level::Edge ? pairToEdge(values, width, graph) : pairToNode(values, width, graph.atoms.size());
}

std::vector<float> roundedValues(std::span<const double> values)
{
    std::vector<float> out(values.size());
    std::transform(values.begin(), values.end(), out.begin(),
                   [](double value) { return roundToHalf(inHalfRange(value)); });
    return out;
}

} // namespace papilio::chem
