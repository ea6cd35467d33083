// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

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
/// molecules of its dataset (4 bytes a value, missing ones too), and where they are (40 bytes a molecule, 8 more a head).
/// Up to a limit they are in memory, beyond it in an unnamed file beside the project, mapped (bulk.h); so what must be in
/// memory grows by about 15 bytes a molecule alone. Expanded features exist per batch only. Immutable once loaded;
/// several threads may read it, and several processes of a host (attach).
class RunData
{
public:
    /// Reads everything; scales labels as their heads' sources say, fitted on the training part.
    static Result<RunData> load(store::Project& project, Selection selection, store::Split split, Control& control,
                                Bulk::Readers readers = Bulk::Readers::OwnProcess);

    /// What other processes of this host need to read the data of this one; null where they cannot reach it.
    nlohmann::json offer() const;
    /// The data that another process offers, which keeps it while it lives. An error, and what is given stays as it is,
    /// if it cannot be reached or is not that of this selection and split.
    static Result<RunData> attach(Selection&& selection, store::Split&& split, const nlohmann::json& offer);

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
    std::int64_t atomsOf(std::uint32_t molecule) const { return stored(molecule).atoms; }
    /// Of a batch at a head's level.
    std::size_t rowsOf(Level level, std::uint32_t molecule) const;
    /// Whether a molecule has labels of a head.
    bool hasLabels(std::size_t head, std::uint32_t molecule) const { return blocks(head)[molecule] != 0; }

    /// Molecules as one batch with its labels, in the order asked. With a part, only the labels that are in it: where
    /// each dataset has its own split, a molecule may be trained on for one and tested for another.
    Result<nn::Batch> makeBatch(std::span<const std::uint32_t> molecules, std::optional<store::Part> part = {}) const;
    /// The labels of such a batch alone: of each head its rows × columns, missing ones NaN.
    std::vector<std::vector<float>> labelsOf(std::span<const std::uint32_t> molecules,
                                             std::optional<store::Part> part = {}) const;

private:
    /// Places in m_bulk of a molecule. These stand at its beginning, one a molecule; then come, head by head, the places
    /// of each molecule's labels of it: a block of rows × columns, normalised, missing ones NaN. 0 = no labels at all.
    struct Stored {
        std::uint64_t graph = 0;  ///< the encodings follow
        std::uint64_t inputs = 0; ///< of a feature set that graph and encodings do not answer
        std::uint32_t graphBytes = 0, encodingBytes = 0, inputBytes = 0;
        std::uint32_t atoms = 0, bonds = 0;
    };

    friend class RunDataLoader;
    void findParts();
    const Stored& stored(std::uint32_t molecule) const { return m_bulk.values<Stored>(0)[molecule]; }
    std::uint64_t blocksAt(std::size_t head) const
    {
        return m_split.molecules.size() * (sizeof(Stored) + head * sizeof(std::uint64_t));
    }
    const std::uint64_t* blocks(std::size_t head) const { return m_bulk.values<std::uint64_t>(blocksAt(head)); }
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
    std::vector<std::vector<Normalisation>> m_normalisation;
    std::vector<std::string> m_notes;
    std::string m_hash;
};

} // namespace papilio::learn
