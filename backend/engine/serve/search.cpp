// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/search.h"

#include <limits>

#include "data/indexing.h"
#include "engine/nearest.h"
#include "engine/searchjson.h"
#include "engine/serve/job.h"
#include "engine/serve/methods.h"

namespace papilio::engine
{

namespace
{

using nlohmann::json;

Result<data::SearchQuery> queryOf(const json& params)
{
    data::SearchQuery query;
    query.text = params.at("query").get<std::string>();
    const std::string name = params.value("kind", "auto");
    const auto kind = data::searchKindFromName(name);
    if (!kind)
        return fail(ErrorCode::Usage, "There is no kind of search '" + name + "'.",
                    didYouMean(name, {"auto", "name", "id", "smiles", "inchi", "inchikey", "smarts", "similar"}));
    query.kind = *kind;
    const std::int64_t top = params.value("top", std::int64_t{100});
    if (top < 1 || top > std::numeric_limits<int>::max())
        return fail(ErrorCode::Usage, "'top' must be 1 or more, and below 2147483648.");
    query.top = static_cast<int>(top);
    query.least = params.value("least", 0.0);
    query.most = params.value("most", std::int64_t{0});
    return query;
}

Result<json> search(const json& params, Job& job)
{
    const auto query = queryOf(params);
    if (!query)
        return tl::unexpected<Error>(query.error());
    auto project = openForSearch(params.at("project").get<std::string>(), *query);
    if (!project)
        return tl::unexpected<Error>(project.error());
    const auto report = data::search(
        *project, *query,
        [&job](std::vector<data::SearchHit>&& hits) {
            job.notify("search.hits", {{"hits", hitsToJson(hits)}});
            return !job.stopRequested();
        },
        job);
    if (!report)
        return tl::unexpected<Error>(report.error());
    return reportToJson(*report);
}

Result<json> prepare(const json& params, Job& job)
{
    auto project = store::Project::open(params.at("project").get<std::string>(), store::Access::ReadWrite);
    if (!project)
        return tl::unexpected<Error>(project.error());
    PAPILIO_TRY(data::updateIndex(*project, 0, job));
    if (params.value("inchikeys", false))
        PAPILIO_TRY(data::completeInchiKeys(*project, job));
    return json::object();
}

} // namespace

std::vector<Method> searchMethods()
{
    return {{"molecules.search",
             Method::Kind::Read,
             {{"project", ParamType::String, true},
              {"query", ParamType::String, true},
              {"kind", ParamType::String},
              {"top", ParamType::Integer},
              {"least", ParamType::Number},
              {"most", ParamType::Integer}},
             search},
            {"molecules.index",
             Method::Kind::Write,
             {{"project", ParamType::String, true}, {"inchikeys", ParamType::Boolean}},
             prepare}};
}

} // namespace papilio::engine
