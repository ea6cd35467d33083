// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/weights.h"

namespace papilio::nn
{

Places::Places(const std::vector<std::string>& names)
{
    for (const std::string& name : names) {
        m_places.emplace(name, static_cast<int>(m_places.size()));
    }
}

int Places::of(const std::string& name) const
{
    const auto found = m_places.find(name);
    return found == m_places.end() ? -1 : found->second;
}

} // namespace papilio::nn
