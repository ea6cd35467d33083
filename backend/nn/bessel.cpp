// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "nn/dense.h"
#include "nn/encoders.h"

namespace papilio::nn
{

namespace
{

constexpr double closest = 1e-3; ///< share of the cut-off; nearer atoms count as this near

/// Lengths of the bonds in the radial Bessel basis (Gasteiger et al. 2020, arXiv 2003.03123), through a linear map and an
/// activation. With x = length / cut-off and p = exponent + 1, basis n is
/// sin(fₙ x) · (1/x − (p+1)(p+2)/2 xᵖ⁻¹ + p(p+2) xᵖ − p(p+1)/2 xᵖ⁺¹), fₙ starts as n π; 0 beyond the cut-off and for
/// bonds of molecules without coordinates.
class BesselEncoder final : public Encoder
{
public:
    BesselEncoder(const EncoderSpec& spec, const EncoderPlace& place, const Places& places)
        : m_input(spec.inputs[0]), m_cutoff(spec.cutoff), m_exponent(spec.envelope + 1.0),
          m_activation(spec.activation), m_frequencies(places.of(place.name + ".rbf.freq")),
          m_map(place.name + ".rbf_proj.linear", places)
    {
    }

    Encoded forward(const Weights& weights, const NetworkInput& input, Pass& pass) const override
    {
        const Tensor positions = input.encodings.at(m_input);
        const Tensor apart = positions.index_select(0, pass.senders) - positions.index_select(0, pass.receivers);
        const Tensor length = apart.square().sum(1, /*keepdim=*/true).sqrt() / m_cutoff;
        const Tensor inside = (length < 1).to(at::kFloat); // false for NaN
        const Tensor x = at::nan_to_num(length, 1.0).clamp_min(closest);

        const double p = m_exponent;
        const Tensor power = x.pow(p - 1);
        const Tensor envelope = x.reciprocal() +
                                power * (-(p + 1) * (p + 2) / 2 + p * (p + 2) * x - p * (p + 1) / 2 * x * x);
        const Tensor basis = at::sin(x * pick(weights, m_frequencies).view({1, -1})) * envelope * inside;
        Encoded encoded;
        encoded.edges = fullyConnected(basis, weights, m_map, NormPlaces(), m_activation, 0, Level::Edge, pass);
        return encoded;
    }

private:
    std::string m_input;
    double m_cutoff, m_exponent;
    Activation m_activation;
    int m_frequencies;
    LinearPlaces m_map;
};

} // namespace

std::unique_ptr<Encoder> createBesselEncoder(const EncoderSpec& spec, const EncoderPlace& place, const Places& places)
{
    return std::make_unique<BesselEncoder>(spec, place, places);
}

} // namespace papilio::nn
