// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/train/splitreply.h"

#include <QCoreApplication>
#include <QJsonArray>

#include "app/engine/enginetext.h"
#include "app/format.h"
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

QString partName(SplitReply::Part part)
{
    return part == SplitReply::Train        ? QCoreApplication::translate("SplitReply", "Training")
           : part == SplitReply::Validation ? QCoreApplication::translate("SplitReply", "Validation")
                                            : QCoreApplication::translate("SplitReply", "Test");
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

/// "Test: 1 task without a label, NR-AR"; several tasks are counted, the table of the details has them all.
template <typename Is>
void warnOfTasks(QStringList& warnings, const QVector<SplitReply::Task>& tasks, SplitReply::Part part, const char* one, const char* several,
                 Is is)
{
    qsizetype count = 0;
    QString first;
    for (const SplitReply::Task& task : tasks) {
        if (is(task) && ++count == 1) {
            first = task.task;
        }
    }
    if (count > 0) {
        const QString name = partName(part);
        warnings << (count == 1 ? QCoreApplication::translate("SplitReply", one).arg(name, first)
                                : QCoreApplication::translate("SplitReply", several).arg(name, widgets::formatCount(count)));
    }
}

} // namespace

SplitReply SplitReply::from(const QJsonObject& result)
{
    SplitReply reply;
    const QJsonObject report = result["report"_L1].toObject();
    reply.spec = result["spec"_L1].toString();
    reply.notes = engineTexts(result["notes"_L1]);
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
    return reply;
}

QStringList SplitReply::warnings() const
{
    QStringList warnings;
    for (const Part part : {Train, Validation, Test}) {
        if (molecules[part] == 0) {
            warnings << QCoreApplication::translate("SplitReply", "%1: no molecules").arg(partName(part));
            continue;
        }
        warnOfTasks(warnings, tasks, part, QT_TRANSLATE_NOOP("SplitReply", "%1: %2 without a label"),
                    QT_TRANSLATE_NOOP("SplitReply", "%1: %2 tasks without a label"),
                    [part](const Task& task) { return task.labels[part] == 0; });
        warnOfTasks(warnings, tasks, part, QT_TRANSLATE_NOOP("SplitReply", "%1: %2 without positives"),
                    QT_TRANSLATE_NOOP("SplitReply", "%1: %2 tasks without positives"),
                    [part](const Task& task) { return task.binary && task.labels[part] > 0 && task.positives[part] == 0; });
    }
    if (sameMolecules > 0) {
        warnings << countedText(
            sameMolecules, QCoreApplication::translate("SplitReply", "molecule is trained on by one dataset and measured by another"),
            QCoreApplication::translate("SplitReply", "molecules are trained on by one dataset and measured by another"));
    }
    if (stereoTwins > 0) {
        warnings << countedText(
            stereoTwins, QCoreApplication::translate("SplitReply", "measured molecule differs only in stereo from one trained on"),
            QCoreApplication::translate("SplitReply", "measured molecules differ only in stereo from one trained on"));
    }
    return warnings;
}

} // namespace papilio::app
