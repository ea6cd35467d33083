// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/error.h"
#include "store/project.h"

namespace papilio::store
{

/// What is known of a task beside its record: how its cells were read. A project of an older version has none.
struct TaskFacts {
    std::vector<std::string> classNames; ///< texts of the classes, in their order; may be empty
    std::string rule;                    ///< for people: "'<' and '>' left out; unit nM taken off"
    std::int64_t censored = 0;           ///< cells of which only a bound is known
    std::int64_t approximate = 0;        ///< cells marked with '~'
    friend bool operator==(const TaskFacts&, const TaskFacts&) = default;
};

Result<TaskFacts> taskFacts(const Project& project, std::int64_t task);
/// Facts at their defaults are not kept.
Result<> putTaskFacts(Project& project, std::int64_t task, const TaskFacts& facts);

} // namespace papilio::store
