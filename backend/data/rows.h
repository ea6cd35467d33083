// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/coordinates.h"
#include "core/encodings.h"
#include "core/molgraph.h"
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
    MolGraph graph;
    Encodings encodings;
    std::vector<std::uint16_t> toCanonical;
    std::optional<Coordinates> coordinates; ///< as the file told them; none where a recipe changed the molecule
    MoleculeIndex index;            ///< for the search; with the encodings alone
    std::vector<std::string> names; ///< of the columns that name molecules; the pipeline's
    std::uint8_t steps = 0; ///< steps of the recipe that changed it: bit i is chem::StandardStep i
    store::LabelSet labels; ///< canonical order; of a rejected row: its graph-level labels, for the statistics
};

/// Turns a row of the table into a molecule with labels; encodings and search index where they are asked for. Safe to call from several threads.
ReadRow readRow(TableRow&& row, const Plan& plan, bool withEncodings);

} // namespace papilio::data
