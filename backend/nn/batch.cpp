// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/batch.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

namespace papilio::nn
{

namespace
{

/// Appends a molecule's rows; a wrong length is a fault of the caller and never reads past the end.
void append(std::vector<float>& to, const std::vector<float>& from, std::size_t count)
{
    assert(from.size() == count);
    const auto end = from.begin() + static_cast<std::ptrdiff_t>(std::min(count, from.size()));
    to.insert(to.end(), from.begin(), end);
    to.resize(to.size() + count - std::min(count, from.size()), 0.0F);
}

/// The first 'kept' of every 'width' columns.
void appendColumns(std::vector<float>& to, const std::vector<float>& from, std::size_t rows, std::size_t width,
                   std::size_t kept)
{
    if (kept == width) {
        append(to, from, rows * width);
        return;
    }
    assert(from.size() == rows * width && kept < width);
    for (std::size_t row = 0; row < std::min(rows, from.size() / width); ++row) {
        const auto start = from.begin() + static_cast<std::ptrdiff_t>(row * width);
        to.insert(to.end(), start, start + static_cast<std::ptrdiff_t>(kept));
    }
}

/// Lays molecules of one feature set out one after the other.
class Collator
{
public:
    explicit Collator(const FeatureSet& set)
        : m_set(set), m_atomWidth(static_cast<std::size_t>(atomWidth(set))),
          m_bondWidth(static_cast<std::size_t>(bondWidth(set)))
    {
        for (const EncodingSpec& spec : set.encodings) {
            m_batch.encodings.push_back({encodingKey(spec), spec.level, encodingWidth(spec), {}});
        }
        m_batch.nodeStart.push_back(0);
        m_batch.edgeStart.push_back(0);
        m_batch.pairStart.push_back(0);
    }

    void reserve(std::span<const MoleculeInput> molecules)
    {
        std::size_t atoms = 0;
        std::size_t bonds = 0;
        for (const MoleculeInput& molecule : molecules) {
            atoms += molecule.graph->atoms.size();
            bonds += molecule.graph->bonds.size();
        }
        m_batch.nodeFeatures.reserve(atoms * m_atomWidth);
        m_batch.edgeFeatures.reserve(2 * bonds * m_bondWidth);
        for (EncodingRows& rows : m_batch.encodings) {
            if (rows.level == Level::Node) {
                rows.values.reserve(atoms * static_cast<std::size_t>(rows.width));
            }
        }
        for (auto* indices : {&m_batch.senders, &m_batch.receivers}) {
            indices->reserve(2 * bonds);
        }
        for (auto* starts : {&m_batch.nodeStart, &m_batch.edgeStart, &m_batch.pairStart}) {
            starts->reserve(molecules.size() + 1);
        }
        m_batch.graphOf.reserve(atoms);
    }

    void add(const MoleculeInput& molecule)
    {
        const MolGraph& graph = *molecule.graph;
        const auto atoms = static_cast<std::int64_t>(graph.atoms.size());
        if (molecule.inputs) {
            addInputs(*molecule.inputs, graph);
        } else {
            addStandard(graph, *molecule.encodings);
        }
        m_batch.graphOf.insert(m_batch.graphOf.end(), graph.atoms.size(), m_batch.graphs);
        for (const BondCode& bond : graph.bonds) {
            const std::int64_t begin = m_batch.nodes + bond.begin;
            const std::int64_t end = m_batch.nodes + bond.end;
            m_batch.senders.insert(m_batch.senders.end(), {begin, end});
            m_batch.receivers.insert(m_batch.receivers.end(), {end, begin});
        }
        m_batch.graphs += 1;
        m_batch.nodes += atoms;
        m_batch.edges += 2 * static_cast<std::int64_t>(graph.bonds.size());
        m_batch.nodeStart.push_back(m_batch.nodes);
        m_batch.edgeStart.push_back(m_batch.edges);
        m_batch.pairStart.push_back(m_batch.pairStart.back() + atoms * (atoms - 1) / 2);
    }

    Batch take() { return std::move(m_batch); }

private:
    void addInputs(const MoleculeInputs& inputs, const MolGraph& graph)
    {
        const std::size_t atoms = graph.atoms.size();
        const std::size_t edges = 2 * graph.bonds.size();
        append(m_batch.nodeFeatures, inputs.nodeFeatures, atoms * m_atomWidth);
        append(m_batch.edgeFeatures, inputs.edgeFeatures, edges * m_bondWidth);
        for (EncodingRows& to : m_batch.encodings) {
            const std::size_t rows = to.level == Level::Graph  ? 1
                                     : to.level == Level::Node ? atoms
                                     : to.level == Level::Edge ? edges
                                                               : atoms * atoms;
            const auto block = std::find_if(inputs.encodings.begin(), inputs.encodings.end(),
                                            [&](const auto& one) { return one.key == to.key; });
            static const std::vector<float> nothing;
            append(to.values, block == inputs.encodings.end() ? nothing : block->values,
                   rows * static_cast<std::size_t>(to.width));
        }
    }

    void addStandard(const MolGraph& graph, const Encodings& encodings)
    {
        const std::size_t atoms = graph.atoms.size();
        std::vector<float>& nodes = m_batch.nodeFeatures;
        for (const AtomCode& atom : graph.atoms) {
            nodes.resize(nodes.size() + atomFeatureCount);
            expandAtom(atom, std::span<float, atomFeatureCount>(nodes.end() - atomFeatureCount, atomFeatureCount));
        }
        std::array<float, bondFeatureCount> row;
        for (const BondCode& bond : graph.bonds) {
            expandBond(bond, row);
            for (int direction = 0; direction < 2; ++direction) {
                m_batch.edgeFeatures.insert(m_batch.edgeFeatures.end(), row.begin(), row.end());
            }
        }
        for (std::size_t i = 0; i < m_batch.encodings.size(); ++i) {
            EncodingRows& to = m_batch.encodings[i];
            const auto width = static_cast<std::size_t>(to.width);
            switch (m_set.encodings[i].type) {
            case EncodingType::LaplacianVectors:
                appendColumns(to.values, encodings.laplacianVectors, atoms, Encodings::laplacianCount, width);
                break;
            case EncodingType::LaplacianValues:
                appendColumns(to.values, encodings.laplacianValues, atoms, Encodings::laplacianCount, width);
                break;
            case EncodingType::WalkReturns:
                appendColumns(to.values, encodings.walkReturns, atoms, Encodings::walkCount, width);
                break;
            default: // not standard: a fault of the caller
                append(to.values, {}, atoms * width);
            }
        }
    }

    const FeatureSet& m_set;
    std::size_t m_atomWidth, m_bondWidth;
    Batch m_batch;
};

} // namespace

const EncodingRows* Batch::encoding(std::string_view key) const
{
    const auto found =
        std::find_if(encodings.begin(), encodings.end(), [&](const auto& rows) { return rows.key == key; });
    return found == encodings.end() ? nullptr : &*found;
}

EncodingRows* Batch::encoding(std::string_view key)
{
    return const_cast<EncodingRows*>(std::as_const(*this).encoding(key));
}

Batch collate(std::span<const MoleculeInput> molecules, const FeatureSet& set)
{
    Collator collator(set);
    collator.reserve(molecules);
    for (const MoleculeInput& molecule : molecules) {
        collator.add(molecule);
    }
    return collator.take();
}

} // namespace papilio::nn
