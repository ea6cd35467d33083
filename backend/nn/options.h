// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

/// The choices of a network by name, as they stand in JSON. Tables of all names: optionnames.h.
namespace papilio::nn
{

/// Between linear maps. Gelu is the exact one (erf), LeakyRelu has slope 0.01, Elu α = 1, Softplus β = 1, Silu x·σ(x).
enum class Activation : std::uint8_t { None, Relu, Gelu, Sigmoid, Tanh, Elu, Selu, LeakyRelu, Softplus, Silu };

/// Layer: over the columns of a row. Batch: over the rows of a batch in training, running statistics (momentum 0.1)
/// otherwise. Both eps 1e-5 with weight and bias.
enum class Norm : std::uint8_t { None, Layer, Batch };

/// What a layer's output h is joined with; see residual.h.
enum class Residual : std::uint8_t {
    None,
    Simple,   ///< h + previous
    Weighted, ///< h + act(norm(W · previous)), W without bias
    Concat,   ///< [h ‖ output of the layer before]
    DenseNet, ///< [h ‖ outputs of all layers before]
    Random,   ///< h + Σ over all before of fixed random weights times them (drawn once from the seed, stored)
};

enum class LayerType : std::uint8_t { Gcn, Gin, Gine, GatedGcn, Pna, MpnnPlus, Gps };

/// Atoms → molecule. LogSum: mean · log N. Std: √(max(E[x²] − E[x]², 0) + 1e-5). None of a list is an error.
enum class Pooling : std::uint8_t { Sum, Mean, Max, Min, LogSum, Std };

enum class VirtualNode : std::uint8_t { None, Sum, Mean, LogSum, Max, Min, Std };

/// Of messages at an atom. Sum, mean, min, max, var and std give 0 at an atom without neighbours (PNA: std √1e-5).
/// Softmax: Σ softmax(x)·x; median: the lower one.
enum class Aggregation : std::uint8_t { Sum, Mean, Max, Min, Std, Var, Softmax, Median };

/// PNA's degree scalers; d = max(degree, 1), δ = mean of log(d + 1) over a training set.
enum class Scaler : std::uint8_t {
    Identity,
    Amplification, ///< log(d + 1) / δ
    Attenuation,   ///< δ / log(d + 1)
    Linear,        ///< d / mean degree
    InverseLinear, ///< mean degree / d
};

enum class EncoderType : std::uint8_t {
    Mlp,      ///< one encoding → MLP with norm and activation on every layer
    CatMlp,   ///< several encodings side by side → the same
    Laplacian,///< [eigenvalue, eigenvector] pairs → DeepSet, Transformer or MLP
    SignNet,  ///< φ(v) + φ(−v), φ a GIN; ρ an MLP (Lim et al. 2022, arXiv 2202.13013)
    Gaussian, ///< 3D distances through learnt Gaussians → atoms, and a bias of the attention
    Bessel,   ///< 3D bond lengths in the radial Bessel basis (Gasteiger et al. 2020, arXiv 2003.03123) → bonds
};

enum class LaplacianModel : std::uint8_t { DeepSet, Transformer, Mlp };

/// How members of an ensemble, or several encoders, are joined.
enum class Reduction : std::uint8_t { Sum, Mean, Max, Min, Median };

/// Regression: Mse, Mae, Huber. Binary: Bce (the head ends in a sigmoid), BceLogits. Classes: CrossEntropy, HybridCe.
enum class LossType : std::uint8_t { Mae, Mse, Huber, Bce, BceLogits, CrossEntropy, HybridCe };

/// How the losses of the heads are weighed against each other.
enum class LossBalance : std::uint8_t {
    Fixed,       ///< Σ wₕ Lₕ / Σ wₕ with the heads' own weights; all 1 = the published unweighted mean
    ByCount,     ///< Σ nₕ wₕ Lₕ / Σ nₕ wₕ, nₕ = labels in the batch: every label counts the same
    Uncertainty, ///< mean of wₕ (exp(−sₕ) Lₕ + sₕ / 2), sₕ learnt (Kendall et al. 2018, arXiv 1705.07115)
};

} // namespace papilio::nn
