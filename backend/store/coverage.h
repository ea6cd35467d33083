// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "store/project.h"

namespace papilio::store
{

/// Molecules that stand together in an order: those that a dataset was the first to have labels of.
struct CoverageGroup {
    std::int64_t dataset = 0; ///< 0: molecules without any label
    std::int64_t molecules = 0;
};

/// An order of all molecules, group by group.
struct CoverageOrder {
    std::int64_t id = 0;
    std::string name; ///< "import", "coverage", "scaffold", "cluster": how molecules stand within their group
    std::vector<CoverageGroup> groups;

    std::int64_t molecules() const;
    /// Bins of level L are 2^L molecules of one group that follow each other; the last one of a group may be smaller.
    std::int64_t bins(int level) const;
    /// The lowest level that has at most so many bins.
    int levelWithin(std::int64_t mostBins) const;
    /// The highest level that there are images of: it has at most 128 bins, or is the first that is kept.
    int topLevel() const;
};

/// How many molecules of each bin have a label of each task.
struct CoverageStrip {
    struct Bin {
        std::int64_t first = 0; ///< rank of its first molecule
        std::int64_t molecules = 0;
        int group = 0;
    };
    std::vector<Bin> bins;
    std::size_t columns = 0;             ///< all tasks, by dataset and position
    std::vector<std::uint32_t> labelled; ///< bins × columns
};

/// Images of the label density, molecules by tasks, at every scale: strips of stripBins bins. From firstLevel on they
/// are kept; finer ones are counted from the labels when they are asked for, which takes a few milliseconds.
class Coverage
{
public:
    static constexpr std::int64_t stripBins = 64;
    static constexpr int firstLevel = 5;

    explicit Coverage(Project& project);

    /// Nothing unless the order was computed for the present contents of the project.
    Result<std::optional<CoverageOrder>> order(std::string_view name) const;
    Result<CoverageStrip> strip(const CoverageOrder& order, int level, std::int64_t strip) const;
    /// Ids of molecules by rank.
    Result<std::vector<std::int64_t>> molecules(const CoverageOrder& order, std::int64_t first, std::int64_t count) const;

    // --- writing ---
    /// Keeps an order and all its strips; one of that name is replaced. Memory is bounded. 'progress' gets the molecules
    /// done and returns false to stop (Stopped); then, or when it is cut off, there is no such order.
    Result<> build(std::string_view name, std::span<const CoverageGroup> groups, std::span<const std::int64_t> ranked,
                   const std::function<bool(std::int64_t done)>& progress);

private:
    struct Column;
    Result<std::vector<Column>> columns() const;
    Result<std::vector<std::uint32_t>> count(std::span<const std::int64_t> ids, std::span<const CoverageStrip::Bin> bins,
                                             std::size_t& columnCount) const;

    Project& m_project;
};

} // namespace papilio::store
