// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace papilio::app
{

/// A recipe as the engine takes it.
struct CurationRecipe {
    bool stripSalts = false, neutralise = false, tautomers = false, dropStereo = false;
    QString duplicates = QStringLiteral("first");

    QJsonObject toJson() const;
    bool operator==(const CurationRecipe&) const = default;
};
CurationRecipe curationRecipeFrom(const QJsonObject& object);

/// Answer of curate.state, curate.preview and curate.apply.
struct CurationReply {
    struct Counts {
        qint64 rows = 0, used = 0, merged = 0, repaired = 0, rejected = 0, molecules = 0, changedRows = 0;
        qint64 stripped = 0, neutralised = 0, tautomers = 0, stereoDropped = 0;
        qint64 contradictingMolecules = 0, contradictions = 0, labelsCombined = 0, labelsDropped = 0;
    };
    struct Example {
        qint64 row = 0;
        QString text, smiles, reason;
    };
    CurationRecipe recipe;
    Counts before, after;
    std::vector<Example> examples;
    double seconds = 0;
    QStringList notes;
};
CurationReply curationFrom(const QJsonObject& object);

/// Answer of curate.conflicts.
struct ConflictReply {
    struct Conflict {
        QString task, smiles, now;
        std::vector<std::pair<qint64, QString>> rows; ///< row and value
    };
    qint64 contradictions = 0, molecules = 0;
    std::vector<Conflict> conflicts;
};
ConflictReply conflictsFrom(const QJsonObject& object);

} // namespace papilio::app
