// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/table.h"

namespace papilio::data
{

/// SMILES files: a SMILES a line, then optional further columns (mostly a name), separated by tabs or blanks. A header
/// is not usual; a first line one of whose first two cells has the word "smiles" in it is taken as one. Some have the name
/// before the SMILES.
class SmiReader : public TextTableReader
{
public:
    static Result<std::unique_ptr<TableReader>> open(std::unique_ptr<LineReader> lines, const std::string& file,
                                                     const ReadOptions& options = {});
    Result<bool> next(TableRow& row) override;
    int structureColumn() const override { return m_structure; }

private:
    explicit SmiReader(std::unique_ptr<LineReader> lines) : TextTableReader(Format::Smi, std::move(lines)) {}
    std::vector<std::string> splitLine(std::string_view line);
    std::vector<std::string> cellsByTabs(std::string_view line);
    Result<bool> nextFilled(bool& tooLong);
    Result<bool> nextLine(bool& tooLong);
    bool isComment(std::string_view line);
    std::vector<std::string> sample();
    void measure(const std::vector<std::string>& lines);
    void findStructures(const std::vector<std::string>& lines, std::vector<std::string>& names);

    bool m_tabs = false;
    bool m_onlyTabs = false; ///< blanks divide no cells
    std::size_t m_width = 1;
    int m_structure = 0;
    std::string m_line;
};

} // namespace papilio::data
