// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/rundata.h"

#include <algorithm>
#include <cmath>

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

std::size_t RunData::rowsOf(Level level, std::uint32_t molecule) const
{
    switch (level) {
    case Level::Node:
        return m_molecules[molecule].atoms;
    case Level::Edge:
        return 2 * std::size_t{m_molecules[molecule].bonds};
    case Level::NodePair: {
        const std::size_t atoms = m_molecules[molecule].atoms;
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
        auto graph = MolGraph::fromBytes(graphOf(m_molecules[molecule]));
        if (!graph) {
            return tl::unexpected(graph.error());
        }
        graphs.push_back(std::move(*graph));
        if (standard) {
            auto encoding = Encodings::fromBytes(encodingsOf(m_molecules[molecule]));
            if (!encoding) {
                return tl::unexpected(encoding.error());
            }
            encodings.push_back(std::move(*encoding));
            inputs.push_back({&graphs.back(), &encodings.back(), nullptr});
        } else {
            auto other = MoleculeInputs::fromBytes(inputsOf(m_molecules[molecule]));
            if (!other) {
                return tl::unexpected(other.error());
            }
            others.push_back(std::move(*other));
            inputs.push_back({&graphs.back(), nullptr, &others.back()});
        }
    }
    nn::Batch batch = nn::collate(inputs, m_selection.inputs);
    for (std::size_t h = 0; h < heads().size(); ++h) {
        const std::size_t columns = heads()[h].columns.size();
        std::vector<float> labels;
        labels.reserve(static_cast<std::size_t>(batch.rows(heads()[h].level)) * columns);
        for (const std::uint32_t molecule : molecules) {
            const std::size_t count = rowsOf(heads()[h].level, molecule) * columns;
            const std::uint32_t block = m_blocks[h].blockOf[molecule];
            if (block == noBlock || (part && partOf(h, molecule) != *part)) {
                labels.insert(labels.end(), count, std::numeric_limits<float>::quiet_NaN());
            } else {
                const float* from = m_bulk.floats(m_blocks[h].start[block]);
                labels.insert(labels.end(), from, from + count);
            }
        }
        batch.labels.push_back(std::move(labels));
    }
    return batch;
}

} // namespace papilio::learn
