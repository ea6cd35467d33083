// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "chem/molecule.h"
#include "data/preview.h"
#include "data/table.h"

namespace papilio::data
{

/// Bounds of what is read as one molecule: encodings need time and memory that grow with the cube of the atoms.
inline constexpr std::size_t longestSmiles = 20000;
inline constexpr std::size_t mostAtoms = 1000;

/// Parses a structure cell within those bounds; 'molBlock' for the structures of SD files.
Result<chem::Molecule> readStructure(const std::string& text, bool molBlock);

struct StructureChoice {
    int column = -1;
    std::string why;
};
/// The structure column: the one a person named, else by name and by trial parsing of the first rows.
Result<StructureChoice> chooseStructure(const std::vector<std::string>& columns, const std::vector<TableRow>& head,
                                        Format format, const ColumnChoice& choice, const std::string& file);

/// SELFIES cannot be read, though many of them are SMILES of something else.
Result<> refuseSelfies(const std::vector<std::string>& columns, const std::vector<TableRow>& head, int column,
                       const std::string& file);

/// "a, b, c and 12 more", for messages.
std::string listed(const std::vector<std::string>& names, std::size_t most = 20);

} // namespace papilio::data
