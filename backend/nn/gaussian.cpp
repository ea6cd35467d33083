// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "nn/encoders.h"
#include "nn/mlp.h"
#include "nn/pairs.h"
#include "nn/pooling.h"

namespace papilio::nn
{

namespace
{

constexpr double narrowest = 0.01;  ///< width of a kernel, at least
constexpr double padding = -1000;   ///< bias towards atoms that a molecule does not have
const double rootOfTwoPi = std::sqrt(2 * std::acos(-1.0));

/// Distances of all pairs of atoms through learnt Gaussians: an MLP of them is the bias of the attention, a linear map of
/// their sum over the other atoms (and itself) a feature of the atom. A molecule without coordinates has 0 in both.
class GaussianEncoder final : public Encoder
{
public:
    GaussianEncoder(const EncoderSpec& spec, const EncoderPlace& place, const Places& places)
        : m_input(spec.inputs[0]), m_hasBias(spec.biasHeads > 0)
    {
        const std::string name = place.name + ".preprocess_3d_positions";
        m_norm = NormPlaces(spec.firstNorm, name + ".first_normalization", places);
        m_means = places.of(name + ".gaussian.means.weight");
        m_widths = places.of(name + ".gaussian.stds.weight");
        m_node = LinearPlaces(name + ".node_proj", places);
        MlpSpec mlp;
        mlp.outDim = spec.biasHeads;
        mlp.hidden = {spec.kernels};
        mlp.depth = spec.layers;
        mlp.activation = spec.activation;
        mlp.norm = Norm::None;
        m_bias = Mlp(mlp, name + ".gaussian_proj", "fully_connected", places, place.readoutDivisor);
    }

    Encoded forward(const Weights& weights, const NetworkInput& input, Pass& pass) const override
    {
        const Tensor given = input.encodings.at(m_input);
        const Tensor missing = at::isnan(given).any(1, /*keepdim=*/true).to(at::kFloat);
        const Tensor known = poolGraphs(missing, Pooling::Max, pass) == 0; // graphs × 1
        const Tensor positions = normalise(at::nan_to_num(given), weights, m_norm, pass);

        const PairRows pairs = squareRows(pass);
        const Tensor apart = positions.index_select(0, pairs.left) - positions.index_select(0, pairs.right);
        const Tensor distances = apart.square().sum(1, /*keepdim=*/true).sqrt();
        const Tensor width = pick(weights, m_widths).abs() + narrowest;
        const Tensor kernels =
            at::exp(-0.5 * ((distances - pick(weights, m_means)) / width).square()) / (rootOfTwoPi * width);

        Encoded encoded;
        const Tensor sums =
            at::zeros({given.size(0), kernels.size(1)}, kernels.options()).index_add(0, pairs.left, kernels);
        encoded.nodes = linear(sums, weights, m_node, pass) * known.to(at::kFloat).index_select(0, pass.graphOf);
        if (m_hasBias) {
            const Tensor bias =
                toDense(m_bias.forward(weights, kernels, Level::NodePair, pass), pairs, padding, pass);
            encoded.attentionBias = bias * known.to(at::kFloat).view({-1, 1, 1, 1});
        }
        return encoded;
    }

private:
    std::string m_input;
    bool m_hasBias;
    NormPlaces m_norm;
    int m_means = -1, m_widths = -1;
    LinearPlaces m_node;
    Mlp m_bias;
};

} // namespace

std::unique_ptr<Encoder> createGaussianEncoder(const EncoderSpec& spec, const EncoderPlace& place,
                                               const Places& places)
{
    return std::make_unique<GaussianEncoder>(spec, place, places);
}

} // namespace papilio::nn
