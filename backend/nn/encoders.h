// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "nn/architecture.h"
#include "nn/functions.h"
#include "nn/network.h"
#include "nn/weights.h"

namespace papilio::nn
{

/// What one encoder gives; undefined = nothing.
struct Encoded {
    Tensor nodes;         ///< atoms × outDim
    Tensor edges;         ///< directed edges × outDimEdges
    Tensor attentionBias; ///< graphs × heads × n × n
};

/// An encoder of positions or structure.
class Encoder
{
public:
    virtual ~Encoder() = default;
    virtual Encoded forward(const Weights& weights, const NetworkInput& input, Pass& pass) const = 0;
};

/// Where an encoder stands in the network.
struct EncoderPlace {
    std::string name;           ///< of its parameters: "encoder_manager.pe_encoders.la_pos"
    std::uint64_t number = 0;   ///< among all encoders
    Level level = Level::Node;  ///< of its inputs
    bool transformerScale = false, eigenvalueSigns = false; ///< Quirks
    bool randomSigns = true;    ///< Architecture::randomSigns
    double readoutDivisor = 1;  ///< of the map that gives the attention bias
};

std::unique_ptr<Encoder> createEncoder(const EncoderSpec& spec, const EncoderPlace& place, const Places& places);

// One file each.
std::unique_ptr<Encoder> createMlpEncoder(const EncoderSpec& spec, const EncoderPlace& place, const Places& places);
std::unique_ptr<Encoder> createLaplacianEncoder(const EncoderSpec& spec, const EncoderPlace& place,
                                                const Places& places);
std::unique_ptr<Encoder> createSignNetEncoder(const EncoderSpec& spec, const EncoderPlace& place,
                                              const Places& places);
std::unique_ptr<Encoder> createGaussianEncoder(const EncoderSpec& spec, const EncoderPlace& place,
                                               const Places& places);
std::unique_ptr<Encoder> createBesselEncoder(const EncoderSpec& spec, const EncoderPlace& place, const Places& places);

/// All encoders of a network, joined.
class EncoderStack
{
public:
    EncoderStack(const ModelSpec& spec, const Places& places);
    ~EncoderStack();

    /// In training, the signs of Laplacian vectors are drawn here, the same for all encoders.
    Encoded forward(const Weights& weights, const NetworkInput& input, Pass& pass) const;
    /// What can be recorded, in the order of computation.
    std::vector<std::string> recordNames() const;

private:
    struct Item {
        std::string name;
        Level level = Level::Node; ///< of what it gives; NodePair: a bias of the attention alone
        std::unique_ptr<Encoder> encoder;
    };
    struct Norms;
    std::vector<Item> m_items;
    std::unique_ptr<const Norms> m_norms;
    Reduction m_pool;
    bool m_randomSigns;
};

} // namespace papilio::nn
