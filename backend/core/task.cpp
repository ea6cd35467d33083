// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/task.h"

namespace papilio
{

std::string_view levelName(Level level)
{
    switch (level) {
    case Level::Graph: return "graph";
    case Level::Node: return "node";
    case Level::Edge: return "edge";
    case Level::NodePair: return "nodepair";
    }
    return "graph";
}

std::string_view kindName(TaskKind kind)
{
    switch (kind) {
    case TaskKind::Regression: return "regression";
    case TaskKind::Binary: return "binary";
    case TaskKind::Multiclass: return "multiclass";
    }
    return "regression";
}

std::optional<Level> levelFromName(std::string_view name)
{
    for (const Level level : {Level::Graph, Level::Node, Level::Edge, Level::NodePair}) {
        if (levelName(level) == name) {
            return level;
        }
    }
    return std::nullopt;
}

std::optional<TaskKind> kindFromName(std::string_view name)
{
    for (const TaskKind kind : {TaskKind::Regression, TaskKind::Binary, TaskKind::Multiclass}) {
        if (kindName(kind) == name) {
            return kind;
        }
    }
    return std::nullopt;
}

} // namespace papilio
