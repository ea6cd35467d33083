// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/control.h"
#include "engine/modelcache.h"
#include "learn/fingerprint.h"

namespace papilio::engine
{

struct FingerprintRequest {
    std::string input, output; ///< .csv, .npy or .parquet decides the format
    std::string smilesColumn;  ///< empty = guessed
    std::string layer;         ///< address, see learn/fingerprint.h
    learn::FingerprintPool pool = learn::FingerprintPool::Max;
};

struct FingerprintReport {
    std::int64_t rows = 0, computed = 0, rejected = 0;
    std::int64_t width = 0;
    double seconds = 0;
};

struct LayerWidth {
    std::string address;
    Level level = Level::Graph;
    std::int64_t width = 0;
};
/// All layers that fingerprints can be taken from.
Result<std::vector<LayerWidth>> layerWidths(LoadedModel& model);

/// Writes the fingerprints of a table's molecules in its order: a row a molecule, or with FingerprintPool::None a row an
/// atom (bond, pair). Every row says which input row it belongs to: columns row, item (of unpooled layers), smiles,
/// status, reason in CSV and Parquet; in a .csv file beside an NPY file (npyIdsPath), whose rejected rows are NaN. So
/// nothing shifts against its molecule.
Result<FingerprintReport> fingerprintFile(LoadedModel& model, const FingerprintRequest& request, Control& control);

} // namespace papilio::engine
