// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/residual.h"

#include <algorithm>

namespace papilio::nn
{

ResidualPath::ResidualPath(const Options& options, const std::string& name, const Places& places) : m_options(options)
{
    m_options.skip = std::max(1, options.skip);
    if (options.type == Residual::Weighted) {
        for (int step = 0; step < options.depth - 1; step += m_options.skip) {
            const std::string map = name + ".residual_list." + std::to_string(m_maps.size());
            m_maps.push_back(
                {LinearPlaces(map + ".linear", places), NormPlaces(options.norm, map + ".normalization", places)});
        }
    } else if (options.type == Residual::Random) {
        for (int step = 1; step < options.depth - 1; ++step) {
            m_random.push_back(places.of(name + ".random_weights." + std::to_string(step)));
        }
    }
}

bool ResidualPath::has(int step) const
{
    return m_options.type != Residual::None && step < m_options.depth - 1 && step % m_options.skip == 0;
}

Tensor ResidualPath::join(const Tensor& h, int step, ResidualMemory& memory, const Weights& weights, Level level,
                          Pass& pass, std::int64_t times) const
{
    if (!has(step)) {
        return h;
    }
    Tensor joined = h;
    if (step > 0) {
        switch (m_options.type) {
        case Residual::None:
            break;
        case Residual::Simple:
            joined = h + memory.previous[0];
            break;
        case Residual::Weighted:
            joined = weighted(h, memory, weights, level, pass, times);
            break;
        case Residual::Concat:
        case Residual::DenseNet:
            joined = at::cat({h, memory.previous[0]}, 1);
            break;
        case Residual::Random: {
            const Tensor factors = pick(weights, m_random[static_cast<std::size_t>(step - 1)]);
            for (std::size_t i = 0; i < memory.previous.size(); ++i) {
                joined = joined + factors.select(0, static_cast<std::int64_t>(i)) * memory.previous[i];
            }
            break;
        }
        }
    }
    // Concat looks back at the layer's own output only, all others at what was joined.
    const Tensor& kept = m_options.type == Residual::Concat ? h : joined;
    if (m_options.type == Residual::Random) {
        memory.previous.push_back(kept);
    } else {
        memory.previous = {kept};
    }
    return joined;
}

/// The published library counts the maps it has used and never starts again (quirk M2): a second pass goes on with the
/// next one, until none is left.
Tensor ResidualPath::weighted(const Tensor& h, ResidualMemory& memory, const Weights& weights, Level level, Pass& pass,
                              std::int64_t times) const
{
    const int maps = static_cast<int>(m_maps.size());
    if (memory.used < 0) {
        const auto before = m_options.counter ? std::min<std::uint64_t>(pass.earlierPasses, 2) : 0;
        const int joints = (m_options.depth - 2) / m_options.skip; // those of a whole pass
        memory.used = std::min(maps, joints * static_cast<int>(before));
    }
    if (memory.used >= maps) {
        return h;
    }
    const Map& map = m_maps[static_cast<std::size_t>(memory.used++)];
    return h + fullyConnected(memory.previous[0], weights, map.linear, map.norm, m_options.activation,
                              m_options.dropout, level, pass, times);
}

} // namespace papilio::nn
