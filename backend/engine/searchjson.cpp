// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/searchjson.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace papilio::engine
{

using nlohmann::json;

json hitToJson(const data::SearchHit& hit)
{
    json result{{"reason", data::hitReasonName(hit.reason)},
                {"molecule", hit.molecule},
                {"smiles", hit.smiles},
                {"dataset", hit.datasetName},
                {"row", hit.row},
                {"name", hit.name},
                {"labels", hit.labels}};
    if (!hit.column.empty())
        result["column"] = hit.column;
    if (hit.similarity >= 0)
        result["similarity"] = hit.similarity;
    return result;
}

json hitsToJson(const std::vector<data::SearchHit>& hits)
{
    json list = json::array();
    for (const data::SearchHit& hit : hits)
        list.push_back(hitToJson(hit));
    return list;
}

json reportToJson(const data::SearchReport& report)
{
    json understood = json::array();
    for (const data::SearchKind kind : report.understood)
        understood.push_back(data::searchKindName(kind));
    return {{"understood", std::move(understood)}, {"count", report.hits},       {"molecules", report.molecules},
            {"tested", report.tested},             {"complete", report.complete}, {"seconds", report.seconds},
            {"notes", report.notes}};
}

Result<store::Project> openForSearch(const std::string& path, const data::SearchQuery& query)
{
    const std::vector<data::SearchKind> kinds =
        query.kind == data::SearchKind::Auto ? data::understand(query.text) : std::vector{query.kind};
    const bool keepsKeys = std::any_of(kinds.begin(), kinds.end(), [](data::SearchKind kind) {
        return kind == data::SearchKind::Inchi || kind == data::SearchKind::InchiKey;
    });
    if (keepsKeys) {
        if (auto project = store::Project::open(path, store::Access::ReadWrite))
            return project;
    }
    return store::Project::open(path, store::Access::ReadOnly);
}

} // namespace papilio::engine
