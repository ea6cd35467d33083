// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/optionnames.h"

namespace papilio::nn
{

template <> const Names& namesOf<Activation>()
{
    static const Names names = {"none", "relu", "gelu",       "sigmoid",  "tanh",
                                "elu",  "selu", "leaky-relu", "softplus", "silu"};
    return names;
}

template <> const Names& namesOf<Norm>()
{
    static const Names names = {"none", "layer", "batch"};
    return names;
}

template <> const Names& namesOf<Residual>()
{
    static const Names names = {"none", "simple", "weighted", "concat", "densenet", "random"};
    return names;
}

template <> const Names& namesOf<LayerType>()
{
    static const Names names = {"gcn", "gin", "gine", "gated-gcn", "pna", "mpnnplus", "gps"};
    return names;
}

template <> const Names& namesOf<Pooling>()
{
    static const Names names = {"sum", "mean", "max", "min", "logsum", "std"};
    return names;
}

template <> const Names& namesOf<VirtualNode>()
{
    static const Names names = {"none", "sum", "mean", "logsum", "max", "min", "std"};
    return names;
}

template <> const Names& namesOf<Aggregation>()
{
    static const Names names = {"sum", "mean", "max", "min", "std", "var", "softmax", "median"};
    return names;
}

template <> const Names& namesOf<Scaler>()
{
    static const Names names = {"identity", "amplification", "attenuation", "linear", "inverse_linear"};
    return names;
}

template <> const Names& namesOf<EncoderType>()
{
    static const Names names = {"mlp", "cat_mlp", "laplacian", "signnet", "gaussian", "bessel"};
    return names;
}

template <> const Names& namesOf<LaplacianModel>()
{
    static const Names names = {"deepset", "transformer", "mlp"};
    return names;
}

template <> const Names& namesOf<Reduction>()
{
    static const Names names = {"sum", "mean", "max", "min", "median"};
    return names;
}

template <> const Names& namesOf<LossType>()
{
    static const Names names = {"mae", "mse", "huber", "bce", "bce_logits", "cross_entropy", "hybrid_ce"};
    return names;
}

template <> const Names& namesOf<LossBalance>()
{
    static const Names names = {"fixed", "count", "uncertainty"};
    return names;
}

template <> const Names& namesOf<GpsAttention>()
{
    static const Names names = {"none", "full"};
    return names;
}

template <> const Names& namesOf<EncodingType>()
{
    static const Names names = {"laplacian_eigvec", "laplacian_eigval", "rw_return_probs", "rw_transition_probs",
                                "electrostatic",    "commute",          "graphormer",      "positions_3d"};
    return names;
}

template <> const Names& namesOf<LaplacianNorm>()
{
    static const Names names = {"none", "sym", "inv"};
    return names;
}

template <> const Names& namesOf<Level>()
{
    static const Names names = {"graph", "node", "edge", "nodepair"};
    return names;
}

template <> const Names& namesOf<TaskKind>()
{
    static const Names names = {"regression", "binary", "multiclass"};
    return names;
}

} // namespace papilio::nn
