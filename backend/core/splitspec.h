// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/error.h"

namespace papilio
{

enum class SplitKind : std::uint8_t {
    Random,
    Scaffold,         ///< by Bemis–Murcko scaffold
    BalancedScaffold, ///< the same, so that each task has its share of labels in each part
    Cluster,          ///< by fingerprint
    Column,           ///< as a column of the imported rows says
    File,             ///< as a file of row numbers says
    Stored,           ///< a split that the project has already
};
std::string_view splitKindName(SplitKind kind); ///< "balanced-scaffold"

/// How molecules are put into parts, as a run remembers it: KIND[:VALUE][,OPTION[=VALUE]]…
///
/// | text | means |
/// |---|---|
/// | random:0.8/0.1/0.1 | shares of training, validation and test; so for the next three, which may leave them out |
/// | scaffold, balanced-scaffold, cluster | |
/// | column:NAME or column:DATASET=NAME\|DATASET=NAME | |
/// | file:PATH or file:DATASET=PATH\|DATASET=PATH | |
/// | stored:7 | the project's split of that number |
///
/// Options: per-dataset (each dataset has its own; else a molecule is in one part for all), test_seen[=DATASET] (with
/// per-dataset: test molecules that another dataset trains on are a part of their own; with a name: all molecules of
/// other datasets that this one trains on), cutoff=0.4 (cluster: least similarity to a cluster's centre),
/// acyclic=own|one (scaffold: molecules without rings are a group each, or all one), train=…, val=…, test=…,
/// test_seen=… of column and file: the values or keys that mean that part, several with '+'; '*' is every other one.
/// A backslash takes the meaning from the next character.
struct SplitSpec {
    SplitKind kind = SplitKind::Random;
    std::array<double, 3> fractions{0.8, 0.1, 0.1};
    bool perDataset = false;
    std::optional<std::string> testSeen; ///< empty = whichever dataset
    double cutoff = 0.4;
    bool acyclicTogether = false;
    std::map<std::string, std::string> sources; ///< column or file by dataset; key empty = for all
    std::map<std::string, std::string> values;  ///< value or key → "train", "val", "test" or "test_seen"; "*" = others
    std::int64_t stored = 0;

    bool hasFractions() const { return kind <= SplitKind::Cluster; }
    bool needsChemistry() const { return kind >= SplitKind::Scaffold && kind <= SplitKind::Cluster; }
};

/// An error says what is wrong and how it is written.
Result<SplitSpec> parseSplitSpec(std::string_view text);
/// Reads back as the same.
std::string splitSpecText(const SplitSpec& spec);

/// "0.8/0.1/0.1": from 0 to 1, the first above 0, together 1.
Result<std::array<double, 3>> parseSplitFractions(std::string_view text, const std::string& where);

/// floor(fraction × n), forgiving the last bit ("0.29 of 100" is 29, not 28).
std::size_t shareOf(double fraction, std::size_t n);

} // namespace papilio
