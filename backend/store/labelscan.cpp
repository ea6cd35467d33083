// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/labelscan.h"

#include <limits>

#include "store/connection.h"
#include "store/labelbytes.h"

namespace papilio::store
{
namespace
{

/// Hands one row to the callback; false = stop.
Result<bool> hand(const Lease& query, std::int64_t dataset, const std::string& path, const LabelScan::Callback& callback)
{
    const std::int64_t molecule = query.integer(0);
    LabelReader labels(query.blob(1));
    const bool goOn = callback(molecule, labels);
    if (labels.damaged()) {
        return damagedRecord(path, "labels of molecule " + std::to_string(molecule) + " in dataset " +
                                       std::to_string(dataset),
                             "a set of labels is cut off or not of a known format");
    }
    return goOn;
}

} // namespace

LabelScan::LabelScan(Project& project) : m_project(project) {}

Result<> LabelScan::range(std::int64_t dataset, std::int64_t first, std::int64_t last, const Callback& callback) const
{
    return reading(m_project, [&](Connection& connection) -> Result<> {
        Lease query(connection, "SELECT molecule, entries FROM labels WHERE dataset = ?1 AND molecule BETWEEN ?2 AND ?3 "
                                "ORDER BY molecule");
        query.bind(dataset, first, last);
        while (query.step()) {
            const auto goOn = hand(query, dataset, m_project.path(), callback);
            PAPILIO_TRY(goOn);
            if (!*goOn) {
                break;
            }
        }
        return {};
    });
}

Result<> LabelScan::all(std::int64_t dataset, const Callback& callback) const
{
    return range(dataset, 0, std::numeric_limits<std::int64_t>::max(), callback);
}

Result<> LabelScan::of(std::int64_t dataset, std::span<const std::int64_t> molecules, const Callback& callback) const
{
    if (molecules.empty()) {
        return {};
    }
    const std::int64_t width = molecules.back() - molecules.front() + 1;
    if (width < 4 * static_cast<std::int64_t>(molecules.size())) { // near each other: read what lies between, too
        std::size_t next = 0;
        return range(dataset, molecules.front(), molecules.back(), [&](std::int64_t molecule, LabelReader& labels) {
            while (next < molecules.size() && molecules[next] < molecule) {
                ++next;
            }
            return next >= molecules.size() || molecules[next] != molecule || callback(molecule, labels);
        });
    }
    return reading(m_project, [&](Connection& connection) -> Result<> {
        Lease query(connection, "SELECT molecule, entries FROM labels WHERE dataset = ?1 AND molecule = ?2");
        for (const std::int64_t molecule : molecules) {
            if (query.bind(dataset, molecule).step()) {
                const auto goOn = hand(query, dataset, m_project.path(), callback);
                PAPILIO_TRY(goOn);
                if (!*goOn) {
                    break;
                }
            }
            query.reset();
        }
        return {};
    });
}

} // namespace papilio::store
