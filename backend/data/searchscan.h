// SPDX-License-Identifier: GPL-3.0-or-later
// Private to data.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "chem/fingerprint.h"
#include "core/control.h"
#include "core/error.h"
#include "store/project.h"

namespace papilio::data
{

/// A molecule that a scan has found.
struct Found {
    std::int64_t molecule = 0;
    double similarity = -1;
    std::string smiles;
};

struct ScanCounts {
    std::int64_t tested = 0;
    bool complete = false;
};

/// All molecules with a substructure, in the order of their ids, a batch for each piece of the index. Several threads,
/// each with its own connection; only a bounded number of pieces is under way.
Result<ScanCounts> scanSubstructure(store::Project& project, const std::string& smarts, int threads,
                                    const std::function<bool(std::vector<Found>&&)>& callback, Control& control);

/// The 'top' molecules most similar to a fingerprint, at least 'least', most similar first (the lower id where alike).
Result<std::vector<Found>> scanSimilar(store::Project& project, const chem::Fingerprint& wanted, int top, double least,
                                       int threads, Control& control);

} // namespace papilio::data
