// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <vector>

#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace papilio::app
{

/// One setting of a training: an entry of `train.options`.
struct TrainOption {
    QString path; ///< key of `set`
    QString type; ///< "integer", "number", "boolean", "text", "choice", "choices", "list"
    QString normal, meaning, group;
    QStringList choices;
    double least = std::nan(""), most = std::nan("");
    bool relevant = true; ///< false: nothing depends on it as the rest stands

    QString name() const; ///< the path without what its group says already
    /// "1 to 100 000", "none, simple, weighted"; empty where anything goes.
    QString rangeText() const;
    /// What is wrong with a value, for people; empty if nothing is.
    QString problemOf(const QString& value) const;
};
std::vector<TrainOption> trainOptionsFrom(const QJsonObject& object);
/// Options as they are with some choices made, with the defaults of 'base' where it knows them.
std::vector<TrainOption> withDefaultsOf(const std::vector<TrainOption>& base, std::vector<TrainOption> options);

/// A head of the planned network, as `train.plan` tells it.
struct PlannedHead {
    QString name, dataset, level, kind, loss;
    QStringList losses;
    qint64 tasks = 0;
    double weight = 1;
};

/// Answer of `train.plan`.
struct TrainPlan {
    qint64 parameters = 0, molecules = 0, train = 0, validation = 0, test = 0, labels = 0;
    bool splitEstimated = false; ///< train, validation and test are the shares asked for
    std::vector<PlannedHead> heads;
    std::vector<double> epochs, rates; ///< learning rate over the epochs; may be empty
};
TrainPlan trainPlanFrom(const QJsonObject& object);

} // namespace papilio::app
