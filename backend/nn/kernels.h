// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

/// The loops of the network that LibTorch has no quick CPU operation for: plain C++ on rows of floats, one thread,
/// in one fixed order. Whoever calls them splits the work into shards (torchmodel.cpp); nothing here starts threads.
namespace papilio::nn::kernels
{

enum class Activation : std::uint8_t { None, Relu, Gelu };

/// Which values of a layer survive. It depends on (seed, row, column) alone: not on threads, shards or device.
struct Dropout {
    std::uint64_t seed = 0;      ///< of this layer in this step
    std::int64_t firstRow = 0;   ///< number in the whole batch of the first row given
    std::uint32_t threshold = 0; ///< dropped share in 1/65536; 0 = off
    float scale = 1;             ///< of what survives

    static Dropout of(double share, std::uint64_t seed, std::int64_t firstRow);
};

/// What a row's values are drawn from: two keys of 32 bits, the first in the lower half.
std::uint64_t rowKey(const Dropout& dropout, std::int64_t row);

/// 0 or scale for each value of rows × width.
void dropoutMask(const Dropout& dropout, std::int64_t rows, std::int64_t width, float* mask);

/// What follows a linear map: layer norm (eps 1e-5, if gamma is given) → activation → dropout.
struct RowLayer {
    std::int64_t rows = 0;
    std::int64_t width = 0;
    Activation activation = Activation::None;
    Dropout dropout;
};

/// Of each row: its mean, and 1 / its standard deviation.
void rowStatistics(std::int64_t rows, std::int64_t width, const float* x, float* mean, float* rstd);

/// slope (rows × width, or null): derivative of the output by the normalised value; mean and rstd: one a row.
void rowLayer(const RowLayer& layer, const float* x, const float* gamma, const float* beta, float* y, float* slope,
              float* mean, float* rstd);

/// The same of x + bias, which x is afterwards (bias may be null).
void biasedRowLayer(const RowLayer& layer, const float* bias, float* x, const float* gamma, const float* beta, float* y,
                    float* slope, float* mean, float* rstd);

/// The same in place and without dropout, where nobody will ask for gradients.
void finishRows(const RowLayer& layer, const float* bias, const float* gamma, const float* beta, float* x);

struct RowLayerGradients {
    float* x = nullptr;     ///< rows × width, overwritten
    float* bias = nullptr;  ///< width, its column sums, added
    float* gamma = nullptr; ///< width, added
    float* beta = nullptr;  ///< width, added
};
void rowLayerBackward(const RowLayer& layer, const float* gradient, const float* x, const float* gamma,
                      const float* slope, const float* mean, const float* rstd, const RowLayerGradients& out);

/// Directed edges; indices count from firstNode.
struct Edges {
    const std::int64_t* senders = nullptr;
    const std::int64_t* receivers = nullptr;
    std::int64_t count = 0;
    std::int64_t firstNode = 0;
};

/// y = [x +] Σ over in-edges x(sender). Backward is the same with senders and receivers exchanged.
void sumNeighbours(const Edges& edges, bool withSelf, std::int64_t nodes, std::int64_t width, const float* x, float* y);

/// y = x + Σ over in-edges relu(x(sender) + bond). bonds: a row an edge; where kinds is not null, a row a kind of bond.
void sumMessages(const Edges& edges, std::int64_t nodes, std::int64_t width, const float* x, const float* bonds,
                 const std::int32_t* kinds, float* y);
void sumMessagesBackward(const Edges& edges, std::int64_t nodes, std::int64_t width, const float* gradient,
                         const float* x, const float* bonds, float* gradientX, float* gradientBonds);

/// y = [x(u) + x(v) ‖ |x(u) − x(v)|] for each edge, rows of 2 × width.
void pairFeatures(const Edges& edges, std::int64_t width, const float* x, float* y);
void pairFeaturesBackward(const Edges& edges, std::int64_t nodes, std::int64_t width, const float* gradient,
                          const float* x, float* gradientX);

enum class Reduce : std::uint8_t { Sum, Mean, Max };

/// Rows start[i] … start[i+1] (less start[0]) become one; a segment without rows is 0. Equal maxima share the gradient.
void pool(Reduce reduce, const std::int64_t* start, std::int64_t segments, std::int64_t width, const float* x,
          float* y);
void poolBackward(Reduce reduce, const std::int64_t* start, std::int64_t segments, std::int64_t width,
                  const float* gradient, const float* x, const float* y, float* gradientX);

/// First layer of the Laplacian encoder, summed over the 8 pairs of each atom:
/// y(atom) = Σ over k dropout(relu(weight(:,0) λₖ + weight(:,1) vₖ + bias)), with rows 8 × atom + k for the dropout.
struct PairLayer {
    std::int64_t atoms = 0;
    std::int64_t pairs = 8;
    std::int64_t width = 0;
    Dropout dropout;
};
void pairLayer(const PairLayer& layer, const float* values, const float* vectors, const float* weight,
               const float* bias, float* y);
void pairLayerBackward(const PairLayer& layer, const float* gradient, const float* values, const float* vectors,
                       const float* weight, const float* bias, float* gradientWeight, float* gradientBias);

} // namespace papilio::nn::kernels
