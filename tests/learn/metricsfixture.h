// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QString>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "learn/metrics.h"

/// Reference values of metrics and the columns they are of.
namespace papilio::learn::test
{

inline const double none = std::numeric_limits<double>::quiet_NaN();

using Values = std::map<std::string, double>;

inline Values byName(const std::vector<MetricValue>& list)
{
    Values values;
    for (const MetricValue& value : list) {
        values[value.name] = value.value;
    }
    return values;
}

inline bool near(double a, double b, double tolerance)
{
    return std::abs(a - b) <= tolerance * std::max(1.0, std::abs(b));
}

/// A column of the fixture; NaN = missing.
struct Column {
    std::vector<double> predictions, targets;
};

inline std::map<QString, Column> readPredictions(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    const QList<QByteArray> names = file.readLine().trimmed().split(',');
    std::map<QString, Column> columns;
    while (!file.atEnd()) {
        const QList<QByteArray> cells = file.readLine().trimmed().split(',');
        for (int i = 0; i + 1 < names.size(); i += 2) {
            Column& column = columns[QString::fromLatin1(names[i]).section(u'_', 0, 0)];
            column.predictions.push_back(cells[i].toDouble());
            column.targets.push_back(cells[i + 1].isEmpty() ? none : cells[i + 1].toDouble());
        }
    }
    return columns;
}

inline QJsonObject readJson(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

/// A number, or one of the strings that stand for what JSON lacks; {"error": …} is NaN.
inline double numberOf(const QJsonValue& value)
{
    if (value.isDouble()) {
        return value.toDouble();
    }
    const double infinity = std::numeric_limits<double>::infinity();
    const QString text = value.toString();
    return text == QStringLiteral("inf") ? infinity : text == QStringLiteral("-inf") ? -infinity : none;
}

inline bool agrees(double value, double expected, double tolerance)
{
    if (std::isnan(expected) || std::isinf(expected)) {
        return std::isnan(expected) ? std::isnan(value) : value == expected;
    }
    return near(value, expected, tolerance);
}

} // namespace papilio::learn::test
