// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/coverage.h"

#include <algorithm>
#include <cstring>
#include <numeric>

#include <nlohmann/json.hpp>

#include "store/bytes.h"
#include "store/connection.h"
#include "store/coveragebytes.h"
#include "store/labelscan.h"
#include "store/packed.h"
#include "store/profiles.h"

namespace papilio::store
{

struct Coverage::Column {
    std::int64_t dataset = 0;
    std::size_t first = 0; ///< column of its task 0
    std::size_t tasks = 0;
};

namespace
{

std::vector<CoverageGroup> groupsFrom(const std::string& text)
{
    std::vector<CoverageGroup> groups;
    try {
        for (const nlohmann::json& group : nlohmann::json::parse(text)) {
            groups.push_back({group.at(0).get<std::int64_t>(), group.at(1).get<std::int64_t>()});
        }
    } catch (const nlohmann::json::exception&) {
        groups.clear();
    }
    return groups;
}

} // namespace

std::int64_t CoverageOrder::molecules() const
{
    return std::accumulate(groups.begin(), groups.end(), std::int64_t{0},
                           [](std::int64_t sum, const CoverageGroup& group) { return sum + group.molecules; });
}

std::int64_t CoverageOrder::bins(int level) const
{
    const std::int64_t size = std::int64_t{1} << level;
    return std::accumulate(groups.begin(), groups.end(), std::int64_t{0}, [size](std::int64_t sum, const auto& group) {
        return sum + (group.molecules + size - 1) / size;
    });
}

int CoverageOrder::levelWithin(std::int64_t mostBins) const
{
    int level = 0;
    while (bins(level) > std::max<std::int64_t>(mostBins, static_cast<std::int64_t>(groups.size())) && level < 40) {
        ++level;
    }
    return level;
}

int CoverageOrder::topLevel() const
{
    return std::max(levelWithin(coverageTopBins), Coverage::firstLevel);
}

std::vector<CoverageStrip::Bin> coverageBins(const CoverageOrder& order, int level, std::int64_t firstBin, std::int64_t count)
{
    std::vector<CoverageStrip::Bin> bins;
    const std::int64_t size = std::int64_t{1} << level;
    std::int64_t binsBefore = 0, moleculesBefore = 0;
    for (std::size_t g = 0; g < order.groups.size(); ++g) {
        const std::int64_t molecules = order.groups[g].molecules;
        const std::int64_t own = (molecules + size - 1) / size;
        for (std::int64_t k = std::max<std::int64_t>(firstBin - binsBefore, 0);
             k < std::min(own, firstBin + count - binsBefore); ++k) {
            bins.push_back({moleculesBefore + k * size, std::min(size, molecules - k * size), static_cast<int>(g)});
        }
        binsBefore += own;
        moleculesBefore += molecules;
    }
    return bins;
}

std::string coverageToBytes(std::span<const std::uint32_t> counts)
{
    const std::uint32_t largest = counts.empty() ? 0 : *std::max_element(counts.begin(), counts.end());
    std::string bytes;
    const char width = largest < 256 ? 1 : largest < 65536 ? 2 : 4;
    bytes.reserve(1 + counts.size() * static_cast<std::size_t>(width));
    bytes += width;
    for (const std::uint32_t count : counts) {
        if (width == 1) {
            bytes += static_cast<char>(count);
        } else if (width == 2) {
            appendNumber(bytes, static_cast<std::uint16_t>(count));
        } else {
            appendNumber(bytes, count);
        }
    }
    return packBytes(bytes);
}

std::optional<std::vector<std::uint32_t>> coverageFromBytes(std::string_view packed, std::size_t count)
{
    const auto bytes = unpackBytes(packed);
    if (!bytes || bytes->empty()) {
        return {};
    }
    const auto width = static_cast<std::size_t>(bytes->front());
    if ((width != 1 && width != 2 && width != 4) || bytes->size() != 1 + count * width) {
        return {};
    }
    std::vector<std::uint32_t> counts(count, 0);
    for (std::size_t i = 0; i < count; ++i) {
        std::memcpy(&counts[i], bytes->data() + 1 + i * width, width); // little-endian: the low bytes come first
    }
    return counts;
}

Coverage::Coverage(Project& project) : m_project(project) {}

Result<std::optional<CoverageOrder>> Coverage::order(std::string_view name) const
{
    const auto state = contentState(m_project);
    if (!state) {
        return tl::unexpected<Error>(state.error());
    }
    const std::string wanted(name);
    return reading(m_project, [&](Connection& connection) -> Result<std::optional<CoverageOrder>> {
        if (!connection.hasSchema(4)) {
            return std::nullopt;
        }
        Lease query(connection, "SELECT id, groups FROM coverage_orders WHERE name = ?1 AND complete = 1 AND state = ?2");
        if (!query.bind(wanted, *state).step()) {
            return std::nullopt;
        }
        return CoverageOrder{query.integer(0), wanted, groupsFrom(query.text(1))};
    });
}

Result<std::vector<Coverage::Column>> Coverage::columns() const
{
    return reading(m_project, [](Connection& connection) -> Result<std::vector<Column>> {
        std::vector<Column> columns;
        Lease query(connection, "SELECT dataset, count(*) FROM tasks GROUP BY dataset ORDER BY dataset");
        std::size_t first = 0;
        while (query.step()) {
            columns.push_back({query.integer(0), first, static_cast<std::size_t>(query.integer(1))});
            first += columns.back().tasks;
        }
        return columns;
    });
}

Result<std::vector<std::int64_t>> Coverage::molecules(const CoverageOrder& order, std::int64_t first,
                                                      std::int64_t count) const
{
    return reading(m_project, [&](Connection& connection) -> Result<std::vector<std::int64_t>> {
        std::vector<std::int64_t> ids;
        Lease query(connection, "SELECT packed FROM coverage_ids WHERE order_id = ?1 AND chunk = ?2");
        for (std::int64_t chunk = first / coverageChunk; chunk * coverageChunk < first + count; ++chunk) {
            if (!query.bind(order.id, chunk).step()) {
                break;
            }
            const auto bytes = unpackBytes(query.blob(0));
            if (!bytes) {
                return damagedRecord(m_project.path(), "the order '" + order.name + "' of the coverage", "cut off");
            }
            const std::int64_t begin = std::max<std::int64_t>(first - chunk * coverageChunk, 0);
            const auto end = std::min<std::int64_t>(first + count - chunk * coverageChunk,
                                                    static_cast<std::int64_t>(bytes->size() / sizeof(std::uint32_t)));
            for (std::int64_t i = begin; i < end; ++i) {
                std::uint32_t id = 0;
                std::memcpy(&id, bytes->data() + static_cast<std::size_t>(i) * sizeof id, sizeof id);
                ids.push_back(id);
            }
            query.reset();
        }
        return ids;
    });
}

/// Counts from the labels; 'ids' are the molecules of the bins in their order.
Result<std::vector<std::uint32_t>> Coverage::count(std::span<const std::int64_t> ids, std::span<const CoverageStrip::Bin> bins,
                                                   std::size_t& columnCount) const
{
    const auto all = columns();
    if (!all) {
        return tl::unexpected<Error>(all.error());
    }
    columnCount = all->empty() ? 0 : all->back().first + all->back().tasks;
    std::vector<std::pair<std::int64_t, std::uint32_t>> placed; // molecule, bin
    placed.reserve(ids.size());
    std::size_t at = 0;
    for (std::uint32_t bin = 0; bin < bins.size(); ++bin) {
        for (std::int64_t k = 0; k < bins[bin].molecules && at < ids.size(); ++k) {
            placed.emplace_back(ids[at++], bin);
        }
    }
    std::sort(placed.begin(), placed.end());
    std::vector<std::int64_t> sorted;
    sorted.reserve(placed.size());
    for (const auto& [molecule, bin] : placed) {
        sorted.push_back(molecule);
    }
    std::vector<std::uint32_t> labelled(bins.size() * columnCount, 0);
    const LabelScan scan(m_project);
    for (const Column& column : *all) {
        std::size_t next = 0;
        PAPILIO_TRY(scan.of(column.dataset, sorted, [&](std::int64_t molecule, LabelReader& labels) {
            while (placed[next].first < molecule) {
                ++next;
            }
            std::uint32_t* const row = labelled.data() + placed[next].second * columnCount + column.first;
            while (labels.next()) {
                if (static_cast<std::size_t>(labels.position()) < column.tasks) {
                    ++row[labels.position()];
                }
            }
            return true;
        }));
    }
    return labelled;
}

Result<CoverageStrip> Coverage::strip(const CoverageOrder& order, int level, std::int64_t strip) const
{
    CoverageStrip result;
    result.bins = coverageBins(order, level, strip * stripBins, stripBins);
    if (result.bins.empty()) {
        return result;
    }
    if (level < firstLevel) {
        const std::int64_t first = result.bins.front().first;
        const auto ids = molecules(order, first, result.bins.back().first + result.bins.back().molecules - first);
        if (!ids) {
            return tl::unexpected<Error>(ids.error());
        }
        auto counted = count(*ids, result.bins, result.columns);
        if (!counted) {
            return tl::unexpected<Error>(counted.error());
        }
        result.labelled = std::move(*counted);
        return result;
    }
    const auto all = columns();
    if (!all) {
        return tl::unexpected<Error>(all.error());
    }
    result.columns = all->empty() ? 0 : all->back().first + all->back().tasks;
    return reading(m_project, [&](Connection& connection) -> Result<CoverageStrip> {
        Lease query(connection, "SELECT packed FROM coverage_tiles WHERE order_id = ?1 AND level = ?2 AND strip = ?3");
        query.bind(order.id, level, strip);
        auto counts = query.step() ? coverageFromBytes(query.blob(0), result.bins.size() * result.columns) : std::nullopt;
        if (!counts) {
            return damagedRecord(m_project.path(), "strip " + std::to_string(strip) + " of level " + std::to_string(level) +
                                                       " of the coverage",
                                 "it is not there or of another size");
        }
        result.labelled = std::move(*counts);
        return result;
    });
}

} // namespace papilio::store
