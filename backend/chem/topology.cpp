// SPDX-License-Identifier: GPL-3.0-or-later
#include "chem/topology.h"

#include <algorithm>

namespace papilio::chem
{

namespace
{

/// The component of 'start' and everything that can be reached from it.
void flood(Topology& topology, int start)
{
    const int component = static_cast<int>(topology.parts.size());
    std::vector<int>& part = topology.parts.emplace_back();
    topology.component[start] = component;
    part.push_back(start);
    for (std::size_t at = 0; at < part.size(); ++at) {
        for (int k = topology.first[part[at]]; k < topology.first[part[at] + 1]; ++k) {
            const int other = topology.neighbour[k];
            if (topology.component[other] < 0) {
                topology.component[other] = component;
                part.push_back(other);
            }
        }
    }
    std::sort(part.begin(), part.end());
    for (std::size_t i = 0; i < part.size(); ++i) {
        topology.local[part[i]] = static_cast<int>(i);
    }
}

} // namespace

Topology topologyOf(const MolGraph& graph)
{
    const std::size_t count = graph.atoms.size();
    Topology topology;
    topology.first.assign(count + 1, 0);
    for (const BondCode& bond : graph.bonds) {
        ++topology.first[bond.begin + 1u];
        ++topology.first[bond.end + 1u];
    }
    for (std::size_t i = 0; i < count; ++i) {
        topology.first[i + 1] += topology.first[i];
    }
    topology.neighbour.resize(2 * graph.bonds.size());
    std::vector<int> next(topology.first.begin(), topology.first.end() - 1);
    for (const BondCode& bond : graph.bonds) {
        topology.neighbour[next[bond.begin]++] = bond.end;
        topology.neighbour[next[bond.end]++] = bond.begin;
    }
    topology.component.assign(count, -1);
    topology.local.assign(count, 0);
    for (std::size_t start = 0; start < count; ++start) {
        if (topology.component[start] < 0) {
            flood(topology, static_cast<int>(start));
        }
    }
    return topology;
}

} // namespace papilio::chem
