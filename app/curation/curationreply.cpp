// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/curation/curationreply.h"

#include <QJsonArray>

#include "app/engine/enginetext.h"

namespace papilio::app
{

using namespace Qt::StringLiterals;

namespace
{

CurationReply::Counts countsFrom(const QJsonObject& object)
{
    CurationReply::Counts counts;
    const std::pair<QLatin1StringView, qint64*> fields[] = {
        {"rows"_L1, &counts.rows},
        {"used"_L1, &counts.used},
        {"merged"_L1, &counts.merged},
        {"repaired"_L1, &counts.repaired},
        {"rejected"_L1, &counts.rejected},
        {"molecules"_L1, &counts.molecules},
        {"changedRows"_L1, &counts.changedRows},
        {"stripped"_L1, &counts.stripped},
        {"neutralised"_L1, &counts.neutralised},
        {"tautomers"_L1, &counts.tautomers},
        {"stereoDropped"_L1, &counts.stereoDropped},
        {"contradictingMolecules"_L1, &counts.contradictingMolecules},
        {"contradictions"_L1, &counts.contradictions},
        {"labelsCombined"_L1, &counts.labelsCombined},
        {"labelsDropped"_L1, &counts.labelsDropped},
    };
    for (const auto& [key, number] : fields) {
        *number = object[key].toInteger();
    }
    return counts;
}

} // namespace

QJsonObject CurationRecipe::toJson() const
{
    return {{u"strip_salts"_s, stripSalts},
            {u"neutralise"_s, neutralise},
            {u"tautomers"_s, tautomers},
            {u"drop_stereo"_s, dropStereo},
            {u"duplicates"_s, duplicates}};
}

CurationRecipe curationRecipeFrom(const QJsonObject& object)
{
    return {object["strip_salts"_L1].toBool(), object["neutralise"_L1].toBool(), object["tautomers"_L1].toBool(),
            object["drop_stereo"_L1].toBool(), object["duplicates"_L1].toString(u"first"_s)};
}

CurationReply curationFrom(const QJsonObject& object)
{
    CurationReply reply;
    reply.recipe = curationRecipeFrom(object["recipe"_L1].toObject());
    reply.before = countsFrom(object["before"_L1].toObject());
    reply.after = countsFrom(object["after"_L1].toObject());
    for (const auto& value : object["examples"_L1].toArray()) {
        const QJsonObject example = value.toObject();
        reply.examples.push_back({example["row"_L1].toInteger(), example["text"_L1].toString(),
                                  example["smiles"_L1].toString(), example["reason"_L1].toString()});
    }
    reply.seconds = object["seconds"_L1].toDouble();
    reply.notes = engineTexts(object["notes"_L1]);
    return reply;
}

ConflictReply conflictsFrom(const QJsonObject& object)
{
    ConflictReply reply;
    reply.contradictions = object["contradictions"_L1].toInteger();
    reply.molecules = object["molecules"_L1].toInteger();
    for (const auto& value : object["conflicts"_L1].toArray()) {
        const QJsonObject one = value.toObject();
        ConflictReply::Conflict conflict{one["task"_L1].toString(), one["smiles"_L1].toString(),
                                         one["now"_L1].toString(), {}};
        for (const auto& row : one["rows"_L1].toArray()) {
            conflict.rows.emplace_back(row["row"_L1].toInteger(), row["value"_L1].toString());
        }
        reply.conflicts.push_back(std::move(conflict));
    }
    return reply;
}

} // namespace papilio::app
