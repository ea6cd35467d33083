// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/control.h"
#include "core/error.h"
#include "learn/bulk.h"
#include "learn/heads.h"
#include "learn/modelfile.h"
#include "nn/batch.h"
#include "store/runs.h"

namespace papilio::learn
{

/// The molecules that have at least one label of a selection (ascending ids), and how many single labels there are.
struct Labelled {
    std::vector<std::int64_t> molecules;
    std::int64_t labels = 0;
};
Result<Labelled> findLabelled(store::Project& project, const Selection& selection, Control& control);

/// All that a run learns from: per molecule its graph (8 bytes an atom, 6 a bond) and encodings (64 bytes an atom), or
/// the inputs of another feature set from the project's cache (store/inputs.h), per head the normalised labels of the
/// molecules of its dataset (4 bytes a value, missing ones too). Up to a limit they are in memory, beyond it in an
/// unnamed file beside the project, mapped (bulk.h); so memory grows by about 70 bytes a molecule alone. Expanded
/// features exist per batch only. Immutable once loaded; several threads may read it.
class RunData
{
public:
    /// Reads everything; scales labels as their heads' sources say, fitted on the training part.
    static Result<RunData> load(store::Project& project, Selection selection, store::Split split, Control& control);

    const Selection& selection() const { return m_selection; }
    const std::vector<nn::HeadSpec>& heads() const { return m_selection.heads; }
    const store::Split& split() const { return m_split; }
    const std::vector<std::vector<Normalisation>>& normalisation() const { return m_normalisation; }
    /// SHA-256 over tasks, labels, molecules and split. Other datasets, and other tasks of the same, do not enter.
    const std::string& hash() const { return m_hash; }
    const std::vector<std::string>& notes() const { return m_notes; } ///< tasks that cannot be learnt, in words

    /// Molecules that are in a part, for any head, as indices into split().molecules, ascending.
    const std::vector<std::uint32_t>& part(store::Part part) const;
    std::int64_t idOf(std::uint32_t molecule) const { return m_split.molecules[molecule]; }

    /// The part that a head's labels of a molecule are in; datasets may have splits of their own.
    store::Part partOf(std::size_t head, std::uint32_t molecule) const
    {
        return m_partsOfHead[head].empty() ? m_split.parts[molecule] : m_partsOfHead[head][molecule];
    }
    std::int64_t atomsOf(std::uint32_t molecule) const { return m_molecules[molecule].atoms; }
    /// Whether a molecule has labels of a head.
    bool hasLabels(std::size_t head, std::uint32_t molecule) const
    {
        return m_blocks[head].blockOf[molecule] != noBlock;
    }

    bool inFile() const { return m_bulk.inFile(); } ///< it is more than the limit of memory

    /// Molecules as one batch with its labels, in the order asked. With a part, only the labels that are in it: where
    /// each dataset has its own split, a molecule may be trained on for one and tested for another.
    Result<nn::Batch> makeBatch(std::span<const std::uint32_t> molecules, std::optional<store::Part> part = {}) const;

private:
    static constexpr std::uint32_t noBlock = std::numeric_limits<std::uint32_t>::max();

    /// Places in m_bulk.
    struct Stored {
        std::uint64_t graph = 0;  ///< the encodings follow
        std::uint64_t inputs = 0; ///< of a feature set that graph and encodings do not answer
        std::uint32_t graphBytes = 0, encodingBytes = 0, inputBytes = 0;
        std::uint32_t atoms = 0, bonds = 0;
    };
    /// Labels of one head: a block of rows × columns for each molecule of its dataset.
    struct Blocks {
        std::vector<std::uint32_t> blockOf;  ///< by molecule; noBlock = no labels at all
        std::vector<std::uint64_t> start;    ///< by block; place in m_bulk of its values: normalised; NaN = missing
    };

    friend class RunDataLoader;
    std::size_t rowsOf(Level level, std::uint32_t molecule) const;
    std::string_view graphOf(const Stored& stored) const { return m_bulk.at(stored.graph, stored.graphBytes); }
    std::string_view encodingsOf(const Stored& stored) const
    {
        return m_bulk.at(stored.graph + stored.graphBytes, stored.encodingBytes);
    }
    std::string_view inputsOf(const Stored& stored) const { return m_bulk.at(stored.inputs, stored.inputBytes); }

    Selection m_selection;
    store::Split m_split;
    std::vector<std::vector<store::Part>> m_partsOfHead; ///< empty where the split is the same for all
    std::vector<std::uint32_t> m_parts[4];
    Bulk m_bulk;
    std::vector<Stored> m_molecules;
    std::vector<Blocks> m_blocks;
    std::vector<std::vector<Normalisation>> m_normalisation;
    std::vector<std::string> m_notes;
    std::string m_hash;
};

} // namespace papilio::learn
