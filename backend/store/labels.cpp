// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/labels.h"

#include "store/connection.h"
#include "store/labelbytes.h"

namespace papilio::store
{
namespace
{

std::string placeName(std::int64_t dataset, std::int64_t molecule)
{
    return "labels of molecule " + std::to_string(molecule) + " in dataset " + std::to_string(dataset);
}

Result<> checkOrder(const LabelSet& labels)
{
    int previous = -1;
    for (const LabelSet::Entry& entry : labels.entries) {
        if (entry.position <= previous) {
            return fail(ErrorCode::Internal, "Label entries must ascend by task position; " +
                                                 std::to_string(entry.position) + " follows " +
                                                 std::to_string(previous) + ".");
        }
        previous = entry.position;
    }
    return {};
}

} // namespace

Labels::Labels(Project& project) : m_project(project) {}

Result<std::optional<LabelSet>> Labels::get(std::int64_t dataset, std::int64_t molecule) const
{
    return reading(m_project, [&](Connection& connection) -> Result<std::optional<LabelSet>> {
        Lease query(connection, "SELECT entries FROM labels WHERE dataset = ?1 AND molecule = ?2");
        if (!query.bind(dataset, molecule).step()) {
            return std::nullopt;
        }
        auto labels = LabelSet::fromBytes(query.blob(0));
        if (!labels) {
            return damagedRecord(m_project.path(), placeName(dataset, molecule), labels.error().message);
        }
        return std::move(*labels);
    });
}

Result<> Labels::each(std::int64_t dataset,
                      const std::function<bool(std::int64_t molecule, const LabelSet&)>& callback) const
{
    return reading(m_project, [&](Connection& connection) -> Result<> {
        Lease query(connection, "SELECT molecule, entries FROM labels WHERE dataset = ?1 ORDER BY molecule");
        query.bind(dataset);
        while (query.step()) {
            const auto labels = LabelSet::fromBytes(query.blob(1));
            if (!labels) {
                return damagedRecord(m_project.path(), placeName(dataset, query.integer(0)), labels.error().message);
            }
            if (!callback(query.integer(0), *labels)) {
                break;
            }
        }
        return {};
    });
}

Result<std::vector<Labels::Value>> Labels::values(std::int64_t dataset, int position) const
{
    return reading(m_project, [&](Connection& connection) -> Result<std::vector<Value>> {
        std::vector<Value> values;
        Lease query(connection, "SELECT molecule, entries FROM labels WHERE dataset = ?1 ORDER BY molecule");
        query.bind(dataset);
        while (query.step()) {
            const auto value = singleValue(query.blob(1), position);
            if (!value && value.error().code == ErrorCode::Damaged) {
                return damagedRecord(m_project.path(), placeName(dataset, query.integer(0)), value.error().message);
            }
            if (!value) {
                return fail(value.error().code, "In '" + m_project.path() + "', dataset " + std::to_string(dataset) +
                                                    ": " + value.error().message + ".");
            }
            if (*value) {
                values.push_back({query.integer(0), **value});
            }
        }
        return values;
    });
}

Result<> Labels::put(std::int64_t dataset, std::int64_t molecule, const LabelSet& labels)
{
    PAPILIO_TRY(checkOrder(labels));
    return writing(m_project, [&](Connection& connection) -> Result<> {
        if (labels.entries.empty()) { // no labels and no record are the same
            Lease(connection, "DELETE FROM labels WHERE dataset = ?1 AND molecule = ?2").bind(dataset, molecule).run();
            return {};
        }
        const std::string bytes = labels.toBytes();
        Lease(connection, "INSERT INTO labels (dataset, molecule, entries) VALUES (?1, ?2, ?3) "
                          "ON CONFLICT (dataset, molecule) DO UPDATE SET entries = excluded.entries")
            .bind(dataset, molecule, Blob{bytes})
            .run();
        return {};
    });
}

Result<> Labels::addPacked(std::int64_t dataset, std::int64_t molecule, std::string_view labels)
{
    return writing(m_project, [&](Connection& connection) -> Result<> {
        Lease(connection, "INSERT INTO labels (dataset, molecule, entries) VALUES (?1, ?2, ?3)")
            .bind(dataset, molecule, Blob{labels})
            .run();
        return {};
    });
}

} // namespace papilio::store
