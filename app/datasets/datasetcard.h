// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include "app/engine/replies.h"

namespace papilio::app
{

/// A data set of the field, as `data.list` tells it. What is not known is empty or 0.
struct DatasetCard {
    enum class State { Absent, Part, Here } state = State::Absent; ///< in the user's folder of data sets
    QString name, title, collection, summary, dataset, level, kind, normalisation, licence, citation, source;
    QString splitText; ///< "random 0.8/0.1/0.1, seed 42 (qm9_random_splits.pt)"
    QString how;       ///< how a model is fetched by other means
    QString obstacle;  ///< why it cannot be imported
    QString folder;
    QStringList members, tables, hosts, notes;
    qint64 molecules = 0, tasks = 0, bytes = 0;
    bool model = false;
    bool checked = false; ///< the checksum of its download is known

    bool isGroup() const { return !members.isEmpty(); }
    bool isDownloadable() const { return isGroup() || !hosts.isEmpty(); }
};
DatasetCard datasetCardFrom(const QJsonObject& object);
std::vector<DatasetCard> datasetCardsFrom(const QJsonObject& reply);

/// What became of one of them: an entry of `data.get`, or of `data.find`.
struct DatasetOutcome {
    QString title, model, splitText;
    QStringList missing, notes;
    bool found = false;
    bool imported = false;
    ImportReply report;
    qint64 split = 0;
};
std::vector<DatasetOutcome> datasetOutcomesFrom(const QJsonObject& reply);

} // namespace papilio::app
