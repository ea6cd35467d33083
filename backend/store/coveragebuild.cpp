// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "store/bytes.h"
#include "store/connection.h"
#include "store/coverage.h"
#include "store/coveragebytes.h"
#include "store/packed.h"
#include "store/profiles.h"

namespace papilio::store
{
namespace
{

constexpr std::int64_t stripsPerCommit = 8;

struct CountedStrip {
    std::vector<CoverageStrip::Bin> bins;
    std::vector<std::uint32_t> counts; ///< bins × columns
    std::size_t columns = 0;
};

/// One level while it is made: takes rows of bins, writes full strips, and hands two rows of a group as one to the next.
class LevelWriter
{
public:
    LevelWriter(Connection& connection, std::int64_t order, int level, std::size_t columns, LevelWriter* next)
        : m_connection(connection), m_order(order), m_level(level), m_columns(columns), m_next(next)
    {
    }

    void add(const std::uint32_t* row, int group)
    {
        m_strip.insert(m_strip.end(), row, row + m_columns);
        if (++m_rows == Coverage::stripBins) {
            write();
        }
        if (!m_next) {
            return;
        }
        if (m_waiting && m_group != group) {
            passOn();
        }
        if (m_waiting) {
            std::transform(m_half.begin(), m_half.end(), row, m_half.begin(), std::plus<>());
            passOn();
        } else {
            m_half.assign(row, row + m_columns);
            m_group = group;
            m_waiting = true;
        }
    }

    void finish()
    {
        if (m_waiting) {
            passOn();
        }
        if (m_rows > 0) {
            write();
        }
        if (m_next) {
            m_next->finish();
        }
    }

private:
    void passOn()
    {
        m_waiting = false;
        m_next->add(m_half.data(), m_group);
    }

    void write()
    {
        const std::string packed = coverageToBytes(m_strip);
        Lease(m_connection, "INSERT INTO coverage_tiles (order_id, level, strip, packed) VALUES (?1, ?2, ?3, ?4)")
            .bind(m_order, m_level, m_written++, Blob{packed})
            .run();
        m_strip.clear();
        m_rows = 0;
    }

    Connection& m_connection;
    std::int64_t m_order;
    int m_level;
    std::size_t m_columns;
    LevelWriter* m_next;
    std::vector<std::uint32_t> m_strip, m_half;
    std::int64_t m_rows = 0, m_written = 0;
    int m_group = 0;
    bool m_waiting = false;
};

/// The rows of an order without its strips; gives its id.
std::int64_t insertOrder(Connection& connection, const std::string& name, const std::string& state,
                         std::span<const CoverageGroup> groups, std::span<const std::int64_t> ranked)
{
    nlohmann::json list = nlohmann::json::array();
    for (const CoverageGroup& group : groups) {
        list.push_back({group.dataset, group.molecules});
    }
    const std::string text = list.dump();
    Lease(connection, "DELETE FROM coverage_orders WHERE name = ?1").bind(name).run();
    Lease(connection, "INSERT INTO coverage_orders (name, state, complete, groups) VALUES (?1, ?2, 0, ?3)")
        .bind(name, state, text)
        .run();
    const std::int64_t id = connection.getLastInsertRowid();
    for (std::size_t from = 0; from < ranked.size(); from += coverageChunk) {
        std::string bytes;
        for (const std::int64_t molecule : ranked.subspan(from, std::min<std::size_t>(coverageChunk, ranked.size() - from))) {
            appendNumber(bytes, static_cast<std::uint32_t>(molecule));
        }
        const std::string packed = packBytes(bytes);
        Lease(connection, "INSERT INTO coverage_ids (order_id, chunk, packed) VALUES (?1, ?2, ?3)")
            .bind(id, static_cast<std::int64_t>(from) / coverageChunk, Blob{packed})
            .run();
    }
    return id;
}

} // namespace

Result<> Coverage::build(std::string_view name, std::span<const CoverageGroup> groups, std::span<const std::int64_t> ranked,
                         const std::function<bool(std::int64_t done)>& progress)
{
    const auto state = contentState(m_project);
    PAPILIO_TRY(state);
    CoverageOrder order{0, std::string(name), {groups.begin(), groups.end()}};
    if (order.molecules() != static_cast<std::int64_t>(ranked.size())) {
        return fail(ErrorCode::Internal, "The groups of an order must hold all its molecules.");
    }
    auto id = writingTogether(m_project, [&](Connection& connection) -> Result<std::int64_t> {
        return insertOrder(connection, order.name, *state, groups, ranked);
    });
    PAPILIO_TRY(id);
    order.id = *id;
    const int top = order.topLevel();
    std::vector<std::unique_ptr<LevelWriter>> levels; // the lowest one last
    std::int64_t done = 0;
    const std::int64_t strips = (order.bins(firstLevel) + stripBins - 1) / stripBins;
    for (std::int64_t from = 0; from < strips; from += stripsPerCommit) {
        // Counted before the transaction begins: others may want to write meanwhile.
        std::vector<CountedStrip> counted;
        for (std::int64_t strip = from; strip < std::min(strips, from + stripsPerCommit); ++strip) {
            CountedStrip& one = counted.emplace_back();
            one.bins = coverageBins(order, firstLevel, strip * stripBins, stripBins);
            const std::int64_t first = one.bins.front().first;
            const std::int64_t count = one.bins.back().first + one.bins.back().molecules - first;
            auto counts = this->count(ranked.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(count)),
                                      one.bins, one.columns);
            if (!counts) {
                return tl::unexpected<Error>(counts.error());
            }
            one.counts = std::move(*counts);
            done += count;
            if (!progress(done)) {
                return fail(ErrorCode::Stopped, "Drawing the coverage was stopped.");
            }
        }
        auto written = writingTogether(m_project, [&](Connection& connection) -> Result<> {
            for (const CountedStrip& strip : counted) {
                for (int level = top; levels.size() < static_cast<std::size_t>(top - firstLevel + 1); --level) {
                    levels.push_back(std::make_unique<LevelWriter>(connection, order.id, level, strip.columns,
                                                                   levels.empty() ? nullptr : levels.back().get()));
                }
                for (std::size_t bin = 0; bin < strip.bins.size(); ++bin) {
                    levels.back()->add(strip.counts.data() + bin * strip.columns, strip.bins[bin].group);
                }
            }
            return {};
        });
        PAPILIO_TRY(written);
    }
    return writingTogether(m_project, [&](Connection& connection) -> Result<> {
        if (!levels.empty()) {
            levels.back()->finish();
        }
        Lease(connection, "UPDATE coverage_orders SET complete = 1 WHERE id = ?1").bind(order.id).run();
        return {};
    });
}

} // namespace papilio::store
