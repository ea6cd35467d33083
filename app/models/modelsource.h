// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

namespace papilio::app
{

/// Which network answers: one of the library, or a run of the open project.
struct ModelSource {
    QString model;
    qint64 run = 0;

    bool isGiven() const { return run > 0 || !model.isEmpty(); }
    bool operator==(const ModelSource&) const = default;
    /// Adds what the engine needs to find it: "model", or "project" and "run".
    void addTo(QJsonObject& params, const QString& project) const
    {
        if (!model.isEmpty()) {
            params.insert(QStringLiteral("model"), model);
        } else if (run > 0) {
            params.insert(QStringLiteral("project"), project);
            params.insert(QStringLiteral("run"), run);
        }
    }
};

} // namespace papilio::app
