// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/encoders.h"
#include "nn/mlp.h"
#include "nn/pooling.h"

namespace papilio::nn
{

namespace
{

/// Lim et al. 2022 (arXiv 2202.13013): φ(v) + φ(−v) for each eigenvector v, φ a GIN over the molecule; then ρ, an MLP of
/// all of them side by side, or (DeepSet) of their sum over as many as the molecule has atoms. Turning an eigenvector
/// round changes nothing.
class SignNet final : public Encoder
{
public:
    SignNet(const EncoderSpec& spec, const EncoderPlace& place, const Places& places)
        : m_input(spec.inputs[0]), m_sum(spec.model == LaplacianModel::DeepSet)
    {
        MlpSpec mlp;
        mlp.outDim = spec.hidden;
        mlp.hidden = {spec.hidden};
        mlp.depth = 2;
        mlp.activation = spec.activation;
        mlp.dropout = mlp.lastDropout = spec.dropout;
        mlp.norm = mlp.lastNorm = spec.norm;
        for (int i = 0; i < spec.layers; ++i) {
            const std::string name = place.name + ".sign_inv_net.enc.layers." + std::to_string(i) + ".nn";
            m_phi.emplace_back(mlp, name, "fully_connected", places);
        }
        mlp.outDim = spec.outDim;
        mlp.depth = spec.layersPost;
        mlp.lastNorm = Norm::None;
        mlp.lastDropout = 0;
        m_rho = Mlp(mlp, place.name + ".sign_inv_net.rho", "fully_connected", places);
    }

    Encoded forward(const Weights& weights, const NetworkInput& input, Pass& pass) const override
    {
        const Tensor vectors = input.encodings.at(m_input);
        const std::int64_t atoms = vectors.size(0);
        const std::int64_t count = vectors.size(1);
        Tensor h = phi(weights, vectors, pass) + phi(weights, vectors.neg(), pass);
        if (m_sum) {
            const Tensor sizes = graphSizes(pass).index_select(0, pass.graphOf);
            const Tensor numbers = at::arange(count, sizes.options()).unsqueeze(0);
            h = (h * (numbers < sizes).to(at::kFloat).unsqueeze(2)).sum(1);
        } else {
            h = h.reshape({atoms, count * h.size(2)});
        }
        Encoded encoded;
        encoded.nodes = m_rho.forward(weights, h, Level::Node, pass);
        return encoded;
    }

private:
    /// atoms × k → atoms × k × hidden; every eigenvector goes through the same network by itself.
    Tensor phi(const Weights& weights, const Tensor& vectors, Pass& pass) const
    {
        const std::int64_t atoms = vectors.size(0);
        const std::int64_t count = vectors.size(1);
        Tensor h = vectors.reshape({atoms * count, 1});
        for (const Mlp& mlp : m_phi) {
            const std::int64_t width = h.size(1);
            const Tensor gathered = sumNeighbours(h.reshape({atoms, count * width}), /*withSelf=*/true, pass);
            h = mlp.forward(weights, gathered.reshape({atoms * count, width}), Level::Node, pass, count);
        }
        return h.reshape({atoms, count, h.size(1)});
    }

    std::string m_input;
    bool m_sum;
    std::vector<Mlp> m_phi;
    Mlp m_rho;
};

} // namespace

std::unique_ptr<Encoder> createSignNetEncoder(const EncoderSpec& spec, const EncoderPlace& place, const Places& places)
{
    return std::make_unique<SignNet>(spec, place, places);
}

} // namespace papilio::nn
