// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nn/functions.h"

/// Differentiable moves of rows between atoms, edges and molecules.
namespace papilio::nn
{

/// An end of a directed edge. The edges that an atom receives by are its in-edges.
enum class End : std::uint8_t { Sender, Receiver };

inline End otherEnd(End end)
{
    return end == End::Sender ? End::Receiver : End::Sender;
}

/// Atom at that end of each edge.
inline const Tensor& atomsAt(End end, const Pass& pass)
{
    return end == End::Sender ? pass.senders : pass.receivers;
}

/// x(index(i)) for each i.
Tensor takeRows(const Tensor& x, const Tensor& index, const Pass& pass);
/// rows × width; row r is the sum of the values(i) with index(i) = r.
Tensor addRows(const Tensor& values, const Tensor& index, std::int64_t rows, const Pass& pass);

/// For each edge ofReceivers(receiver) + ofSenders(sender) + ofEdges(edge); the last may be undefined.
Tensor joinEnds(const Tensor& ofReceivers, const Tensor& ofSenders, const Tensor& ofEdges, const Pass& pass);

/// For each atom the sum of x(atom at the other end) over the edges that have it at this end.
Tensor sumAcross(const Tensor& x, End end, const Pass& pass);

/// Largest (or smallest) values(i) with index(i) = r, column by column; 0 where there is none. The gradient goes to the
/// first of equal ones.
Tensor extremeRows(const Tensor& values, bool smallest, const Tensor& index, std::int64_t rows, const Pass& pass);

/// Number of i with index(i) = r, as rows × 1.
Tensor countRows(const Tensor& index, std::int64_t rows, const Tensor& like);

} // namespace papilio::nn
