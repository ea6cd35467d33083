// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QDateTime>
#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace papilio::app
{

/// What a person wants to know of a model: an entry of `model.list`.
struct ModelCard {
    QString name; ///< in the library; empty for a run or a file that was not added
    QString title, path, architecture, trainedOn, licence, citation;
    QString source; ///< what it was added from
    QStringList notes;
    QDateTime added;
    qint64 parameters = 0, tasks = 0, heads = 0, bytes = 0;
    qint64 reference = 0; ///< molecules that percentiles are taken against; 0 = none

    const QString& titleOrName() const { return title.isEmpty() ? name : title; }
};
ModelCard modelCardFrom(const QJsonObject& object);

/// Answer of `model.info`.
struct ModelInfo {
    struct Head {
        QString name, dataset, level, kind, unit;
        int classes = 0;
        qint64 columns = 0;
        qint64 named = 0;          ///< columns whose name is known
        bool standardScores = false; ///< some values are standard scores: their normalisation is not known
    };
    ModelCard card;
    QString architectureText, licenceText;
    std::vector<Head> heads;
};
ModelInfo modelInfoFrom(const QJsonObject& object);

/// The unit of values whose normalisation is not known.
bool isStandardScore(const QString& unit);

/// One entry of `model.layers`.
struct ModelLayer {
    QString address, level;
    int width = 0;
};
std::vector<ModelLayer> modelLayersFrom(const QJsonObject& object);

} // namespace papilio::app
