// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/features.h"
#include "store/project.h"

namespace papilio::store
{

/// A feature set for which inputs of molecules are kept.
struct InputSet {
    std::string hash;           ///< featureSetHash()
    std::string settings;       ///< featureSetToJson() as text
    std::string created;        ///< UTC, ISO 8601
    std::int64_t molecules = 0; ///< for which inputs are there
    std::int64_t bytes = 0;     ///< that they take
};

/// A cache: the inputs of molecules for feature sets that stored graphs and encodings do not answer (isStandard()).
/// Nothing in it is ever missed: it can be cleared at any time and is computed again (data/inputs.h). In a project of
/// schema 1 that is open for reading it is empty.
class Inputs
{
public:
    explicit Inputs(Project& project);

    Result<std::optional<MoleculeInputs>> get(std::string_view hash, std::int64_t molecule) const;
    /// Streams what is there of the given molecules, in their order; the callback returns false to stop.
    Result<> each(std::string_view hash, std::span<const std::int64_t> molecules,
                  const std::function<bool(std::int64_t molecule, MoleculeInputs&& inputs)>& callback) const;
    /// The given molecules that have no inputs yet, in their order.
    Result<std::vector<std::int64_t>> missing(std::string_view hash, std::span<const std::int64_t> molecules) const;
    Result<std::int64_t> count(std::string_view hash) const;
    /// All feature sets that have ever been computed here, with their sizes.
    Result<std::vector<InputSet>> all() const;

    // --- writing (Access::ReadWrite) ---
    struct Entry {
        std::int64_t molecule = 0;
        std::string bytes; ///< MoleculeInputs::toBytes()
    };
    /// In one transaction; what is there already stays.
    Result<> put(const FeatureSet& set, const std::vector<Entry>& entries);
    Result<> clear(std::string_view hash); ///< with its settings; nothing happens if there are none
    Result<> clearAll();

private:
    Project& m_project;
};

} // namespace papilio::store
