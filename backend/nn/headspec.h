// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/task.h"
#include "nn/layerspec.h"
#include "nn/options.h"

namespace papilio::nn
{

/// Loss of one head over the labels that exist; a batch without any gives 0. (losses.h)
struct LossSpec {
    LossType type = LossType::Mae;
    double weight = 1;          ///< against the other heads
    bool perLabel = false;      ///< mean over columns of the mean over rows; else one pool of all labels
    double huberDelta = 1;
    double alpha = 0.5;         ///< hybrid: α · cross-entropy + (1 − α) · regression of the expected class
    bool hybridAbsolute = false;///< hybrid: regression by MAE instead of MSE
    std::vector<double> classWeights = {};  ///< binary: of 0 and 1; classes: of each; empty = all 1
    std::vector<double> columnWeights = {}; ///< one a column; empty = all 1
    friend bool operator==(const LossSpec&, const LossSpec&) = default;
};

/// One task group: the labels of one dataset at one level and of one kind share a head.
struct HeadSpec {
    std::string name; ///< "qm9"; with level and kind where a dataset has several ("bace/binary", "x/node")
    std::string dataset;
    Level level = Level::Graph;
    TaskKind kind = TaskKind::Regression;
    int classes = 0; ///< multiclass: classes of every task of the group
    std::vector<std::string> classNames; ///< multiclass, where they have names ("down", "neutral", "up")
    bool ordered = false;                ///< multiclass: the classes have an order
    struct Column {
        std::string task;
        std::string unit;
        std::string title = {}; ///< for people, where the task's name is not enough: "AID 720516: ATAD5 assay"
        bool known = true;      ///< false: what this output means is not known
    };
    std::vector<Column> columns;
    MlpSpec mlp; ///< outDim is outputWidth(); the last linear layer is the read-out
    LossSpec loss;

    int outputWidth() const; ///< columns, times classes for multiclass (class index runs fastest)
};

/// What heads look like unless a pattern says otherwise.
struct HeadDefaults {
    MlpSpec mlp;
    struct Override {
        std::string dataset;  ///< pattern "qm9*", case-insensitive
        std::string options;  ///< JSON object of head options ("hidden", "activation", "loss": …), over the defaults
    };
    std::vector<Override> overrides; ///< the first that matches counts
    LossSpec regression;                           ///< MAE, as published
    LossSpec binary = {.type = LossType::BceLogits};
    LossSpec classes = {.type = LossType::CrossEntropy};
};

} // namespace papilio::nn
