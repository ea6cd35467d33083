// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/hash.h"
#include "store/bytes.h"
#include "store/connection.h"
#include "store/runs.h"

namespace papilio::store
{
namespace
{

constexpr Part everyPart[] = {Part::Train, Part::Validation, Part::Test, Part::TestSeen, Part::None};
constexpr int datasetsSince = 4; ///< version of the schema

std::optional<std::vector<Part>> partsFromBytes(std::string_view bytes)
{
    std::vector<Part> parts;
    parts.reserve(bytes.size());
    for (const char c : bytes) {
        const auto part = static_cast<Part>(c);
        if (part > Part::TestSeen && part != Part::None) {
            return {};
        }
        parts.push_back(part);
    }
    return parts;
}

std::string bytesOf(const std::vector<Part>& parts)
{
    std::string bytes;
    bytes.reserve(parts.size());
    for (const Part part : parts) {
        bytes += static_cast<char>(part);
    }
    return bytes;
}

Result<> checkSplit(const Split& split)
{
    const bool ascending = std::adjacent_find(split.molecules.begin(), split.molecules.end(), std::greater_equal<>()) ==
                           split.molecules.end();
    const bool complete = std::all_of(split.datasets.begin(), split.datasets.end(), [&split](const auto& dataset) {
        return dataset.second.size() == split.molecules.size();
    });
    if (!ascending || !complete || split.molecules.size() != split.parts.size() || split.hash.empty()) {
        return fail(ErrorCode::Internal, "A split needs ascending molecules, as many parts, and its hash ('" +
                                             split.spec + "' has " + std::to_string(split.molecules.size()) +
                                             " molecules, " + std::to_string(split.parts.size()) + " parts).");
    }
    return {};
}

Error damagedSplit(const std::string& path, std::int64_t id)
{
    return damagedRecord(path, "split " + std::to_string(id), "its list of molecules is cut off").value();
}

Split headOf(const Lease& query)
{
    Split split;
    split.id = query.integer(0);
    split.spec = query.text(1);
    split.seed = static_cast<std::uint64_t>(query.integer(2));
    split.hash = query.text(3);
    return split;
}

Result<> readDatasets(Connection& connection, const std::string& path, Split& split)
{
    if (!connection.hasSchema(datasetsSince)) {
        return {};
    }
    Lease query(connection, "SELECT dataset, parts FROM split_datasets WHERE split = ?1");
    query.bind(split.id);
    while (query.step()) {
        auto parts = partsFromBytes(query.blob(1));
        if (!parts || parts->size() != split.molecules.size()) {
            return tl::unexpected<Error>(damagedSplit(path, split.id));
        }
        split.datasets[query.integer(0)] = std::move(*parts);
    }
    return {};
}

} // namespace

std::string_view partName(Part part)
{
    switch (part) {
    case Part::Train:
        return "train";
    case Part::Validation:
        return "val";
    case Part::Test:
        return "test";
    case Part::TestSeen:
        return "test_seen";
    case Part::None:
        return "none";
    }
    return "none";
}

std::optional<Part> partFromName(std::string_view name)
{
    const auto found = std::find_if(std::begin(everyPart), std::end(everyPart),
                                    [name](Part part) { return partName(part) == name; });
    return found == std::end(everyPart) ? std::nullopt : std::optional(*found);
}

std::vector<Part> Split::partsOf(std::int64_t dataset) const
{
    if (datasets.empty()) {
        return parts;
    }
    const auto found = datasets.find(dataset);
    return found != datasets.end() ? found->second : std::vector<Part>(molecules.size(), Part::None);
}

std::string splitHash(const Split& split)
{
    Sha256 hash;
    for (std::size_t i = 0; i < split.molecules.size(); ++i) {
        hash.add(std::to_string(split.molecules[i]) + ':' + std::to_string(static_cast<int>(split.parts[i])) + '\n');
    }
    for (const auto& [dataset, parts] : split.datasets) {
        hash.add("dataset " + std::to_string(dataset) + '\n');
        hash.add(bytesOf(parts));
    }
    return hash.hex();
}

Result<Split> Runs::split(std::int64_t id) const
{
    return reading(m_project, [&](Connection& connection) -> Result<Split> {
        Lease query(connection, "SELECT id, spec, seed, hash, molecules, parts FROM splits WHERE id = ?1");
        if (!query.bind(id).step()) {
            return fail(ErrorCode::NotFound,
                        "The project '" + m_project.path() + "' has no split " + std::to_string(id) + ".",
                        "'papilio-engine split PROJECT --list' lists those that there are.");
        }
        Split split = headOf(query);
        auto molecules = idsFromBytes(query.blob(4));
        auto parts = partsFromBytes(query.blob(5));
        if (!molecules || !parts || molecules->size() != parts->size()) {
            return damagedRecord(m_project.path(), "split " + std::to_string(id), "its list of molecules is cut off");
        }
        split.molecules = std::move(*molecules);
        split.parts = std::move(*parts);
        PAPILIO_TRY(readDatasets(connection, m_project.path(), split));
        return split;
    });
}

Result<std::vector<Split>> Runs::splits() const
{
    return reading(m_project, [&](Connection& connection) -> Result<std::vector<Split>> {
        Lease query(connection, "SELECT id, spec, seed, hash FROM splits ORDER BY id");
        std::vector<Split> splits;
        while (query.step()) {
            splits.push_back(headOf(query));
        }
        return splits;
    });
}

Result<std::int64_t> Runs::addSplit(const Split& split)
{
    PAPILIO_TRY(checkSplit(split));
    return writingTogether(m_project, [&](Connection& connection) -> Result<std::int64_t> {
        Lease query(connection, "SELECT id FROM splits WHERE hash = ?1");
        if (query.bind(split.hash).step()) {
            return query.integer(0);
        }
        const std::string molecules = idsToBytes(split.molecules), parts = bytesOf(split.parts);
        Lease(connection, "INSERT INTO splits (spec, seed, hash, molecules, parts) VALUES (?1, ?2, ?3, ?4, ?5)")
            .bind(split.spec, static_cast<std::int64_t>(split.seed), split.hash, Blob{molecules}, Blob{parts})
            .run();
        const std::int64_t id = connection.getLastInsertRowid();
        for (const auto& [dataset, own] : split.datasets) {
            const std::string bytes = bytesOf(own);
            Lease(connection, "INSERT INTO split_datasets (split, dataset, parts) VALUES (?1, ?2, ?3)")
                .bind(id, dataset, Blob{bytes})
                .run();
        }
        return id;
    });
}

} // namespace papilio::store
