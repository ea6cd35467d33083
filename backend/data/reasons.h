// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace papilio::data
{

/// Gathers what had to be changed in a row, in one sentence that stays short.
class Reasons
{
public:
    void add(const std::string& reason)
    {
        if (!reason.empty() && ++m_count <= shown) {
            m_text += (m_text.empty() ? "" : "; ") + reason;
        }
    }
    std::string text() const
    {
        return m_count > shown ? m_text + "; and " + std::to_string(m_count - shown) + " more" : m_text;
    }

private:
    static constexpr int shown = 3;
    std::string m_text;
    int m_count = 0;
};

} // namespace papilio::data
