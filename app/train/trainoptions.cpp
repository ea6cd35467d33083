// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/train/trainoptions.h"

#include <algorithm>

#include <QCoreApplication>
#include <QHash>
#include <QJsonArray>

#include "app/engine/enginetext.h"
#include "widgets/format.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;

namespace
{

QString tr(const char* text)
{
    return QCoreApplication::translate("options-list", text);
}

QStringList texts(const QJsonValue& value)
{
    QStringList list;
    for (const QJsonValue entry : value.toArray()) {
        list << entry.toString();
    }
    return list;
}

double numberOrNan(const QJsonValue& value)
{
    return value.isDouble() ? value.toDouble() : std::nan("");
}

/// A default as people type it, whatever JSON it is.
QString textOf(const QJsonValue& value)
{
    return value.isBool()     ? (value.toBool() ? u"true"_s : u"false"_s)
           : value.isDouble() ? QString::number(value.toDouble(), 'g', 12)
                              : value.toString();
}

} // namespace

QString TrainOption::name() const
{
    QString name = path;
    for (const QString& said : {u"architecture"_s, group.section(u' ', -1), group.section(u'.', -1)}) {
        if (!said.isEmpty() && name.startsWith(said + u'.')) {
            name.remove(0, said.size() + 1);
        }
    }
    return name;
}

QString TrainOption::rangeText() const
{
    if (!choices.isEmpty()) {
        return choices.join(u", "_s);
    }
    if (type == "boolean"_L1) {
        return u"true, false"_s;
    }
    const auto number = [](double value) {
        const bool whole = value == std::floor(value) && std::abs(value) < 1e15;
        return std::isnan(value) ? QString()
               : whole           ? widgets::formatCount(static_cast<qint64>(value))
                                 : QString::number(value, 'g', 6).replace(u'-', u'−');
    };
    const QString low = number(least);
    const QString high = number(most);
    return low.isEmpty() && high.isEmpty() ? QString()
           : high.isEmpty()                ? tr("%1 or more").arg(low)
           : low.isEmpty()                 ? tr("up to %1").arg(high)
                                           : tr("%1 to %2").arg(low, high);
}

QString TrainOption::problemOf(const QString& value) const
{
    if (type == "choice"_L1 && !choices.contains(value)) {
        return tr("One of these is needed: %1").arg(choices.join(u", "_s));
    }
    if (type == "boolean"_L1 && value != "true"_L1 && value != "false"_L1) {
        return tr("true or false is needed");
    }
    if (type != "integer"_L1 && type != "number"_L1) {
        return {}; // the engine judges
    }
    bool good = false;
    const double number = type == "integer"_L1 ? static_cast<double>(value.toLongLong(&good)) : value.toDouble(&good);
    if (!good) {
        return type == "integer"_L1 ? tr("A whole number is needed")
                                    : tr("A number is needed");
    }
    return number < least || number > most ? tr("Out of range: %1").arg(rangeText()) : QString();
}

std::vector<TrainOption> trainOptionsFrom(const QJsonObject& object)
{
    std::vector<TrainOption> options;
    for (const QJsonValue value : object["options"_L1].toArray()) {
        TrainOption option;
        option.path = value["path"_L1].toString();
        if (option.path == "epochs"_L1 || option.path == "seed"_L1 || option.path == "split"_L1) {
            continue; // they have fields of their own
        }
        option.type = value["type"_L1].toString();
        option.normal = textOf(value["default"_L1]);
        option.meaning = engineText(value["meaning"_L1].toString());
        option.group = engineText(value["group"_L1].toString());
        option.choices = texts(value["choices"_L1]);
        option.least = numberOrNan(value["least"_L1]);
        option.most = numberOrNan(value["most"_L1]);
        option.relevant = value["relevant"_L1].toBool(true);
        if (option.group.isEmpty()) {
            option.group = option.path.contains(u'.') ? option.path.section(u'.', 0, -2) : u"training"_s;
        }
        options.push_back(option);
    }
    return options;
}

std::vector<TrainOption> withDefaultsOf(const std::vector<TrainOption>& base, std::vector<TrainOption> options)
{
    QHash<QString, QString> normal;
    for (const TrainOption& option : base) {
        normal.insert(option.path, option.normal);
    }
    for (TrainOption& option : options) {
        option.normal = normal.value(option.path, option.normal);
    }
    return options;
}

TrainPlan trainPlanFrom(const QJsonObject& object)
{
    TrainPlan plan;
    plan.parameters = object["parameters"_L1].toInteger();
    plan.molecules = object["molecules"_L1].toInteger();
    plan.train = object["train"_L1].toInteger();
    plan.validation = object["validation"_L1].toInteger();
    plan.test = object["test"_L1].toInteger();
    plan.splitEstimated = object["splitEstimated"_L1].toBool();
    plan.labels = object["labels"_L1].toInteger();
    for (const QJsonValue value : object["heads"_L1].toArray()) {
        PlannedHead head;
        head.name = value["name"_L1].toString();
        head.dataset = value["dataset"_L1].toString();
        head.level = value["level"_L1].toString();
        head.kind = value["kind"_L1].toString();
        head.tasks = value["tasks"_L1].isArray() ? value["tasks"_L1].toArray().size() : value["tasks"_L1].toInteger();
        head.loss = value["loss"_L1].toString();
        head.losses = texts(value["losses"_L1]);
        head.weight = value["weight"_L1].toDouble(1);
        plan.heads.push_back(head);
    }
    for (const QJsonValue value : object["learningRates"_L1].toArray()) {
        plan.epochs.push_back(value[0].toDouble());
        plan.rates.push_back(value[1].toDouble());
    }
    return plan;
}

} // namespace papilio::app
