// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/replies.h"

#include <algorithm>
#include <cmath>

#include <QCoreApplication>
#include <QJsonArray>

#include "app/engine/enginetext.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;

namespace
{

std::vector<double> numbersFrom(const QJsonValue& value)
{
    std::vector<double> numbers;
    for (const QJsonValue entry : value.toArray()) {
        numbers.push_back(entry.isDouble() ? entry.toDouble() : std::nan(""));
    }
    return numbers;
}

QStringList stringsFrom(const QJsonValue& value)
{
    QStringList strings;
    for (const QJsonValue entry : value.toArray()) {
        strings << entry.toString();
    }
    return strings;
}

TaskValues taskValuesFrom(const QJsonObject& object)
{
    TaskValues values;
    values.head = object["head"_L1].toString();
    values.dataset = object["dataset"_L1].toString();
    values.task = object["task"_L1].toString();
    values.level = object["level"_L1].toString();
    values.kind = object["kind"_L1].toString();
    values.unit = object["unit"_L1].toString();
    values.classes = object["classes"_L1].toInt();
    values.values = numbersFrom(object["values"_L1]);
    values.title = object["title"_L1].toString();
    if (values.title == values.task) {
        values.title.clear();
    }
    values.known = object["known"_L1].toBool(true);
    values.percentiles = numbersFrom(object["percentiles"_L1]);
    values.classNames = stringsFrom(object["classNames"_L1]);
    values.ordered = object["ordered"_L1].toBool();
    if (values.classNames.isEmpty() && values.classes == 3 && values.head.startsWith("l1000"_L1)) {
        values.classNames = QStringList{u"down"_s, u"neutral"_s, u"up"_s}; // the published heads of gene expression
        values.ordered = true;
    }
    return values;
}

} // namespace

int mostProbableClass(const TaskValues& values)
{
    const auto best = std::max_element(values.values.begin(), values.values.end());
    return best == values.values.end() || std::isnan(*best) ? -1 : static_cast<int>(best - values.values.begin());
}

double expectedStep(const TaskValues& values)
{
    if (!values.ordered || values.values.size() < 2) {
        return std::nan("");
    }
    double expected = 0;
    for (std::size_t i = 0; i < values.values.size(); ++i) {
        expected += values.values[i] * (static_cast<double>(i) - static_cast<double>(values.values.size() - 1) / 2);
    }
    return expected;
}

QString className(const TaskValues& values, int index)
{
    if (index < 0 || index >= values.classNames.size()) {
        return QCoreApplication::translate("values", "class %1").arg(index);
    }
    const QString& name = values.classNames[index];
    return name == "down"_L1      ? QCoreApplication::translate("values", "down")
           : name == "neutral"_L1 ? QCoreApplication::translate("values", "neutral")
           : name == "up"_L1      ? QCoreApplication::translate("values", "up")
                                  : name;
}

namespace
{

QList<PreviewReply::Value> valuesFrom(const QJsonValue& value)
{
    QList<PreviewReply::Value> values;
    for (const QJsonValue item : value.toArray()) {
        const QJsonObject entry = item.toObject();
        values.append({entry["value"_L1].toString(), entry["rows"_L1].toInteger()});
    }
    return values;
}

} // namespace

QList<PreviewReply::Value> PreviewReply::values(const QString& column) const
{
    const auto found = std::find_if(columns.begin(), columns.end(), [&column](const Column& one) { return one.name == column; });
    return found == columns.end() ? QList<Value>() : found->values;
}

