// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "learn/modelfile.h"
#include "nn/architecture.h"
#include "nn/batch.h"

namespace papilio::learn
{

/// Turns rows × outputWidth of a head from the network's numbers into label units, in place: values times sd plus mean,
/// probabilities (sigmoid), class probabilities (softmax).
void toLabelUnits(const nn::HeadSpec& head, const std::vector<Normalisation>& normalisation, std::span<float> outputs);

/// First row and number of rows of molecule i of a batch, at a head's level.
struct RowRange {
    std::size_t begin = 0, count = 0;
};
RowRange rowsOfMolecule(const nn::Batch& batch, Level level, std::size_t i);

} // namespace papilio::learn
