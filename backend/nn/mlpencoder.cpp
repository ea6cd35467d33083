// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/encoders.h"
#include "nn/mlp.h"
#include "nn/pairs.h"

namespace papilio::nn
{

namespace
{

/// One encoding, or several side by side, through an MLP that has norm, activation and dropout on its last layer too.
/// Of node pairs it makes a bias of the attention.
class MlpEncoder final : public Encoder
{
public:
    MlpEncoder(const EncoderSpec& spec, const EncoderPlace& place, const Places& places)
        : m_inputs(spec.inputs), m_level(place.level), m_mlp(mlpOf(spec, place), place.name + ".pe_encoder",
                                                             "fully_connected", places)
    {
    }

    Encoded forward(const Weights& weights, const NetworkInput& input, Pass& pass) const override
    {
        std::vector<Tensor> parts;
        for (const std::string& key : m_inputs) {
            parts.push_back(input.encodings.at(key));
        }
        const Tensor x = parts.size() == 1 ? parts[0] : at::cat(parts, 1);
        Encoded encoded;
        if (m_level == Level::Node) {
            encoded.nodes = m_mlp.forward(weights, x, m_level, pass);
        } else if (m_level == Level::Edge) {
            encoded.edges = m_mlp.forward(weights, x, m_level, pass);
        } else {
            encoded.attentionBias =
                toDense(m_mlp.forward(weights, x, Level::NodePair, pass), squareRows(pass), 0, pass);
        }
        return encoded;
    }

private:
    static MlpSpec mlpOf(const EncoderSpec& spec, const EncoderPlace& place)
    {
        MlpSpec mlp;
        mlp.outDim = place.level == Level::NodePair ? spec.biasHeads : spec.outDim;
        mlp.hidden = {spec.hidden};
        mlp.depth = spec.layers;
        mlp.activation = mlp.lastActivation = spec.activation;
        mlp.dropout = mlp.lastDropout = spec.dropout;
        mlp.norm = mlp.lastNorm = spec.norm;
        mlp.firstNorm = spec.firstNorm;
        return mlp;
    }

    std::vector<std::string> m_inputs;
    Level m_level;
    Mlp m_mlp;
};

} // namespace

std::unique_ptr<Encoder> createMlpEncoder(const EncoderSpec& spec, const EncoderPlace& place, const Places& places)
{
    return std::make_unique<MlpEncoder>(spec, place, places);
}

} // namespace papilio::nn
