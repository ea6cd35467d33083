// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/modelreplies.h"

#include <QJsonArray>

namespace papilio::app
{

using namespace Qt::StringLiterals;

namespace
{

ModelInfo::Head headFrom(const QJsonObject& object)
{
    ModelInfo::Head head;
    head.name = object["name"_L1].toString();
    head.dataset = object["dataset"_L1].toString();
    head.level = object["level"_L1].toString();
    head.kind = object["kind"_L1].toString();
    head.unit = object["unit"_L1].toString();
    head.classes = object["classes"_L1].toInt();
    head.standardScores = isStandardScore(head.unit);
    const QJsonArray columns = object["columns"_L1].toArray();
    head.columns = columns.size();
    for (const QJsonValue column : columns) {
        head.named += column["known"_L1].toBool(true) ? 1 : 0;
        head.standardScores = head.standardScores || isStandardScore(column["unit"_L1].toString());
    }
    return head;
}

} // namespace

bool isStandardScore(const QString& unit)
{
    return unit == "standard score"_L1;
}

ModelCard modelCardFrom(const QJsonObject& object)
{
    ModelCard card;
    card.name = object["name"_L1].toString();
    card.title = object["title"_L1].toString();
    card.path = object["path"_L1].toString();
    card.architecture = object["architecture"_L1].toString();
    card.trainedOn = object["trainedOn"_L1].toString();
    card.licence = object["licence"_L1].toString();
    card.citation = object["citation"_L1].toString();
    card.source = object["source"_L1].toString();
    for (const QJsonValue note : object["notes"_L1].toArray()) {
        card.notes << note.toString();
    }
    card.added = QDateTime::fromString(object["added"_L1].toString(), Qt::ISODate);
    card.parameters = object["parameters"_L1].toInteger();
    card.tasks = object["tasks"_L1].toInteger();
    card.heads = object["heads"_L1].toInteger();
    card.bytes = object["bytes"_L1].toInteger();
    card.reference = object["reference"_L1].toInteger();
    return card;
}

ModelInfo modelInfoFrom(const QJsonObject& object)
{
    ModelInfo info;
    info.card = modelCardFrom(object);
    info.architectureText = object["architectureText"_L1].toString();
    info.licenceText = object["licenceText"_L1].toString();
    qint64 tasks = 0;
    for (const QJsonValue value : object["heads"_L1].toArray()) { // in `model.info` a list, in `model.list` a number
        info.heads.push_back(headFrom(value.toObject()));
        tasks += info.heads.back().columns;
    }
    if (!info.heads.empty()) {
        info.card.heads = static_cast<qint64>(info.heads.size());
        info.card.tasks = tasks;
    }
    if (info.card.architecture.isEmpty()) {
        info.card.architecture = object["architecture"_L1]["title"_L1].toString();
    }
    return info;
}

std::vector<ModelLayer> modelLayersFrom(const QJsonObject& object)
{
    std::vector<ModelLayer> layers;
    for (const QJsonValue value : object["layers"_L1].toArray()) {
        layers.push_back({value["address"_L1].toString(), value["level"_L1].toString(), value["width"_L1].toInt()});
    }
    return layers;
}

} // namespace papilio::app
