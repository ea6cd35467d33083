// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/random.h"

#include <bit>
#include <numeric>
#include <utility>

namespace papilio
{

namespace
{
constexpr std::uint64_t golden = 0x9e3779b97f4a7c15ULL;

/// Output function of splitmix64 (Steele, Lea, Flood 2014).
std::uint64_t finalise(std::uint64_t z)
{
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}
} // namespace

std::uint64_t mixSeed(std::uint64_t a, std::uint64_t b, std::uint64_t c)
{
    return finalise(finalise(finalise(a + golden) + b + golden) + c + golden);
}

Random::Random(std::uint64_t seed)
{
    for (std::uint64_t& word : m_state) {
        seed += golden;
        word = finalise(seed);
    }
}

std::uint64_t Random::next()
{
    const std::uint64_t result = std::rotl(m_state[1] * 5, 7) * 9;
    const std::uint64_t t = m_state[1] << 17;
    m_state[2] ^= m_state[0];
    m_state[3] ^= m_state[1];
    m_state[1] ^= m_state[2];
    m_state[0] ^= m_state[3];
    m_state[2] ^= t;
    m_state[3] = std::rotl(m_state[3], 45);
    return result;
}

double Random::uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }

std::uint64_t Random::below(std::uint64_t bound)
{
    // Draws from the largest multiple of 'bound' only, so that every result is equally likely.
    const std::uint64_t tooSmall = (0 - bound) % bound;
    std::uint64_t draw = next();
    while (draw < tooSmall) {
        draw = next();
    }
    return draw % bound;
}

std::vector<std::uint32_t> shuffledIndices(std::size_t count, std::uint64_t seed)
{
    std::vector<std::uint32_t> indices(count);
    std::iota(indices.begin(), indices.end(), 0U);
    Random random(seed);
    for (std::size_t i = count; i > 1; --i) {
        std::swap(indices[i - 1], indices[random.below(i)]);
    }
    return indices;
}

} // namespace papilio
