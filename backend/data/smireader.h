// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/table.h"

namespace papilio::data
{

/// SMILES files: a SMILES a line, then optional further columns (mostly a name), separated by tabs or blanks. A header
/// is not usual; a first line that begins with the word "smiles" is taken as one.
class SmiReader : public TextTableReader
{
public:
    static Result<std::unique_ptr<TableReader>> open(std::unique_ptr<LineReader> lines, const std::string& file,
                                                     const ReadOptions& options = {});
    Result<bool> next(TableRow& row) override;

private:
    explicit SmiReader(std::unique_ptr<LineReader> lines) : TextTableReader(Format::Smi, std::move(lines)) {}
    std::vector<std::string> splitLine(std::string_view line);
    Result<bool> nextLine(bool& tooLong);

    bool m_tabs = false;
    std::size_t m_width = 1;
    std::string m_line;
};

} // namespace papilio::data
