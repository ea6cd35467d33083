// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/pairs.h"

#include <algorithm>

#include "store/bytes.h"
#include "store/connection.h"
#include "store/packed.h"
#include "store/profiles.h"

namespace papilio::store
{
namespace
{

Result<std::string> stateOf(const Project& project, std::int64_t dataset, std::int64_t other)
{
    auto first = contentState(project, std::min(dataset, other));
    auto second = contentState(project, std::max(dataset, other));
    if (!first || !second) {
        return tl::unexpected<Error>(!first ? first.error() : second.error());
    }
    return *first + "; " + *second;
}

} // namespace

Pairs::Pairs(Project& project) : m_project(project) {}

Result<bool> Pairs::current(std::int64_t dataset, std::int64_t other) const
{
    const auto state = stateOf(m_project, dataset, other);
    if (!state) {
        return tl::unexpected<Error>(state.error());
    }
    return reading(m_project, [&](Connection& connection) -> Result<bool> {
        if (!connection.hasSchema(4)) {
            return false;
        }
        Lease query(connection, "SELECT state FROM pair_states WHERE dataset = ?1 AND other = ?2");
        return query.bind(std::min(dataset, other), std::max(dataset, other)).step() && query.text(0) == *state;
    });
}

Result<std::optional<std::vector<PairStatistics>>> Pairs::row(std::int64_t task, std::int64_t taskDataset,
                                                              std::int64_t dataset) const
{
    const auto fresh = current(taskDataset, dataset);
    if (!fresh) {
        return tl::unexpected<Error>(fresh.error());
    }
    if (!*fresh) {
        return std::nullopt;
    }
    return reading(m_project, [&](Connection& connection) -> Result<std::optional<std::vector<PairStatistics>>> {
        Lease query(connection, "SELECT packed FROM pair_rows WHERE task = ?1 AND dataset = ?2");
        if (!query.bind(task, dataset).step()) {
            return std::nullopt;
        }
        const auto bytes = unpackBytes(query.blob(0));
        if (!bytes || bytes->size() % 8 != 0) {
            return damagedRecord(m_project.path(), "pairs of task " + std::to_string(task), "cut off or of no known format");
        }
        std::vector<PairStatistics> row(bytes->size() / 8);
        ByteReader reader(*bytes);
        for (PairStatistics& pair : row) {
            pair.molecules = *reader.number<std::uint32_t>();
        }
        for (PairStatistics& pair : row) {
            pair.correlation = *reader.number<float>();
        }
        return row;
    });
}

Result<> Pairs::putRow(std::int64_t task, std::int64_t dataset, std::span<const PairStatistics> row)
{
    std::string bytes;
    for (const PairStatistics& pair : row) {
        appendNumber(bytes, static_cast<std::uint32_t>(pair.molecules));
    }
    for (const PairStatistics& pair : row) {
        appendNumber(bytes, pair.correlation);
    }
    const std::string packed = packBytes(bytes);
    return writing(m_project, [&](Connection& connection) -> Result<> {
        Lease(connection, "INSERT OR REPLACE INTO pair_rows (task, dataset, packed) VALUES (?1, ?2, ?3)")
            .bind(task, dataset, Blob{packed})
            .run();
        return {};
    });
}

Result<> Pairs::putState(std::int64_t dataset, std::int64_t other)
{
    const auto state = stateOf(m_project, dataset, other);
    PAPILIO_TRY(state);
    return writing(m_project, [&](Connection& connection) -> Result<> {
        Lease(connection, "INSERT OR REPLACE INTO pair_states (dataset, other, state) VALUES (?1, ?2, ?3)")
            .bind(std::min(dataset, other), std::max(dataset, other), *state)
            .run();
        return {};
    });
}

} // namespace papilio::store
