// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "nn/architecture.h"
#include "nn/publishedsource.h"

namespace papilio::nn
{

namespace
{

void readMlp(const PublishedSource& source, EncoderSpec& encoder)
{
    source.norm("normalization", encoder.norm);
    source.norm("first_normalization", encoder.firstNorm);
    const bool pairs = !encoder.inputs.empty() && encoder.inputs.front().starts_with("nodepair_");
    encoder.biasHeads = pairs ? encoder.outDim : 0;
}

void readLaplacian(const PublishedSource& source, EncoderSpec& encoder)
{
    encoder.feedForward = 2048;
    source.choice("model_type", encoder.model);
    source.whole("num_layers_post", encoder.layersPost);
    if (encoder.model == LaplacianModel::Transformer) {
        source.whole("nhead", encoder.heads);
        source.whole("dim_feedforward", encoder.feedForward);
    }
    if (source.text("first_normalization", "none") != "none") {
        source.fault("first_normalization", "The published library stops with an error here too.");
    }
    if (encoder.inputs.size() != 2) {
        source.fault("input_keys", "It needs eigenvectors and eigenvalues.");
    }
}

void readGaussian(const PublishedSource& source, EncoderSpec& encoder)
{
    // Its "out_dim" is the number of kernels; the width on atoms is "embed_dim".
    encoder.kernels = encoder.outDim;
    encoder.biasHeads = 1;
    source.whole("embed_dim", encoder.outDim);
    source.whole("num_heads", encoder.biasHeads);
    source.norm("first_normalization", encoder.firstNorm);
}

EncoderSpec readEncoder(const PublishedSource& source, const std::string& name, const Encoders& encoders)
{
    EncoderSpec encoder;
    encoder.name = name;
    encoder.inputs = source.texts("input_keys");
    encoder.dropout = 0;
    const auto outputs = source.texts("output_keys");
    const bool edges = !outputs.empty() && outputs.front() == "edge_feat";
    encoder.outDim = edges ? encoders.outDimEdges : encoders.outDim;
    source.whole("out_dim", encoder.outDim);
    source.whole("hidden_dim", encoder.hidden);
    source.whole("num_layers", encoder.layers);
    source.number("dropout", encoder.dropout);
    source.ignore("use_input_keys_prefix");
    const std::string type = source.text("encoder_type");
    encoder.activation = type == "gaussian_kernel" || type == "bessel_kernel" ? Activation::Gelu : Activation::Relu;
    source.activation("activation", encoder.activation);
    if (type == "laplacian_pe") {
        encoder.type = EncoderType::Laplacian;
        readLaplacian(source, encoder);
    } else if (type == "mlp" || type == "cat_mlp") {
        encoder.type = type == "mlp" ? EncoderType::Mlp : EncoderType::CatMlp;
        readMlp(source, encoder);
    } else if (type == "gaussian_kernel") {
        encoder.type = EncoderType::Gaussian;
        readGaussian(source, encoder);
    } else if (type == "signnet") {
        encoder.type = EncoderType::SignNet;
        encoder.model = LaplacianModel::Mlp;
        source.choice("model_type", encoder.model);
        source.whole("num_layers_post", encoder.layersPost);
        source.norm("normalization", encoder.norm);
        source.ignore("max_freqs");
    } else {
        source.fault("encoder_type", "Known are laplacian_pe, mlp, cat_mlp, gaussian_kernel and signnet.");
    }
    return encoder;
}

} // namespace

void readPublishedEncoders(const PublishedSource& source, Encoders& encoders)
{
    encoders.encoders.clear();
    source.whole("out_dim", encoders.outDim);
    source.whole("edge_out_dim", encoders.outDimEdges);
    source.choice("pool", encoders.pool);
    source.ignore("in_dims");
    const PublishedSource list = source.at("encoders");
    for (const std::string& name : list.keys()) {
        if (list.has(name)) {
            encoders.encoders.push_back(readEncoder(list.at(name), name, encoders));
        }
    }
}

} // namespace papilio::nn
