// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/coordinates.h"
#include "data/indexing.h"
#include "data/rows.h"

namespace papilio::data
{

/// A row as it goes into the project: what the database takes is made where the chemistry is done, so that the one
/// thread that writes has little to do, and in one piece, so that the many small pieces of a ReadRow never leave their
/// thread.
class StoredRow
{
public:
    explicit StoredRow(ReadRow&& row);

    std::int64_t row = 0;
    bool rejected = false;
    bool hasCells = false;
    std::uint8_t steps = 0; ///< see ReadRow
    std::string text, reason, smiles;
    MoleculeIndex index;
    std::vector<std::string> names;
    std::optional<Coordinates> coordinates;

    std::string_view graph() const { return part(0, m_graphEnd); }
    std::string_view encodings() const { return part(m_graphEnd, m_encodingsEnd); }
    std::string_view atomOrder() const { return part(m_encodingsEnd, m_orderEnd); }
    std::string_view labels() const { return part(m_orderEnd, m_bytes.size()); } ///< empty = none

private:
    std::string_view part(std::size_t begin, std::size_t end) const
    {
        return std::string_view(m_bytes).substr(begin, end - begin);
    }

    std::string m_bytes;
    std::size_t m_graphEnd = 0, m_encodingsEnd = 0, m_orderEnd = 0;
};

} // namespace papilio::data
