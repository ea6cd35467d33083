// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/storedrow.h"

#include "store/datasets.h"

namespace papilio::data
{

StoredRow::StoredRow(ReadRow&& read)
    : row(read.row), rejected(read.rejected), hasCells(read.hasCells), steps(read.steps), text(std::move(read.text)),
      reason(std::move(read.reason)), smiles(std::move(read.smiles)), index(read.index), names(std::move(read.names)),
      coordinates(std::move(read.coordinates))
{
    const std::string graph = rejected ? std::string() : read.molecule->graph().toBytes();
    const std::string order = store::packAtomOrder(read.toCanonical);
    const std::string labels = read.labels.entries.empty() ? std::string() : read.labels.toBytes();
    m_bytes.reserve(graph.size() + read.encodings.size() + order.size() + labels.size());
    m_bytes += graph;
    m_graphEnd = m_bytes.size();
    m_bytes += read.encodings;
    m_encodingsEnd = m_bytes.size();
    m_bytes += order;
    m_orderEnd = m_bytes.size();
    m_bytes += labels;
}

} // namespace papilio::data
