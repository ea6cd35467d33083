// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <unordered_map>

#include "data/table.h"

namespace papilio::data
{

/// MDL SD files, record by record. Column 0 is the mol block; each property name is a column from its first record on.
class SdfReader : public TextTableReader
{
public:
    static constexpr std::string_view structureColumn = "(structure)";

    explicit SdfReader(std::unique_ptr<LineReader> lines);
    Result<bool> next(TableRow& row) override;

private:
    struct Record; ///< what is known of the record in reading
    void takeLine(Record& record, const std::string& line);
    std::size_t columnOf(std::string_view header);

    std::unordered_map<std::string, std::size_t> m_byName;
    std::string m_line;
};

} // namespace papilio::data
