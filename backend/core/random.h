// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace papilio
{

/// Mixes any number of words into one; the same words give the same word on every machine (splitmix64 finaliser).
/// Stateless on purpose: the random numbers of step s of a run depend on (seed, s) alone, so a resumed run repeats them.
std::uint64_t mixSeed(std::uint64_t a, std::uint64_t b = 0, std::uint64_t c = 0);

/// xoshiro256**, seeded by splitmix64. Small, fast, the same everywhere (std::shuffle and distributions are not).
class Random
{
public:
    explicit Random(std::uint64_t seed);
    std::uint64_t next();
    double uniform();                        ///< [0, 1)
    std::uint64_t below(std::uint64_t bound); ///< 0 … bound−1, unbiased; bound > 0

private:
    std::uint64_t m_state[4];
};

/// 0 … count−1 in a random order (Fisher–Yates).
std::vector<std::uint32_t> shuffledIndices(std::size_t count, std::uint64_t seed);

} // namespace papilio
