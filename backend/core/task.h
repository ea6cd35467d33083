// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace papilio
{

/// What a label belongs to: a molecule, each heavy atom, each directed bond (two a bond), or each pair of atoms.
enum class Level : std::uint8_t { Graph = 0, Node = 1, Edge = 2, NodePair = 3 };

/// What a label is.
enum class TaskKind : std::uint8_t {
    Regression = 0,
    Binary = 1,     ///< 0 or 1
    Multiclass = 2, ///< 0 … classes−1
};

std::string_view levelName(Level level);  ///< "graph", "node", "edge", "nodepair"
std::string_view kindName(TaskKind kind); ///< "regression", "binary", "multiclass"
std::optional<Level> levelFromName(std::string_view name);
std::optional<TaskKind> kindFromName(std::string_view name);

/// One column of labels.
struct Task {
    std::int64_t id = 0;        ///< in the project; 0 = not stored yet
    std::int64_t dataset = 0;   ///< dataset it came with
    std::string name;           ///< unique within its dataset
    Level level = Level::Graph;
    TaskKind kind = TaskKind::Regression;
    int classes = 0;            ///< multiclass only: number of classes
    std::string unit;           ///< empty = none known
    std::vector<std::string> classNames = {}; ///< binary and multiclass: the texts that stand for the classes; may be empty
};

} // namespace papilio
