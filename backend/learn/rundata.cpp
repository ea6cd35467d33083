// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/rundata.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "store/labels.h"

namespace papilio::learn
{

Result<Labelled> findLabelled(store::Project& project, const Selection& selection, Control& control)
{
    Labelled labelled;
    store::Labels labels(project);
    std::vector<std::int64_t> seen;
    for (const HeadSource& first : selection.sources) {
        if (std::find(seen.begin(), seen.end(), first.dataset) != seen.end()) {
            continue;
        }
        seen.push_back(first.dataset);
        const auto visit = [&](std::int64_t molecule, const store::LabelSet& set) {
            std::int64_t found = 0;
            for (const HeadSource& source : selection.sources) {
                for (std::size_t c = 0; source.dataset == first.dataset && c < source.positions.size(); ++c) {
                    if (const auto* entry = set.find(source.positions[c])) {
                        found += std::count_if(entry->values.begin(), entry->values.end(),
                                               [](double value) { return !std::isnan(value); });
                    }
                }
            }
            if (found > 0) {
                labelled.molecules.push_back(molecule);
                labelled.labels += found;
            }
            return !control.stopRequested();
        };
        PAPILIO_TRY(labels.each(first.dataset, visit));
    }
    if (control.stopRequested()) {
        return fail(ErrorCode::Stopped, "Stopped while the labels were counted.");
    }
    auto& ids = labelled.molecules;
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    if (ids.empty()) {
        return fail(ErrorCode::BadInput, "The chosen tasks have no label at all.", "Choose other tasks.");
    }
    return labelled;
}

const std::vector<std::uint32_t>& RunData::part(store::Part part) const
{
    static const std::vector<std::uint32_t> none;
    return part == store::Part::None ? none : m_parts[static_cast<std::size_t>(part)];
}

/// Which molecules are in which part, for any head.
void RunData::findParts()
{
    for (const HeadSource& source : m_selection.sources) {
        m_partsOfHead.push_back(m_split.datasets.empty() ? std::vector<store::Part>() : m_split.partsOf(source.dataset));
    }
    for (std::uint32_t i = 0; i < m_split.molecules.size(); ++i) {
        for (const store::Part part :
             {store::Part::Train, store::Part::Validation, store::Part::Test, store::Part::TestSeen}) {
            bool in = m_split.datasets.empty() && m_split.parts[i] == part;
            for (std::size_t h = 0; h < heads().size() && !m_split.datasets.empty() && !in; ++h) {
                in = partOf(h, i) == part;
            }
            if (in) {
                m_parts[static_cast<std::size_t>(part)].push_back(i);
            }
        }
    }
}

std::size_t RunData::rowsOf(Level level, std::uint32_t molecule) const
{
    switch (level) {
    case Level::Node:
        return stored(molecule).atoms;
    case Level::Edge:
        return 2 * std::size_t{stored(molecule).bonds};
    case Level::NodePair: {
        const std::size_t atoms = stored(molecule).atoms;
        return atoms * (atoms - 1) / 2;
    }
    case Level::Graph:
        break;
    }
    return 1;
}

Result<nn::Batch> RunData::makeBatch(std::span<const std::uint32_t> molecules, std::optional<store::Part> part) const
{
    const bool standard = isStandard(m_selection.inputs);
    std::vector<MolGraph> graphs;
    std::vector<Encodings> encodings;
    std::vector<MoleculeInputs> others;
    graphs.reserve(molecules.size());
    encodings.reserve(standard ? molecules.size() : 0);
    others.reserve(standard ? 0 : molecules.size());
    std::vector<nn::MoleculeInput> inputs;
    for (const std::uint32_t molecule : molecules) {
        auto graph = MolGraph::fromBytes(graphOf(stored(molecule)));
        if (!graph) {
            return tl::unexpected(graph.error());
        }
        graphs.push_back(std::move(*graph));
        if (standard) {
            auto encoding = Encodings::fromBytes(encodingsOf(stored(molecule)));
            if (!encoding) {
                return tl::unexpected(encoding.error());
            }
            encodings.push_back(std::move(*encoding));
            inputs.push_back({&graphs.back(), &encodings.back(), nullptr});
        } else {
            auto other = MoleculeInputs::fromBytes(inputsOf(stored(molecule)));
            if (!other) {
                return tl::unexpected(other.error());
            }
            others.push_back(std::move(*other));
            inputs.push_back({&graphs.back(), nullptr, &others.back()});
        }
    }
    nn::Batch batch = nn::collate(inputs, m_selection.inputs);
    batch.labels = labelsOf(molecules, part);
    return batch;
}

std::vector<std::vector<float>> RunData::labelsOf(std::span<const std::uint32_t> molecules,
                                                  std::optional<store::Part> part) const
{
    std::vector<std::vector<float>> all;
    for (std::size_t h = 0; h < heads().size(); ++h) {
        const std::size_t columns = heads()[h].columns.size();
        std::size_t rows = 0;
        for (const std::uint32_t molecule : molecules) {
            rows += rowsOf(heads()[h].level, molecule);
        }
        std::vector<float>& labels = all.emplace_back();
        labels.reserve(rows * columns);
        for (const std::uint32_t molecule : molecules) {
            const std::size_t count = rowsOf(heads()[h].level, molecule) * columns;
            const std::uint64_t block = blocks(h)[molecule];
            if (block == 0 || (part && partOf(h, molecule) != *part)) {
                labels.insert(labels.end(), count, std::numeric_limits<float>::quiet_NaN());
            } else {
                const float* from = m_bulk.values<float>(block);
                labels.insert(labels.end(), from, from + count);
            }
        }
    }
    return all;
}

} // namespace papilio::learn
