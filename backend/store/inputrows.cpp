// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/bytes.h"
#include "store/connection.h"
#include "store/rowfilter.h"

namespace papilio::store
{
namespace
{

#define PAPILIO_ROW_QUERY "SELECT row, status, reason, text, molecule, atom_order FROM input_rows WHERE dataset = ?1"

Result<RowRecord> recordOf(const Lease& query, const std::string& path)
{
    RowRecord record;
    record.row = query.integer(0);
    const int status = query.small(1);
    record.status = static_cast<RowStatus>(status);
    record.reason = query.text(2);
    record.text = query.text(3);
    record.molecule = query.integer(4); // NULL reads as 0
    auto order = atomOrderFromBytes(query.blob(5));
    if (!order || status < 0 || status > 3) {
        return damagedRecord(path, "input row " + std::to_string(record.row), "unknown status or cut-off atom order");
    }
    record.toCanonical = std::move(*order);
    return record;
}

#define PAPILIO_REASON_FITS " AND instr(lower(reason), lower(?2)) > 0"
#define PAPILIO_STATUS_FITS " AND status = ?3"

/// Binds dataset, reason, and the status where it is asked for.
void bindFilter(Lease& query, std::int64_t dataset, const RowFilter& filter)
{
    query.bind(dataset, filter.reason);
    if (filter.status) {
        query.bindAt(3, static_cast<int>(*filter.status));
    }
}

} // namespace

FilteredRows::FilteredRows(Project& project) : m_project(project) {}

Result<std::int64_t> FilteredRows::count(std::int64_t dataset, const RowFilter& filter) const
{
    if (filter.reason.empty()) {
        return Datasets(m_project).rowCount(dataset, filter.status);
    }
    return reading(m_project, [&](Connection& connection) -> Result<std::int64_t> {
        Lease query(connection,
                    filter.status
                        ? "SELECT count(*) FROM input_rows WHERE dataset = ?1" PAPILIO_REASON_FITS PAPILIO_STATUS_FITS
                        : "SELECT count(*) FROM input_rows WHERE dataset = ?1" PAPILIO_REASON_FITS);
        bindFilter(query, dataset, filter);
        query.step();
        return query.integer(0);
    });
}

Result<std::vector<RowRecord>> FilteredRows::page(std::int64_t dataset, const RowFilter& filter, std::int64_t offset,
                                                  std::int64_t count) const
{
    if (filter.reason.empty()) {
        return Datasets(m_project).rowPage(dataset, filter.status, offset, count);
    }
    std::vector<RowRecord> rows;
    std::int64_t left = offset;
    PAPILIO_TRY(each(dataset, filter, [&](const RowRecord& row) {
        if (left-- <= 0) {
            rows.push_back(row);
        }
        return static_cast<std::int64_t>(rows.size()) < count;
    }));
    return rows;
}

Result<> FilteredRows::each(std::int64_t dataset, const RowFilter& filter,
                            const std::function<bool(const RowRecord&)>& callback) const
{
    if (filter.reason.empty()) {
        return Datasets(m_project).rows(dataset, filter.status, callback);
    }
    return reading(m_project, [&](Connection& connection) -> Result<> {
        Lease query(connection,
                    filter.status ? PAPILIO_ROW_QUERY PAPILIO_REASON_FITS PAPILIO_STATUS_FITS " ORDER BY row"
                                  : PAPILIO_ROW_QUERY PAPILIO_REASON_FITS " ORDER BY row");
        bindFilter(query, dataset, filter);
        while (query.step()) {
            const auto row = recordOf(query, m_project.path());
            if (!row) {
                return tl::unexpected<Error>(row.error());
            }
            if (!callback(*row)) {
                break;
            }
        }
        return {};
    });
}

Result<> Datasets::rows(std::int64_t dataset, std::optional<RowStatus> status,
                        const std::function<bool(const RowRecord&)>& callback) const
{
    return reading(m_project, [&](Connection& connection) -> Result<> {
        Lease query(connection,
                    status ? PAPILIO_ROW_QUERY " AND status = ?2 ORDER BY row" : PAPILIO_ROW_QUERY " ORDER BY row");
        query.bind(dataset);
        if (status) {
            query.bindAt(2, static_cast<int>(*status));
        }
        while (query.step()) {
            const auto row = recordOf(query, m_project.path());
            if (!row) {
                return tl::unexpected<Error>(row.error());
            }
            if (!callback(*row)) {
                break;
            }
        }
        return {};
    });
}

Result<std::vector<RowRecord>> Datasets::rowPage(std::int64_t dataset, std::optional<RowStatus> status,
                                                 std::int64_t offset, std::int64_t count) const
{
    if (offset < 0 || count < 0) { // SQLite would read a negative count as "all"
        return fail(ErrorCode::Internal, "A page of rows cannot begin at " + std::to_string(offset) + " or have " +
                                             std::to_string(count) + " rows.");
    }
    return reading(m_project, [&](Connection& connection) -> Result<std::vector<RowRecord>> {
        std::vector<RowRecord> page;
        Lease query(connection, status ? PAPILIO_ROW_QUERY " AND status = ?4 ORDER BY row LIMIT ?3 OFFSET ?2"
                                       : PAPILIO_ROW_QUERY " ORDER BY row LIMIT ?3 OFFSET ?2");
        query.bind(dataset, offset, count);
        if (status) {
            query.bindAt(4, static_cast<int>(*status));
        }
        while (query.step()) {
            auto row = recordOf(query, m_project.path());
            if (!row) {
                return tl::unexpected<Error>(std::move(row).error());
            }
            page.push_back(std::move(*row));
        }
        return page;
    });
}

Result<std::int64_t> Datasets::rowCount(std::int64_t dataset, std::optional<RowStatus> status) const
{
    return reading(m_project, [&](Connection& connection) -> Result<std::int64_t> {
        Lease query(connection, status ? "SELECT count(*) FROM input_rows WHERE dataset = ?1 AND status = ?2"
                                       : "SELECT count(*) FROM input_rows WHERE dataset = ?1");
        query.bind(dataset);
        if (status) {
            query.bindAt(2, static_cast<int>(*status));
        }
        query.step();
        return query.integer(0);
    });
}

std::string packAtomOrder(const std::vector<std::uint16_t>& toCanonical)
{
    return atomOrderToBytes(toCanonical);
}

Result<> Datasets::addRow(std::int64_t dataset, const PackedRow& row)
{
    return writing(m_project, [&](Connection& connection) -> Result<> {
        Lease insert(connection, "INSERT INTO input_rows (dataset, row, status, reason, text, molecule, atom_order) "
                                 "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
        insert.bind(dataset, row.row, static_cast<int>(row.status), row.reason, row.text).bindAt(7, Blob{row.atomOrder});
        if (row.molecule != 0) {
            insert.bindAt(6, row.molecule);
        }
        insert.run();
        return {};
    });
}

} // namespace papilio::store
