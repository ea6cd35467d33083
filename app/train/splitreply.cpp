// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/train/splitreply.h"

#include <QCoreApplication>
#include <QJsonArray>

#include "widgets/format.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;

namespace
{

SplitReply::PerPart partsFrom(const QJsonValue& value)
{
    return {value["train"_L1].toInteger(), value["val"_L1].toInteger(), value["test"_L1].toInteger(),
            value["test_seen"_L1].toInteger()};
}

QVector<qint64> countsFrom(const QJsonValue& value)
{
    QVector<qint64> counts;
    for (const QJsonValue& count : value.toArray()) {
        counts << count.toInteger();
    }
    return counts;
}

QString placeFrom(const QJsonValue& side)
{
    const qint64 row = side["row"_L1].toInteger(-1);
    return row < 0 ? QString()
                   : QCoreApplication::translate("SplitReply", "%1, row %2").arg(side["dataset"_L1].toString()).arg(row);
}

SplitReply::Similarity similarityFrom(const QJsonValue& value)
{
    SplitReply::Similarity similarity;
    const QJsonValue own = value["split"_L1], random = value["random"_L1];
    similarity.dataset = value["dataset"_L1].toString();
    similarity.ofValidation = value["part"_L1].toString() == "val"_L1;
    similarity.data = {countsFrom(own["counts"_L1]), countsFrom(random["counts"_L1])};
    similarity.median = own["median"_L1].toDouble();
    similarity.randomMedian = random["median"_L1].toDouble();
    similarity.tenth = own["tenth"_L1].toDouble();
    similarity.n = own["n"_L1].toInteger();
    similarity.of = own["of"_L1].toInteger();
    similarity.identical = own["identical"_L1].toInteger();
    return similarity;
}

QStringList textsFrom(const QJsonValue& value)
{
    QStringList texts;
    for (const QJsonValue& text : value.toArray()) {
        texts << text.toString();
    }
    return texts;
}

} // namespace

SplitReply SplitReply::from(const QJsonObject& result)
{
    SplitReply reply;
    const QJsonObject report = result["report"_L1].toObject();
    reply.spec = result["spec"_L1].toString();
    reply.notes = textsFrom(result["notes"_L1]);
    reply.molecules = partsFrom(report["molecules"_L1]);
    for (const QJsonValue& value : report["similarity"_L1].toArray()) {
        reply.similarity << similarityFrom(value);
    }
    for (const QJsonValue& value : report["tasks"_L1].toArray()) {
        reply.tasks << Task{value["dataset"_L1].toString(), value["task"_L1].toString(), value["kind"_L1].toString() == "binary"_L1,
                            partsFrom(value["labels"_L1]), partsFrom(value["positives"_L1])};
    }
    for (const auto& [key, same] : {std::pair("same"_L1, true), std::pair("twins"_L1, false)}) {
        for (const QJsonValue& value : report[key].toArray()) {
            const QJsonValue train = value["train"_L1], measured = value["measured"_L1];
            reply.pairs << Pair{value["part"_L1].toString(),      train["smiles"_L1].toString(), placeFrom(train),
                                measured["smiles"_L1].toString(), placeFrom(measured),           same};
        }
    }
    for (const QJsonValue& value : report["leaks"_L1].toArray()) {
        reply.leaks << Leak{value["test"_L1].toString(), value["train"_L1].toString(), value["molecules"_L1].toInteger(),
                            value["of"_L1].toInteger()};
    }
    reply.sameMolecules = report["sameMolecules"_L1].toInteger();
    reply.stereoTwins = report["stereoTwins"_L1].toInteger();
    reply.warnings = textsFrom(report["warnings"_L1]);
    return reply;
}

} // namespace papilio::app
