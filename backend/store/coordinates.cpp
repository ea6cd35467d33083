// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/coordinates.h"

#include "store/bytes.h"
#include "store/connection.h"

namespace papilio::store
{

namespace
{
constexpr std::uint16_t formatNumber = 1;

void append(const std::array<float, 3>& place, std::string& out)
{
    for (const float value : place) {
        appendNumber(out, value);
    }
}

/// The bytes are known to be there.
std::array<float, 3> placeOf(ByteReader& reader)
{
    std::array<float, 3> place{};
    for (float& value : place) {
        value = reader.number<float>().value_or(0);
    }
    return place;
}
} // namespace

std::string coordinatesToBytes(const Coordinates& coordinates)
{
    const auto& [atoms, hydrogens] = coordinates;
    std::string bytes;
    bytes.reserve(6 + 12 * atoms.size() + 14 * hydrogens.size());
    appendNumber(bytes, formatNumber);
    appendNumber(bytes, static_cast<std::uint16_t>(atoms.size()));
    appendNumber(bytes, static_cast<std::uint16_t>(hydrogens.size()));
    for (const auto& place : atoms) {
        append(place, bytes);
    }
    for (const Coordinates::Hydrogen& hydrogen : hydrogens) {
        appendNumber(bytes, hydrogen.heavy);
        append(hydrogen.place, bytes);
    }
    return bytes;
}

Result<Coordinates> coordinatesFromBytes(std::string_view bytes)
{
    const auto damaged = [](const char* why) { return fail(ErrorCode::Damaged, std::string("coordinates: ") + why); };
    ByteReader reader(bytes);
    const auto format = reader.number<std::uint16_t>();
    const auto atoms = reader.number<std::uint16_t>();
    const auto hydrogens = reader.number<std::uint16_t>();
    if (format != formatNumber || !hydrogens) {
        return damaged("unknown format");
    }
    Coordinates result;
    result.atoms.resize(*atoms);
    result.hydrogens.resize(*hydrogens);
    if (reader.left() != 12 * result.atoms.size() + 14 * result.hydrogens.size()) {
        return damaged("wrong length");
    }
    for (auto& place : result.atoms) {
        place = placeOf(reader);
    }
    for (Coordinates::Hydrogen& hydrogen : result.hydrogens) {
        hydrogen.heavy = reader.number<std::uint16_t>().value_or(0);
        hydrogen.place = placeOf(reader);
        if (hydrogen.heavy >= result.atoms.size()) {
            return damaged("a hydrogen atom at no atom");
        }
    }
    return result;
}

Result<std::optional<Coordinates>> CoordinateTable::get(std::int64_t dataset, std::int64_t molecule) const
{
    return reading(m_project, [&](Connection& connection) -> Result<std::optional<Coordinates>> {
        if (!connection.hasSchema(4)) {
            return std::nullopt;
        }
        Lease query(connection, "SELECT places FROM coordinates WHERE dataset = ?1 AND molecule = ?2");
        if (!query.bind(dataset, molecule).step()) {
            return std::nullopt;
        }
        auto coordinates = coordinatesFromBytes(query.blob(0));
        if (!coordinates) {
            return damagedRecord(m_project.path(), "coordinates of molecule " + std::to_string(molecule),
                                 coordinates.error().message);
        }
        return std::optional(std::move(*coordinates));
    });
}

Result<std::optional<CoordinateTable::Found>> CoordinateTable::anyOf(std::int64_t molecule) const
{
    auto dataset = reading(m_project, [&](Connection& connection) -> Result<std::optional<std::int64_t>> {
        if (!connection.hasSchema(4)) {
            return std::nullopt;
        }
        Lease query(connection, "SELECT dataset FROM coordinates WHERE molecule = ?1 ORDER BY dataset LIMIT 1");
        return query.bind(molecule).step() ? std::optional(query.integer(0)) : std::nullopt;
    });
    if (!dataset) {
        return tl::unexpected<Error>(dataset.error());
    }
    if (!*dataset) {
        return std::nullopt;
    }
    auto coordinates = get(**dataset, molecule);
    if (!coordinates) {
        return tl::unexpected<Error>(coordinates.error());
    }
    return *coordinates ? std::optional(Found{**dataset, std::move(**coordinates)}) : std::nullopt;
}

Result<std::int64_t> CoordinateTable::count(std::int64_t dataset) const
{
    return reading(m_project, [&](Connection& connection) -> Result<std::int64_t> {
        if (!connection.hasSchema(4)) {
            return 0;
        }
        Lease query(connection, "SELECT count(*) FROM coordinates WHERE dataset = ?1");
        return query.bind(dataset).step() ? query.integer(0) : 0;
    });
}

Result<> CoordinateTable::put(std::int64_t dataset, std::int64_t molecule, const Coordinates& coordinates)
{
    return writing(m_project, [&](Connection& connection) -> Result<> {
        const std::string bytes = coordinatesToBytes(coordinates);
        Lease(connection, "INSERT INTO coordinates (dataset, molecule, places) VALUES (?1, ?2, ?3) "
                          "ON CONFLICT (dataset, molecule) DO NOTHING")
            .bind(dataset, molecule, Blob{bytes})
            .run();
        return {};
    });
}

} // namespace papilio::store
