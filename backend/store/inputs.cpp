// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/inputs.h"

#include <nlohmann/json.hpp>

#include "core/featurejson.h"
#include "store/connection.h"

namespace papilio::store
{
namespace
{

constexpr const char* selectOne = "SELECT computed FROM inputs WHERE feature_set = ?1 AND molecule = ?2";

/// The id of a feature set; nothing if it has none here, also in a project of schema 1 that was opened for reading.
std::optional<std::int64_t> idOf(Connection& connection, std::string_view hash)
{
    if (connection.access() == Access::ReadOnly) {
        Lease version(connection, "PRAGMA user_version");
        if (!version.step() || version.small(0) < 2) {
            return {};
        }
    }
    const std::string wanted(hash);
    Lease query(connection, "SELECT id FROM feature_sets WHERE hash = ?1");
    return query.bind(wanted).step() ? std::optional(query.integer(0)) : std::nullopt;
}

Result<MoleculeInputs> inputsOf(std::string_view bytes, std::int64_t molecule, const std::string& path)
{
    auto inputs = MoleculeInputs::fromBytes(bytes);
    if (!inputs) {
        return fail(ErrorCode::Damaged,
                    "The project '" + path + "' is damaged: cached inputs of molecule " + std::to_string(molecule) +
                        ": " + inputs.error().message,
                    "Clear the cache of input features; they are computed again.");
    }
    return inputs;
}

} // namespace

Inputs::Inputs(Project& project) : m_project(project) {}

Result<std::optional<MoleculeInputs>> Inputs::get(std::string_view hash, std::int64_t molecule) const
{
    return reading(m_project, [&](Connection& connection) -> Result<std::optional<MoleculeInputs>> {
        const auto set = idOf(connection, hash);
        if (!set) {
            return std::nullopt;
        }
        Lease query(connection, selectOne);
        if (!query.bind(*set, molecule).step()) {
            return std::nullopt;
        }
        return inputsOf(query.blob(0), molecule, m_project.path()).map([](MoleculeInputs&& inputs) {
            return std::optional(std::move(inputs));
        });
    });
}

Result<> Inputs::each(std::string_view hash, std::span<const std::int64_t> molecules,
                      const std::function<bool(std::int64_t, MoleculeInputs&&)>& callback) const
{
    return reading(m_project, [&](Connection& connection) -> Result<> {
        const auto set = idOf(connection, hash);
        if (!set) {
            return {};
        }
        Lease query(connection, selectOne);
        for (const std::int64_t molecule : molecules) {
            if (query.bind(*set, molecule).step()) {
                auto inputs = inputsOf(query.blob(0), molecule, m_project.path());
                if (!inputs) {
                    return tl::unexpected<Error>(std::move(inputs).error());
                }
                if (!callback(molecule, std::move(*inputs))) {
                    break;
                }
            }
            query.reset();
        }
        return {};
    });
}

Result<std::vector<std::int64_t>> Inputs::missing(std::string_view hash, std::span<const std::int64_t> molecules) const
{
    return reading(m_project, [&](Connection& connection) -> Result<std::vector<std::int64_t>> {
        const auto set = idOf(connection, hash);
        if (!set) {
            return std::vector<std::int64_t>(molecules.begin(), molecules.end());
        }
        std::vector<std::int64_t> missing;
        Lease query(connection, "SELECT 1 FROM inputs WHERE feature_set = ?1 AND molecule = ?2");
        for (const std::int64_t molecule : molecules) {
            if (!query.bind(*set, molecule).step()) {
                missing.push_back(molecule);
            }
            query.reset();
        }
        return missing;
    });
}

Result<std::int64_t> Inputs::count(std::string_view hash) const
{
    return reading(m_project, [&](Connection& connection) -> Result<std::int64_t> {
        const auto set = idOf(connection, hash);
        if (!set) {
            return 0;
        }
        Lease query(connection, "SELECT count(*) FROM inputs WHERE feature_set = ?1");
        query.bind(*set).step();
        return query.integer(0);
    });
}

Result<std::vector<InputSet>> Inputs::all() const
{
    return reading(m_project, [&](Connection& connection) -> Result<std::vector<InputSet>> {
        std::vector<InputSet> sets;
        Lease version(connection, "PRAGMA user_version");
        if (!version.step() || version.small(0) < 2) {
            return sets;
        }
        Lease query(connection,
                    "SELECT hash, settings, created, count(i.molecule), coalesce(sum(length(i.computed)), 0) "
                    "FROM feature_sets s LEFT JOIN inputs i ON i.feature_set = s.id GROUP BY s.id ORDER BY s.id");
        while (query.step()) {
            sets.push_back({query.text(0), query.text(1), query.text(2), query.integer(3), query.integer(4)});
        }
        return sets;
    });
}

Result<> Inputs::put(const FeatureSet& set, const std::vector<Entry>& entries)
{
    const std::string hash = featureSetHash(set);
    const std::string settings = featureSetToJson(set).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    const std::string now = nowUtc();
    return writingTogether(m_project, [&](Connection& connection) -> Result<> {
        Lease(connection, "INSERT INTO feature_sets (hash, settings, created) VALUES (?1, ?2, ?3) "
                          "ON CONFLICT (hash) DO NOTHING")
            .bind(hash, settings, now)
            .run();
        const auto id = idOf(connection, hash);
        Lease insert(connection, "INSERT INTO inputs (feature_set, molecule, computed) VALUES (?1, ?2, ?3) "
                                 "ON CONFLICT (feature_set, molecule) DO NOTHING");
        for (const Entry& entry : entries) {
            insert.bind(*id, entry.molecule, Blob{entry.bytes}).run();
        }
        return {};
    });
}

Result<> Inputs::clear(std::string_view hash)
{
    const std::string wanted(hash);
    return writingTogether(m_project, [&](Connection& connection) -> Result<> {
        Lease(connection, "DELETE FROM inputs WHERE feature_set = (SELECT id FROM feature_sets WHERE hash = ?1)")
            .bind(wanted)
            .run();
        Lease(connection, "DELETE FROM feature_sets WHERE hash = ?1").bind(wanted).run();
        return {};
    });
}

Result<> Inputs::clearAll()
{
    return writingTogether(m_project, [&](Connection& connection) -> Result<> {
        Lease(connection, "DELETE FROM inputs").run();
        Lease(connection, "DELETE FROM feature_sets").run();
        return {};
    });
}

} // namespace papilio::store
