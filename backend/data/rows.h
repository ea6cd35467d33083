// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "chem/molecule.h"
#include "core/coordinates.h"
#include "data/indexing.h"
#include "data/plan.h"
#include "data/table.h"
#include "store/labels.h"

namespace papilio::data
{

/// A row with its chemistry done; whether its molecule was seen before is not known here.
struct ReadRow {
    std::int64_t row = 0;
    std::string text; ///< the structure as written
    bool rejected = false;
    bool hasCells = false; ///< its cells could be read (they count for "missing %")
    std::string reason;    ///< why rejected, or what was repaired
    std::string smiles;    ///< canonical
    std::optional<chem::Molecule> molecule; ///< none if rejected
    std::string encodings; ///< as Encodings::toBytes() makes them; complete()'s
    std::vector<std::uint16_t> toCanonical;
    std::optional<Coordinates> coordinates; ///< as the file told them; none where a recipe changed the molecule
    MoleculeIndex index;            ///< for the search; complete()'s
    std::vector<std::string> names; ///< of the columns that name molecules; the pipeline's
    std::uint8_t steps = 0; ///< steps of the recipe that changed it: bit i is chem::StandardStep i
    store::LabelSet labels; ///< canonical order; of a rejected row: its graph-level labels, for the statistics
};

/// Turns a row of the table into a molecule with labels. Safe to call from several threads.
ReadRow readRow(TableRow&& row, const Plan& plan);

/// Adds encodings and search index to rows that are not rejected, one kind for all of them and then the next: a
/// processor that does the same again has its code and tables at hand. Some 16 rows at once are best.
void complete(std::span<ReadRow> rows);

} // namespace papilio::data
