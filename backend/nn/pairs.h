// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/functions.h"

/// Rows for pairs of atoms of one molecule.
namespace papilio::nn
{

/// Index tensors of pairs; atoms are counted from the shard's first.
struct PairRows {
    Tensor left, right;
    Tensor dense;             ///< squares only: place of each in graphs × n × n
    std::int64_t largest = 0; ///< n: atoms of the shard's largest molecule
};

/// All ordered pairs of each molecule, itself included, row by row: the rows that encodings of node pairs have.
PairRows squareRows(const Pass& pass);
/// The pairs i < j of each molecule, row by row.
PairRows upperRows(const Pass& pass);

/// Rows of squares × width → graphs × width × n × n, with 'padding' where a molecule has no such pair.
Tensor toDense(const Tensor& rows, const PairRows& squares, double padding, const Pass& pass);

/// [x(left) + x(right) ‖ |x(left) − x(right)|]
Tensor joinPairs(const Tensor& x, const PairRows& pairs);

} // namespace papilio::nn
