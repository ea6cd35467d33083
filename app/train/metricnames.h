// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

#include <QString>
#include <QStringList>

#include "core/task.h"

namespace papilio::app
{

/// A metric of the project for people.
struct MetricName {
    QString name;          ///< as it is stored: "mae"
    QString title;         ///< "MAE"
    bool higherIsBetter = true;
    bool labelUnit = false; ///< its values have the label's unit
};
MetricName metricName(const QString& name);

/// What the wall shows of each kind of task; the usual metric unless a person chose another.
struct MetricChoice {
    std::array<QString, 3> byKind{QStringLiteral("mae"), QStringLiteral("auroc"), QStringLiteral("accuracy")};

    QString& of(TaskKind kind) { return byKind[static_cast<std::size_t>(kind)]; }
    const QString& of(TaskKind kind) const { return byKind[static_cast<std::size_t>(kind)]; }
};

} // namespace papilio::app
