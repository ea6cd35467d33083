// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "chem/fingerprint.h"
#include "core/control.h"
#include "core/error.h"
#include "data/splitgroups.h"

namespace papilio::data
{

/// Clusters by leaders (sphere exclusion): in an order that the seed decides, each molecule joins the leader that is
/// most similar to it (the earlier one if two are alike), if that similarity reaches the cutoff; else it becomes a
/// leader itself. The result does not depend on the number of threads. Only leaders that share one of a molecule's
/// rarest bits are looked at, which loses none that could reach the cutoff (prefix filtering); that is what makes a
/// million molecules possible. Error Stopped if told to stop.
Result<Groups> clusterByLeaders(const std::vector<chem::Fingerprint>& fingerprints, double cutoff, std::uint64_t seed,
                                int threads, Control& control);

} // namespace papilio::data
