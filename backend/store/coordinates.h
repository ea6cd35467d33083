// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "store/project.h"

namespace papilio::store
{

/// Where the atoms of a molecule are, in Å, as a file told: the heavy atoms in the order of its graph, then the hydrogen
/// atoms that were written.
struct Coordinates {
    struct Hydrogen {
        std::uint16_t heavy = 0; ///< the atom that it is at
        std::array<float, 3> place{};
        friend bool operator==(const Hydrogen&, const Hydrogen&) = default;
    };
    std::vector<std::array<float, 3>> atoms;
    std::vector<Hydrogen> hydrogens;

    bool flat() const; ///< all z are 0: a drawing, not a shape
    std::string toBytes() const;
    static Result<Coordinates> fromBytes(std::string_view bytes);
    friend bool operator==(const Coordinates&, const Coordinates&) = default;
};

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
