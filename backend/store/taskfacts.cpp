// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/taskfacts.h"

#include <nlohmann/json.hpp>

#include "store/connection.h"

namespace papilio::store
{

Result<TaskFacts> taskFacts(const Project& project, std::int64_t task)
{
    return reading(project, [&](Connection& connection) -> Result<TaskFacts> {
        TaskFacts facts;
        if (!connection.hasSchema(4)) {
            return facts;
        }
        Lease query(connection, "SELECT facts FROM task_facts WHERE task = ?1");
        if (!query.bind(task).step()) {
            return facts;
        }
        try {
            const nlohmann::json json = nlohmann::json::parse(query.text(0));
            facts.classNames = json.value("classNames", std::vector<std::string>());
            facts.rule = json.value("rule", std::string());
            facts.censored = json.value("censored", std::int64_t{0});
            facts.approximate = json.value("approximate", std::int64_t{0});
        } catch (const nlohmann::json::exception& exception) {
            return damagedRecord(project.path(), "facts of task " + std::to_string(task), exception.what());
        }
        return facts;
    });
}

Result<> putTaskFacts(Project& project, std::int64_t task, const TaskFacts& facts)
{
    return writing(project, [&](Connection& connection) -> Result<> {
        if (facts == TaskFacts()) {
            Lease(connection, "DELETE FROM task_facts WHERE task = ?1").bind(task).run();
            return {};
        }
        const nlohmann::json json{{"classNames", facts.classNames},
                                  {"rule", facts.rule},
                                  {"censored", facts.censored},
                                  {"approximate", facts.approximate}};
        const std::string text = json.dump();
        Lease(connection, "INSERT INTO task_facts (task, facts) VALUES (?1, ?2) "
                          "ON CONFLICT (task) DO UPDATE SET facts = excluded.facts")
            .bind(task, text)
            .run();
        return {};
    });
}

} // namespace papilio::store
