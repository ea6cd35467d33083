// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "data/split.h"

namespace papilio::data
{

/// How hard a split is, and what is wrong with it, before anything is trained.

/// Training, validation, test, test_seen.
using PerPart = std::array<std::int64_t, 4>;

/// Similarities (Tanimoto, Morgan fingerprints) of test molecules to their nearest training molecule.
struct SimilarityHistogram {
    static constexpr std::size_t bins = 20;  ///< [0, 0.05) … [0.95, 1]
    std::array<std::int64_t, bins> counts{};
    std::int64_t n = 0;                      ///< molecules looked at
    std::int64_t of = 0;                     ///< molecules there are; more than n: a sample, evenly over the part
    std::int64_t identical = 0;              ///< of n, those whose fingerprint a training molecule has
    double mean = 0, median = 0, lowest = 0; ///< lowest: tenth percentile
};

/// What a test molecule is compared for: all datasets together, or one where each has its own split.
struct SplitSimilarity {
    std::string dataset;           ///< empty = all
    store::Part part = store::Part::Test; ///< validation where there is no test part
    SimilarityHistogram split;
    SimilarityHistogram random;    ///< a random split of the same sizes, for comparison
};

struct SplitTaskCounts {
    std::string dataset, task;
    TaskKind kind = TaskKind::Regression;
    PerPart molecules{}; ///< with a label
    PerPart positives{}; ///< binary tasks of the graph level
};

/// A molecule that stands on both sides, or two stereoisomers of which one does on each.
struct SplitPair {
    std::int64_t train = 0, test = 0;    ///< molecules of the project; the same if it is one
    std::string trainSmiles, testSmiles;
    std::string trainDataset, testDataset; ///< where each is a row, the first one
    std::int64_t trainRow = -1, testRow = -1;
    store::Part part = store::Part::Test; ///< validation, test or test_seen
};

/// Molecules that one dataset tests and another trains on.
struct SplitLeak {
    std::string testDataset, trainDataset;
    std::int64_t molecules = 0, of = 0; ///< of the test part
};

struct SplitReport {
    PerPart molecules{};
    std::int64_t unused = 0; ///< in no part
    struct Dataset {
        std::string name;
        PerPart molecules{};
    };
    std::vector<Dataset> datasets;
    std::vector<SplitSimilarity> similarity;
    std::vector<SplitTaskCounts> tasks;
    std::int64_t sameMolecules = 0; ///< trained on by one dataset, measured by another
    std::int64_t stereoTwins = 0;   ///< pairs
    std::vector<SplitPair> same, twins; ///< the first 'mostNamed' of them
    std::vector<SplitLeak> leaks;
    std::vector<std::string> warnings; ///< in words, the worst first
    static constexpr std::size_t mostNamed = 200;
};

/// The counts of a report alone: molecules, unused, datasets.
SplitReport countSplit(store::Project& project, const SplitRequest& request, const store::Split& split);

/// 'sampleLimit': test molecules that are compared at most; and never more than some 2·10¹⁰ comparisons in all.
Result<SplitReport> reportSplit(store::Project& project, const SplitRequest& request, const store::Split& split,
                                Control& control, std::size_t sampleLimit = 50'000);

} // namespace papilio::data
