// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/datasets/datasetcard.h"

#include <QJsonArray>
#include <QUrl>

namespace papilio::app
{

using namespace Qt::StringLiterals;

namespace
{

QStringList textsFrom(const QJsonValue& value)
{
    QStringList texts;
    for (const QJsonValue& item : value.toArray()) {
        texts << item.toString();
    }
    return texts;
}

QString splitTextFrom(const QJsonObject& split)
{
    const QString where = split[u"file"_s].toString() + split[u"column"_s].toString();
    const QString rule = split[u"rule"_s].toString();
    if (rule.isEmpty() || where.isEmpty()) {
        return rule + where;
    }
    return rule + u" ("_s + where + u')';
}

} // namespace

DatasetCard datasetCardFrom(const QJsonObject& object)
{
    const auto text = [&object](const QString& key) { return object[key].toString(); };
    DatasetCard card;
    card.name = text(u"name"_s);
    card.title = text(u"title"_s);
    card.collection = text(u"collection"_s);
    card.summary = text(u"summary"_s);
    card.dataset = text(u"dataset"_s);
    card.level = text(u"level"_s);
    card.kind = text(u"kind"_s);
    card.normalisation = text(u"normalisation"_s);
    card.licence = text(u"licence"_s);
    card.citation = text(u"citation"_s);
    card.source = text(u"source"_s);
    card.how = text(u"how"_s);
    card.obstacle = text(u"obstacle"_s);
    card.folder = text(u"folder"_s);
    card.splitText = splitTextFrom(object[u"split"_s].toObject());
    card.members = textsFrom(object[u"members"_s]);
    card.notes = textsFrom(object[u"notes"_s]);
    for (const QJsonValue& table : object[u"tables"_s].toArray()) {
        card.tables << textsFrom(table[u"files"_s]).join(u" + "_s);
    }
    for (const QJsonValue& item : object[u"downloads"_s].toArray()) {
        const QString host = QUrl(item[u"url"_s].toString()).host();
        if (!host.isEmpty() && !card.hosts.contains(host)) {
            card.hosts << host;
        }
        card.checked = card.checked || item[u"checksum"_s].toBool();
    }
    card.molecules = object[u"molecules"_s].toInteger();
    card.tasks = object[u"tasks"_s].toInteger();
    card.bytes = object[u"bytes"_s].toInteger();
    card.model = object[u"model"_s].toBool();
    const QString state = text(u"state"_s);
    card.state = state == "here"_L1 ? DatasetCard::State::Here
                 : state == "part"_L1 ? DatasetCard::State::Part
                                      : DatasetCard::State::Absent;
    return card;
}

std::vector<DatasetCard> datasetCardsFrom(const QJsonObject& reply)
{
    std::vector<DatasetCard> cards;
    for (const QJsonValue& item : reply[u"datasets"_s].toArray()) {
        cards.push_back(datasetCardFrom(item.toObject()));
    }
    return cards;
}

std::vector<DatasetOutcome> datasetOutcomesFrom(const QJsonObject& reply)
{
    std::vector<DatasetOutcome> outcomes;
    for (const QJsonValue& item : reply[u"datasets"_s].toArray()) {
        DatasetOutcome outcome;
        outcome.title = item[u"title"_s].toString();
        outcome.model = item[u"model"_s].toString();
        outcome.splitText = item[u"splitText"_s].toString();
        outcome.missing = textsFrom(item[u"missing"_s]);
        outcome.notes = textsFrom(item[u"notes"_s]);
        outcome.found = item[u"found"_s].toBool();
        outcome.split = item[u"split"_s].toInteger();
        const QJsonObject report = item[u"report"_s].toObject();
        outcome.imported = !report.isEmpty();
        if (outcome.imported) {
            const auto reports = importReportsFrom({{u"reports"_s, QJsonArray{report}}});
            outcome.report = reports.empty() ? ImportReply() : reports.front();
        }
        outcomes.push_back(outcome);
    }
    return outcomes;
}

} // namespace papilio::app
