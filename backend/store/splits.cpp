// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "store/bytes.h"
#include "store/connection.h"
#include "store/runs.h"

namespace papilio::store
{
namespace
{

std::optional<std::vector<Part>> partsFromBytes(std::string_view bytes)
{
    std::vector<Part> parts;
    parts.reserve(bytes.size());
    for (const char c : bytes) {
        const auto part = static_cast<Part>(c);
        if (part > Part::Test && part != Part::None) {
            return {};
        }
        parts.push_back(part);
    }
    return parts;
}

Result<> checkSplit(const Split& split)
{
    const bool ascending = std::adjacent_find(split.molecules.begin(), split.molecules.end(), std::greater_equal<>()) ==
                           split.molecules.end();
    if (!ascending || split.molecules.size() != split.parts.size() || split.hash.empty()) {
        return fail(ErrorCode::Internal, "A split needs ascending molecules, as many parts, and its hash ('" +
                                             split.spec + "' has " + std::to_string(split.molecules.size()) +
                                             " molecules, " + std::to_string(split.parts.size()) + " parts).");
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
    case Part::None:
        return "none";
    }
    return "none";
}

Result<Split> Runs::split(std::int64_t id) const
{
    return reading(m_project, [&](Connection& connection) -> Result<Split> {
        Lease query(connection, "SELECT id, spec, seed, hash, molecules, parts FROM splits WHERE id = ?1");
        if (!query.bind(id).step()) {
            return fail(ErrorCode::NotFound,
                        "The project '" + m_project.path() + "' has no split " + std::to_string(id) + ".");
        }
        Split split;
        split.id = query.integer(0);
        split.spec = query.text(1);
        split.seed = static_cast<std::uint64_t>(query.integer(2));
        split.hash = query.text(3);
        auto molecules = idsFromBytes(query.blob(4));
        auto parts = partsFromBytes(query.blob(5));
        if (!molecules || !parts || molecules->size() != parts->size()) {
            return damagedRecord(m_project.path(), "split " + std::to_string(id), "its list of molecules is cut off");
        }
        split.molecules = std::move(*molecules);
        split.parts = std::move(*parts);
        return split;
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
        const std::string molecules = idsToBytes(split.molecules);
        std::string parts;
        for (const Part part : split.parts) {
            parts += static_cast<char>(part);
        }
        Lease(connection, "INSERT INTO splits (spec, seed, hash, molecules, parts) VALUES (?1, ?2, ?3, ?4, ?5)")
            .bind(split.spec, static_cast<std::int64_t>(split.seed), split.hash, Blob{molecules}, Blob{parts})
            .run();
        return connection.getLastInsertRowid();
    });
}

} // namespace papilio::store
