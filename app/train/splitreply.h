// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

#include <QJsonObject>
#include <QStringList>
#include <QVector>

#include "widgets/similarityplot.h"

namespace papilio::app
{

/// What the engine's split.report says.
struct SplitReply {
    enum Part { Train, Validation, Test, TestSeen, PartCount };
    using PerPart = std::array<qint64, PartCount>;

    struct Similarity {
        QString dataset;        ///< empty = all together
        bool ofValidation = false;
        widgets::SimilarityData data;
        double median = 0, randomMedian = 0, tenth = 0;
        qint64 n = 0, of = 0, identical = 0;
    };
    struct Task {
        QString dataset, task;
        bool binary = false;
        PerPart labels{}, positives{};
    };
    struct Pair {
        QString part;
        QString trainSmiles, trainPlace;       ///< place: "tox21, row 17"
        QString measuredSmiles, measuredPlace;
        bool same = false;                     ///< one molecule, not two stereoisomers
    };
    struct Leak {
        QString test, train;
        qint64 molecules = 0, of = 0;
    };

    QString spec;
    PerPart molecules{};
    QVector<Similarity> similarity;
    QVector<Task> tasks;
    QVector<Pair> pairs;
    QVector<Leak> leaks;
    qint64 sameMolecules = 0, stereoTwins = 0;
    QStringList notes;

    static SplitReply from(const QJsonObject& result);
    /// What is wrong with it, in a line each, the worst first.
    QStringList warnings() const;
    bool isEmpty() const { return tasks.isEmpty(); }
};

} // namespace papilio::app
