// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/coordinates.h"
#include "core/error.h"
#include "store/project.h"

namespace papilio::store
{

std::string coordinatesToBytes(const Coordinates& coordinates);
Result<Coordinates> coordinatesFromBytes(std::string_view bytes);

/// The coordinates that molecules came with, at most one set for each dataset.
class CoordinateTable
{
public:
    explicit CoordinateTable(Project& project) : m_project(project) {}
    Result<std::optional<Coordinates>> get(std::int64_t dataset, std::int64_t molecule) const;
    struct Found {
        std::int64_t dataset = 0;
        Coordinates coordinates;
    };
    Result<std::optional<Found>> anyOf(std::int64_t molecule) const; ///< of the first dataset that has some
    Result<std::int64_t> count(std::int64_t dataset) const;
    Result<> put(std::int64_t dataset, std::int64_t molecule, const Coordinates& coordinates);

private:
    Project& m_project;
};

} // namespace papilio::store
