// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/json.h"
#include "engine/remote/remoterun.h"
#include "engine/serve/job.h"
#include "engine/serve/methods.h"
#include "engine/trainrequest.h"

namespace papilio::engine
{

namespace
{

std::function<bool()> leaveOf(const Job& job)
{
    return [&job] { return job.cancelled(); };
}

Result<json> hosts(const json&, Job&)
{
    const HostList list;
    const auto all = list.all();
    if (!all)
        return tl::unexpected<Error>(all.error());
    json objects = json::array();
    for (const Host& host : *all)
        objects.push_back(hostToJson(host));
    return json{{"hosts", objects}, {"file", list.file()}};
}

Result<json> save(const json& params, Job&)
{
    const auto host = hostFromJson(params.at("host"));
    if (!host)
        return tl::unexpected<Error>(host.error());
    PAPILIO_TRY(HostList().put(*host, params.value("former", std::string())));
    return json::object();
}

Result<json> forget(const json& params, Job&)
{
    PAPILIO_TRY(HostList().remove(params.at("name").get<std::string>()));
    return json::object();
}

Result<json> test(const json& params, Job& job)
{
    const auto host = hostFromJson(params.at("host"));
    if (!host)
        return tl::unexpected<Error>(host.error());
    const auto report = testHost(Ssh(*host, leaveOf(job)));
    if (!report)
        return tl::unexpected<Error>(report.error());
    return hostReportToJson(*report);
}

Result<json> goOn(store::Project& project, std::int64_t run, RemoteRun::IfStanding ifStanding, Job& job)
{
    const auto remote = RemoteRun::of(project, run, leaveOf(job));
    if (!remote)
        return tl::unexpected<Error>(remote.error());
    const auto ended = (*remote)->goOn(ifStanding, job);
    if (!ended)
        return tl::unexpected<Error>(ended.error());
    return json{{"run", runToJson(*ended)}};
}

Result<json> start(const json& params, Job& job)
{
    const auto host = HostList().byName(params.at("host").get<std::string>());
    if (!host)
        return tl::unexpected<Error>(host.error());
    const auto request = trainRequestFromJson(params.at("config"));
    if (!request)
        return tl::unexpected<Error>(request.error());
    const auto config = resolve(*request);
    if (!config)
        return tl::unexpected<Error>(config.error());
    auto project = store::Project::open(params.at("project").get<std::string>(), store::Access::ReadWrite);
    if (!project)
        return tl::unexpected<Error>(project.error());
    const auto run = beginOn(*project, *config, *host, job, leaveOf(job));
    if (!run)
        return tl::unexpected<Error>(run.error());
    return goOn(*project, run->id, RemoteRun::IfStanding::GoOn, job);
}

Result<json> resume(const json& params, Job& job)
{
    auto project = store::Project::open(params.at("project").get<std::string>(), store::Access::ReadWrite);
    if (!project)
        return tl::unexpected<Error>(project.error());
    const auto ifStanding = params.value("goOn", true) ? RemoteRun::IfStanding::GoOn : RemoteRun::IfStanding::Leave;
    return goOn(*project, params.at("run").get<std::int64_t>(), ifStanding, job);
}

} // namespace

std::vector<Method> remoteMethods()
{
    const Param project{"project", ParamType::String, true}, host{"host", ParamType::Object, true};
    return {{"remote.hosts", Method::Kind::Read, {}, hosts},
            {"remote.save", Method::Kind::Write, {host, {"former", ParamType::String}}, save},
            {"remote.remove", Method::Kind::Write, {{"name", ParamType::String, true}}, forget},
            {"remote.test", Method::Kind::Read, {host}, test},
            {"remote.start", Method::Kind::Train,
             {project, {"host", ParamType::String, true}, {"config", ParamType::Object, true}}, start},
            {"remote.resume", Method::Kind::Train, {project, {"run", ParamType::Integer, true}, {"goOn", ParamType::Boolean}}, resume}};
}

} // namespace papilio::engine
