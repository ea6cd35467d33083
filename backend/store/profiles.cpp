// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/profiles.h"

#include <cmath>
#include <limits>

#include <nlohmann/json.hpp>

#include "store/connection.h"

namespace papilio::store
{
namespace
{

using nlohmann::json;

double numberOf(const json& value)
{
    return value.is_number() ? value.get<double>() : std::numeric_limits<double>::quiet_NaN();
}

std::string textOf(const TaskProfile& profile)
{
    json furthest = json::array();
    for (const TaskProfile::Outlier& outlier : profile.furthest) {
        furthest.push_back({outlier.molecule, outlier.value});
    }
    return json{{"molecules", profile.molecules}, {"values", profile.values},       {"mean", profile.mean},
                {"sd", profile.sd},               {"minimum", profile.minimum},     {"maximum", profile.maximum},
                {"classes", profile.classCounts}, {"quantiles", profile.quantiles}, {"rankError", profile.rankError},
                {"fences", {profile.lowFence, profile.highFence}},
                {"outliers", profile.outliers},   {"furthest", std::move(furthest)}}
        .dump();
}

TaskProfile taskFrom(const json& text)
{
    TaskProfile profile;
    profile.molecules = text.at("molecules").get<std::int64_t>();
    profile.values = text.at("values").get<std::int64_t>();
    profile.mean = numberOf(text.at("mean"));
    profile.sd = numberOf(text.at("sd"));
    profile.minimum = numberOf(text.at("minimum"));
    profile.maximum = numberOf(text.at("maximum"));
    profile.classCounts = text.at("classes").get<std::vector<std::int64_t>>();
    for (const json& value : text.at("quantiles")) {
        profile.quantiles.push_back(numberOf(value));
    }
    profile.rankError = numberOf(text.at("rankError"));
    profile.lowFence = numberOf(text.at("fences").at(0));
    profile.highFence = numberOf(text.at("fences").at(1));
    profile.outliers = text.at("outliers").get<std::int64_t>();
    for (const json& outlier : text.at("furthest")) {
        profile.furthest.push_back({outlier.at(0).get<std::int64_t>(), numberOf(outlier.at(1))});
    }
    return profile;
}

std::string textOf(const DatasetProfile& profile)
{
    json largest = json::array();
    for (const DatasetProfile::Scaffold& scaffold : profile.largest) {
        largest.push_back({scaffold.smiles, scaffold.molecules, scaffold.example});
    }
    return json{{"molecules", profile.molecules},
                {"acyclic", profile.acyclic},
                {"scaffolds", profile.scaffolds},
                {"largest", std::move(largest)}}
        .dump();
}

DatasetProfile datasetFrom(const json& text)
{
    DatasetProfile profile;
    profile.molecules = text.at("molecules").get<std::int64_t>();
    profile.acyclic = text.at("acyclic").get<std::int64_t>();
    profile.scaffolds = text.at("scaffolds").get<std::int64_t>();
    for (const json& scaffold : text.at("largest")) {
        profile.largest.push_back({scaffold.at(0).get<std::string>(), scaffold.at(1).get<std::int64_t>(),
                                   scaffold.at(2).get<std::int64_t>()});
    }
    return profile;
}

/// Reads one profile; a text that cannot be read counts as none: it is computed again.
template <typename Profile>
Result<std::optional<Profile>> readProfile(const Project& project, const char* sql, std::int64_t key,
                                           Profile (*from)(const json&))
{
    return reading(project, [&](Connection& connection) -> Result<std::optional<Profile>> {
        if (!connection.hasSchema(4)) {
            return std::nullopt;
        }
        Lease query(connection, sql);
        if (!query.bind(key).step()) {
            return std::nullopt;
        }
        try {
            return from(json::parse(query.text(0)));
        } catch (const json::exception&) {
            return std::nullopt;
        }
    });
}

std::string stateOf(const Lease& query, bool curated)
{
    std::string state = "2";
    for (int column = 0; column < 6; ++column) {
        state.append(" ").append(std::to_string(query.integer(column)));
    }
    for (int column = 6; column < (curated ? 8 : 7); ++column) {
        state.append(" ").append(query.text(column));
    }
    return state;
}

constexpr const char* stateSql4 =
    "SELECT d.id, d.complete, d.rows, d.molecules, d.labels, d.merged, d.created, coalesce(c.applied, '') "
    "FROM datasets d LEFT JOIN curations c ON c.dataset = d.id WHERE ?1 = 0 OR d.id = ?1 ORDER BY d.id";
constexpr const char* stateSql1 = "SELECT id, complete, rows, molecules, labels, merged, created FROM datasets "
                                  "WHERE ?1 = 0 OR id = ?1 ORDER BY id";

Result<std::string> readState(const Project& project, std::int64_t dataset)
{
    return reading(project, [&](Connection& connection) -> Result<std::string> {
        const bool curated = connection.hasSchema(4);
        Lease query(connection, curated ? stateSql4 : stateSql1);
        query.bind(dataset);
        std::string state;
        while (query.step()) {
            state.append(state.empty() ? "" : "; ").append(stateOf(query, curated));
        }
        return state;
    });
}

} // namespace

Profiles::Profiles(Project& project) : m_project(project) {}

Result<std::optional<TaskProfile>> Profiles::ofTask(std::int64_t task) const
{
    return readProfile<TaskProfile>(m_project, "SELECT profile FROM task_profiles WHERE task = ?1", task, taskFrom);
}

Result<std::optional<DatasetProfile>> Profiles::ofDataset(std::int64_t dataset) const
{
    return readProfile<DatasetProfile>(m_project, "SELECT profile FROM dataset_profiles WHERE dataset = ?1", dataset,
                                       datasetFrom);
}

Result<bool> Profiles::current(std::int64_t dataset) const
{
    const auto state = contentState(m_project, dataset);
    if (!state) {
        return tl::unexpected<Error>(state.error());
    }
    return reading(m_project, [&](Connection& connection) -> Result<bool> {
        if (!connection.hasSchema(4)) {
            return false;
        }
        Lease query(connection, "SELECT state FROM dataset_profiles WHERE dataset = ?1");
        return query.bind(dataset).step() && query.text(0) == *state;
    });
}

Result<> Profiles::putTask(std::int64_t task, const TaskProfile& profile)
{
    const std::string text = textOf(profile);
    return writing(m_project, [&](Connection& connection) -> Result<> {
        Lease(connection, "INSERT OR REPLACE INTO task_profiles (task, profile) VALUES (?1, ?2)").bind(task, text).run();
        return {};
    });
}

Result<> Profiles::putDataset(std::int64_t dataset, const DatasetProfile& profile)
{
    const std::string text = textOf(profile);
    const auto state = contentState(m_project, dataset);
    PAPILIO_TRY(state);
    return writing(m_project, [&](Connection& connection) -> Result<> {
        Lease(connection, "INSERT OR REPLACE INTO dataset_profiles (dataset, state, profile) VALUES (?1, ?2, ?3)")
            .bind(dataset, *state, text)
            .run();
        return {};
    });
}

Result<std::string> contentState(const Project& project, std::int64_t dataset)
{
    return readState(project, dataset);
}

Result<std::string> contentState(const Project& project)
{
    return readState(project, 0);
}

} // namespace papilio::store
