// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "nn/devices.h"
#include "nn/encoders.h"
#include "nn/laptransformer.h"
#include "nn/mlp.h"

namespace papilio::nn
{

namespace
{

/// For each atom and k the pair [eigenvalue, eigenvector], a linear map of it, then one of three models over the k, then
/// an MLP. As published, the pair is [second input, first input].
class LaplacianEncoder final : public Encoder
{
public:
    LaplacianEncoder(const EncoderSpec& spec, const EncoderPlace& place, const Places& places)
        : m_spec(spec), m_place(place), m_in(place.name + ".linear_in.linear", places)
    {
        const std::string name = place.name + ".pe_encoder";
        if (spec.model == LaplacianModel::Transformer) {
            for (int i = 0; i < spec.layers; ++i) {
                m_transformer.emplace_back(spec, name + ".layers." + std::to_string(i), places);
            }
        } else {
            // The published MLP over all k is as deep as what follows it.
            const int depth = spec.model == LaplacianModel::Mlp ? std::max(1, spec.layersPost) : spec.layers;
            for (int i = 0; i < depth; ++i) {
                m_linears.emplace_back(name + ".fully_connected." + std::to_string(i) + ".linear", places);
            }
        }
        if (spec.layersPost > 0) {
            MlpSpec post;
            post.outDim = spec.outDim;
            post.hidden = {spec.hidden};
            post.depth = spec.layersPost;
            post.activation = spec.activation;
            post.dropout = spec.dropout;
            post.norm = Norm::None;
            m_post = Mlp(post, place.name + ".post_mlp", "fully_connected", places);
        }
    }

    Encoded forward(const Weights& weights, const NetworkInput& input, Pass& pass) const override
    {
        Tensor first = input.encodings.at(m_spec.inputs[1]);
        const Tensor second = input.encodings.at(m_spec.inputs[0]);
        if (pass.training && m_place.randomSigns && m_place.eigenvalueSigns) {
            std::vector<float> signs =
                randomColumnSigns(static_cast<int>(first.size(1)), pass.seed, m_place.number);
            const Tensor row = at::from_blob(signs.data(), {first.size(1)}, at::TensorOptions(at::kFloat));
            first = first * toDevice(row, first.device());
        }
        const Tensor h = m_spec.model == LaplacianModel::DeepSet ? deepSet(weights, first, second, pass)
                         : m_spec.model == LaplacianModel::Mlp   ? flat(weights, first, second, pass)
                                                                 : transformer(weights, first, second, pass);
        Encoded encoded;
        encoded.nodes = m_spec.layersPost > 0 ? m_post.forward(weights, h, Level::Node, pass) : h;
        return encoded;
    }

private:
    /// For each atom the sum over k of an MLP of the pair, with relu inside whatever the activation is, as published.
    /// The first map (2 → h) has nothing between it and the MLP's first, so the two are multiplied out; the MLP's last
    /// map is linear too, so it is applied to the sum. This is the same function at a tenth of the work.
    Tensor deepSet(const Weights& weights, const Tensor& first, const Tensor& second, Pass& pass) const
    {
        const std::int64_t pairs = first.size(1);
        const Tensor map = pick(weights, m_linears[0].weight);
        Tensor weight = map.mm(pick(weights, m_in.weight));
        Tensor bias = at::addmv(pick(weights, m_linears[0].bias), map, pick(weights, m_in.bias));
        const std::size_t depth = m_linears.size();
        Tensor sum;
        if (depth == 2 && !pass.plain) {
            sum = pairLayer(first, second, weight, bias, pass.nextDropout(m_spec.dropout, Level::Node, pairs));
        } else {
            Tensor h = at::stack({first, second}, 2).view({-1, 2});
            for (std::size_t i = 0; i + 1 < depth; ++i) {
                h = dense(h, {weight, bias, Tensor(), Tensor()}, kernels::Activation::Relu,
                          pass.nextDropout(m_spec.dropout, Level::Node, pairs), pass.plain);
                weight = pick(weights, m_linears[i + 1].weight);
                bias = pick(weights, m_linears[i + 1].bias);
            }
            sum = h.view({first.size(0), pairs, h.size(1)}).sum(1);
        }
        if (depth > 1) {
            weight = pick(weights, m_linears[depth - 1].weight);
            bias = pick(weights, m_linears[depth - 1].bias);
        }
        return dense(sum, {weight, bias * static_cast<double>(pairs), Tensor(), Tensor()}, kernels::Activation::None,
                     {}, pass.plain);
    }

    Tensor mapPairs(const Weights& weights, const Tensor& first, const Tensor& second, const Pass& pass) const
    {
        return linear(at::stack({first, second}, 2).view({-1, 2}), weights, m_in, pass);
    }

    /// An MLP over all k at once.
    Tensor flat(const Weights& weights, const Tensor& first, const Tensor& second, Pass& pass) const
    {
        Tensor h = mapPairs(weights, first, second, pass);
        h = h.view({first.size(0), first.size(1) * h.size(1)});
        for (std::size_t i = 0; i < m_linears.size(); ++i) {
            const bool last = i + 1 == m_linears.size();
            h = fullyConnected(h, weights, m_linears[i], NormPlaces(), last ? Activation::None : m_spec.activation,
                               last ? 0 : m_spec.dropout, Level::Node, pass);
        }
        return h;
    }

    Tensor transformer(const Weights& weights, const Tensor& first, const Tensor& second, Pass& pass) const
    {
        Tensor h = mapPairs(weights, first, second, pass);
        h = h.view({first.size(0), first.size(1), h.size(1)});
        const bool root = m_place.transformerScale && !pass.training;
        for (const LapTransformerLayer& layer : m_transformer) {
            h = layer.forward(weights, h, root, pass);
        }
        return h.sum(1);
    }

    EncoderSpec m_spec;
    EncoderPlace m_place;
    LinearPlaces m_in;
    std::vector<LinearPlaces> m_linears;
    std::vector<LapTransformerLayer> m_transformer;
    Mlp m_post;
};

} // namespace

std::unique_ptr<Encoder> createLaplacianEncoder(const EncoderSpec& spec, const EncoderPlace& place,
                                                const Places& places)
{
    return std::make_unique<LaplacianEncoder>(spec, place, places);
}

} // namespace papilio::nn
