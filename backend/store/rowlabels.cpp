// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/rowlabels.h"

#include "store/connection.h"

namespace papilio::store
{
namespace
{

#define PAPILIO_ROW_LABELS                                                                                             \
    "SELECT r.molecule, l.row, l.entries FROM row_labels l JOIN input_rows r ON r.dataset = l.dataset AND "            \
    "r.row = l.row WHERE l.dataset = ?1"

Result<LabelSet> labelsOf(const Lease& query, const std::string& path)
{
    auto labels = LabelSet::fromBytes(query.blob(2));
    if (!labels) {
        return damagedRecord(path, "the labels of input row " + std::to_string(query.integer(1)),
                             labels.error().message);
    }
    return labels;
}

} // namespace

RowLabels::RowLabels(Project& project) : m_project(project) {}

Result<std::optional<LabelSet>> RowLabels::get(std::int64_t dataset, std::int64_t row) const
{
    return reading(m_project, [&](Connection& connection) -> Result<std::optional<LabelSet>> {
        if (!connection.hasSchema(4)) {
            return std::nullopt;
        }
        Lease query(connection, PAPILIO_ROW_LABELS " AND l.row = ?2");
        if (!query.bind(dataset, row).step()) {
            return std::nullopt;
        }
        auto labels = labelsOf(query, m_project.path());
        if (!labels) {
            return tl::unexpected<Error>(labels.error());
        }
        return std::optional(std::move(*labels));
    });
}

Result<> RowLabels::each(std::int64_t dataset,
                         const std::function<bool(std::int64_t, std::int64_t, const LabelSet&)>& callback) const
{
    return reading(m_project, [&](Connection& connection) -> Result<> {
        if (!connection.hasSchema(4)) {
            return {};
        }
        Lease query(connection, PAPILIO_ROW_LABELS " ORDER BY r.molecule, l.row");
        query.bind(dataset);
        while (query.step()) {
            const auto labels = labelsOf(query, m_project.path());
            if (!labels) {
                return tl::unexpected<Error>(labels.error());
            }
            if (!callback(query.integer(0), query.integer(1), *labels)) {
                break;
            }
        }
        return {};
    });
}

Result<> RowLabels::ofMolecule(std::int64_t dataset, std::int64_t molecule,
                               const std::function<bool(std::int64_t, const LabelSet&)>& callback) const
{
    return reading(m_project, [&](Connection& connection) -> Result<> {
        if (!connection.hasSchema(4)) {
            return {};
        }
        Lease query(connection, "SELECT r.molecule, l.row, l.entries FROM input_rows r JOIN row_labels l ON "
                                "l.dataset = r.dataset AND l.row = r.row WHERE r.molecule = ?2 AND r.dataset = ?1 "
                                "ORDER BY l.row");
        query.bind(dataset, molecule);
        while (query.step()) {
            const auto labels = labelsOf(query, m_project.path());
            if (!labels) {
                return tl::unexpected<Error>(labels.error());
            }
            if (!callback(query.integer(1), *labels)) {
                break;
            }
        }
        return {};
    });
}

Result<> RowLabels::put(std::int64_t dataset, std::int64_t row, const LabelSet& labels)
{
    if (labels.entries.empty()) {
        return {};
    }
    return writing(m_project, [&](Connection& connection) -> Result<> {
        const std::string bytes = labels.toBytes();
        Lease(connection, "INSERT OR REPLACE INTO row_labels (dataset, row, entries) VALUES (?1, ?2, ?3)")
            .bind(dataset, row, Blob{bytes})
            .run();
        return {};
    });
}

} // namespace papilio::store