PreviewReply previewFrom(const QJsonObject& object)
{
    PreviewReply preview;
    preview.file = object["file"_L1].toString();
    preview.format = object["format"_L1].toString();
    preview.lineEnds = object["lineEnds"_L1].toString();
    preview.packing = object["packing"_L1].toString();
    preview.encoding = object["encoding"_L1].toString();
    preview.delimiter = object["delimiter"_L1].toString();
    preview.notes = engineTexts(object["notes"_L1]);
    preview.compressed = object["compressed"_L1].toBool();
    preview.byteOrderMark = object["byteOrderMark"_L1].toBool();
    preview.wholeFile = object["wholeFile"_L1].toBool();
    preview.rowsLooked = object["rowsLooked"_L1].toInteger();
    preview.used = object["used"_L1].toInteger();
    preview.merged = object["merged"_L1].toInteger();
    preview.repaired = object["repaired"_L1].toInteger();
    preview.leftOut = object["leftOut"_L1].toInteger();
    preview.noneTaken = object["noneTaken"_L1].toBool();
    preview.rejected = object["rejected"_L1].toInteger() - preview.leftOut;
    for (const QJsonValue value : object["kinds"_L1].toArray()) {
        const QJsonObject entry = value.toObject();
        preview.kinds.append({entry["column"_L1].toString(), entry["of"_L1].toString(), valuesFrom(entry["values"_L1])});
    }
    for (const QJsonValue value : object["columns"_L1].toArray()) {
        const QJsonObject entry = value.toObject();
        PreviewReply::Column column;
        column.index = entry["index"_L1].toInt();
        column.name = entry["name"_L1].toString();
        column.role = entry["role"_L1].toString();
        column.level = entry["level"_L1].toString();
        column.kind = entry["kind"_L1].toString();
        column.unit = entry["unit"_L1].toString();
        column.why = engineText(entry["why"_L1].toString());
        column.classes = entry["classes"_L1].toInt();
        column.present = entry["present"_L1].toInteger();
        column.text = entry["text"_L1].toInteger();
        column.decimalCommas = entry["decimalCommas"_L1].toInteger();
        column.rule = entry["rule"_L1].toString();
        column.classNames = stringsFrom(entry["classNames"_L1]);
        column.values = valuesFrom(entry["values"_L1]);
        preview.columns.push_back(column);
    }
    for (const QJsonValue value : object["rows"_L1].toArray()) {
        const QJsonObject entry = value.toObject();
        preview.rows.push_back({entry["row"_L1].toInteger(), stringsFrom(entry["cells"_L1]),
                                entry["canonical"_L1].toString(), entry["status"_L1].toString(),
                                entry["reason"_L1].toString()});
    }
    return preview;
}

std::vector<ImportReply> importReportsFrom(const QJsonObject& object)
{
    std::vector<ImportReply> reports;
    for (const QJsonValue value : object["reports"_L1].toArray()) {
        const QJsonObject entry = value.toObject();
        ImportReply report;
        report.dataset = entry["dataset"_L1].toString();
        report.rows = entry["rows"_L1].toInteger();
        report.used = entry["used"_L1].toInteger();
        report.merged = entry["merged"_L1].toInteger();
        report.repaired = entry["repaired"_L1].toInteger();
        report.leftOut = entry["leftOut"_L1].toInteger();
        report.rejected = entry["rejected"_L1].toInteger() - report.leftOut;
        report.molecules = entry["molecules"_L1].toInteger();
        report.newMolecules = entry["newMolecules"_L1].toInteger();
        report.conflictingRows = entry["conflictingRows"_L1].toInteger();
        report.seconds = entry["seconds"_L1].toDouble();
        report.resumed = entry["resumed"_L1].toBool();
        report.notes = engineTexts(entry["notes"_L1]);
        reports.push_back(report);
    }
    return reports;
}

LookupReply lookupFrom(const QJsonObject& object)
{
    LookupReply reply;
    reply.smiles = object["smiles"_L1].toString();
    reply.canonical = object["canonical"_L1].toString();
    reply.formula = object["formula"_L1].toString();
    reply.part = object["part"_L1].toString();
    reply.weight = object["weight"_L1].toDouble();
    reply.logp = object["logp"_L1].toDouble();
    reply.tpsa = object["tpsa"_L1].toDouble();
    reply.heavyAtoms = object["heavyAtoms"_L1].toInt();
    for (const QJsonValue value : object["toCanonical"_L1].toArray()) {
        reply.toCanonical.push_back(value.toInt());
    }
    reply.depiction = object["depiction"_L1].toObject();
    reply.molecule = object["molecule"_L1].toInteger();
    for (const QJsonValue value : object["rows"_L1].toArray()) {
        const QJsonObject row = value.toObject();
        reply.places << QCoreApplication::translate("values", "%1 row %2").arg(row["dataset"_L1].toString()).arg(row["row"_L1].toInteger());
    }
    for (const QJsonValue value : object["known"_L1].toArray()) {
        reply.known.push_back(taskValuesFrom(value.toObject()));
    }
    for (const QJsonValue value : object["predictions"_L1].toArray()) {
        reply.predictions.push_back(taskValuesFrom(value.toObject()));
    }
    return reply;
}

ExplainReply explainFrom(const QJsonObject& object)
{
    ExplainReply reply;
    reply.atoms = numbersFrom(object["atoms"_L1]);
    reply.bonds = numbersFrom(object["bonds"_L1]);
    reply.output = object["output"_L1].toDouble();
    reply.baseline = object["baseline"_L1].toDouble();
    reply.sumGap = object["sumGap"_L1].toDouble();
    reply.hasBonds = object["hasBonds"_L1].toBool();
    return reply;
}

} // namespace papilio::app
