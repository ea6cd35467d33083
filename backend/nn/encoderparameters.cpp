// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "nn/parameterlist.h"

namespace papilio::nn
{

namespace
{

MlpSpec plainMlp(int hidden, int out, int depth, Norm norm = Norm::None, Norm lastNorm = Norm::None)
{
    MlpSpec mlp;
    mlp.hidden = {hidden};
    mlp.outDim = out;
    mlp.depth = depth;
    mlp.norm = norm;
    mlp.lastNorm = lastNorm;
    return mlp;
}

void listMlp(ParameterList& list, const std::string& name, const Architecture& a, const EncoderSpec& encoder)
{
    const int in = encoderInputWidth(a, encoder);
    list.norm(name + ".first_normalization", encoder.firstNorm, in); // nothing uses it; its copy below is at work
    MlpSpec mlp = plainMlp(encoder.hidden, readsPairs(encoder) ? encoder.biasHeads : encoder.outDim, encoder.layers,
                           encoder.norm, encoder.norm);
    mlp.firstNorm = encoder.firstNorm;
    list.mlp(name + ".pe_encoder", "fully_connected", mlp, in);
}

void listTransformer(ParameterList& list, const std::string& name, const EncoderSpec& encoder)
{
    for (int i = 0; i < encoder.layers; ++i) {
        const std::string layer = name + ".layers." + std::to_string(i);
        list.attention(layer + ".self_attn", encoder.hidden);
        list.linear(layer + ".linear1", encoder.hidden, encoder.feedForward);
        list.linear(layer + ".linear2", encoder.feedForward, encoder.hidden);
        list.norm(layer + ".norm1", Norm::Layer, encoder.hidden);
        list.norm(layer + ".norm2", Norm::Layer, encoder.hidden);
    }
}

void listLaplacian(ParameterList& list, const std::string& name, const Architecture& a, const EncoderSpec& encoder)
{
    const int hidden = encoder.hidden;
    list.linear(name + ".linear_in.linear", 2, hidden);
    switch (encoder.model) {
    case LaplacianModel::DeepSet:
        list.mlp(name + ".pe_encoder", "fully_connected", plainMlp(hidden, hidden, encoder.layers), hidden);
        break;
    case LaplacianModel::Transformer:
        listTransformer(list, name + ".pe_encoder", encoder);
        break;
    case LaplacianModel::Mlp:
        list.mlp(name + ".pe_encoder", "fully_connected", plainMlp(hidden, hidden, std::max(1, encoder.layersPost)),
                 eigenvectorCount(a, encoder) * hidden);
        break;
    }
    if (encoder.layersPost > 0) {
        list.mlp(name + ".post_mlp", "fully_connected", plainMlp(hidden, encoder.outDim, encoder.layersPost), hidden);
    }
}

void listSignNet(ParameterList& list, const std::string& name, const Architecture& a, const EncoderSpec& encoder)
{
    const int hidden = encoder.hidden;
    for (int i = 0; i < encoder.layers; ++i) {
        list.mlp(name + ".sign_inv_net.enc.layers." + std::to_string(i) + ".nn", "fully_connected",
                 plainMlp(hidden, hidden, 2, encoder.norm, encoder.norm), i == 0 ? 1 : hidden);
    }
    const bool deepSet = encoder.model == LaplacianModel::DeepSet;
    list.mlp(name + ".sign_inv_net.rho", "fully_connected",
             plainMlp(hidden, encoder.outDim, encoder.layersPost, encoder.norm),
             deepSet ? hidden : hidden * eigenvectorCount(a, encoder));
}

void listGaussian(ParameterList& list, const std::string& name, const EncoderSpec& encoder)
{
    constexpr int axes = 3;
    const std::string inner = name + ".preprocess_3d_positions";
    list.norm(name + ".first_normalization", encoder.firstNorm, axes); // nothing uses it; its copy below is at work
    list.norm(inner + ".first_normalization", encoder.firstNorm, axes);
    list.add(inner + ".gaussian.means.weight", {1, encoder.kernels}, Parameter::Role::Width);
    list.add(inner + ".gaussian.stds.weight", {1, encoder.kernels}, Parameter::Role::Width);
    if (encoder.biasHeads > 0) {
        list.mlp(inner + ".gaussian_proj", "fully_connected",
                 plainMlp(encoder.kernels, encoder.biasHeads, encoder.layers), encoder.kernels);
    }
    list.linear(inner + ".node_proj", encoder.kernels, encoder.outDim);
}

} // namespace

void listEncoders(ParameterList& list, const Architecture& a)
{
    for (const EncoderSpec& encoder : a.encoders.encoders) {
        const std::string name = "encoder_manager.pe_encoders." + encoder.name;
        switch (encoder.type) {
        case EncoderType::Mlp:
        case EncoderType::CatMlp:
            listMlp(list, name, a, encoder);
            break;
        case EncoderType::Laplacian:
            listLaplacian(list, name, a, encoder);
            break;
        case EncoderType::SignNet:
            listSignNet(list, name, a, encoder);
            break;
        case EncoderType::Gaussian:
            listGaussian(list, name, encoder);
            break;
        case EncoderType::Bessel:
            list.add(name + ".rbf.freq", {encoder.radial}, Parameter::Role::Frequency);
            list.linear(name + ".rbf_proj.linear", encoder.radial, encoder.outDim);
            break;
        }
    }
    const auto& encoders = a.encoders.encoders;
    const auto writesAtoms = [](const EncoderSpec& encoder) { return !writesEdges(encoder) && !readsPairs(encoder); };
    if (std::any_of(encoders.begin(), encoders.end(), writesAtoms)) {
        list.norm("encoder_manager.last_norm", a.encoders.lastNorm, a.encoders.outDim);
    }
    if (std::any_of(encoders.begin(), encoders.end(), writesEdges)) {
        list.norm("encoder_manager.last_norm_edges", a.encoders.lastNorm, a.encoders.outDimEdges);
    }
}

} // namespace papilio::nn
