// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/encodings.h"
#include "core/molgraph.h"
#include "store/project.h"

namespace papilio::store
{

struct MoleculeRecord {
    std::int64_t id = 0;
    std::string smiles;  ///< canonical isomeric SMILES; unique
    MolGraph graph;
    Encodings encodings;
};

/// The molecules of a project; each is stored once, whatever datasets it occurs in.
class Molecules
{
public:
    explicit Molecules(Project& project);

    Result<std::int64_t> count() const;
    Result<std::optional<std::int64_t>> idOf(std::string_view canonicalSmiles) const;
    Result<MoleculeRecord> byId(std::int64_t id) const;
    /// Canonical SMILES of ids, in the order asked.
    Result<std::vector<std::string>> smilesOf(const std::vector<std::int64_t>& ids) const;
    /// All ids, ascending.
    Result<std::vector<std::int64_t>> ids() const;
    /// Streams all molecules by id; the callback returns false to stop.
    Result<> each(const std::function<bool(const MoleculeRecord&)>& callback) const;

    /// Stores a molecule unless it is there; returns its id and whether it is new.
    struct Added {
        std::int64_t id = 0;
        bool isNew = false;
    };
    /// graph, encodings: the bytes that MolGraph::toBytes() and Encodings::toBytes() make, perhaps on another thread.
    Result<Added> add(const std::string& canonicalSmiles, std::string_view graph, std::string_view encodings);

private:
    Project& m_project;
    bool m_lastWasNew = true;
};

} // namespace papilio::store
