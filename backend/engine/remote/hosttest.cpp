// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/remote/hosttest.h"

#include <algorithm>
#include <map>

#include <nlohmann/json.hpp>

#include "core/text.h"
#include "engine/remote/scripts.h"
#include "engine/remote/words.h"
#include "engine/serve/protocol.h"

namespace papilio::engine
{

using nlohmann::json;

namespace
{

constexpr std::int64_t scarce = std::int64_t{1} << 30;

/// "system Linux x86_64" … by first word.
std::map<std::string, std::string> factsFrom(const std::string& answer)
{
    std::map<std::string, std::string> facts;
    for (const std::string& line : split(answer, '\n')) {
        const std::size_t blank = line.find(' ');
        facts[line.substr(0, blank)] = blank == std::string::npos ? "" : toUtf8(trimmed(line.substr(blank + 1)));
    }
    return facts;
}

FarEngine engineFrom(const std::string& hello)
{
    FarEngine engine;
    const json message = json::parse(hello, nullptr, false);
    if (!message.is_object() || message.value("method", json()) != "hello" || !message.contains("params"))
        return engine;
    const json& params = message["params"];
    const auto text = [&params](const char* key) {
        return params.contains(key) && params[key].is_string() ? params[key].get<std::string>() : std::string();
    };
    engine.papilio = text("papilio");
    engine.libtorch = text("libtorch");
    engine.rdkit = text("rdkit");
    if (params.contains("protocol") && params["protocol"].is_number_integer())
        engine.protocol = params["protocol"].get<int>();
    if (params.contains("devices") && params["devices"].is_array())
        for (const json& device : params["devices"])
            if (device.is_string())
                engine.devices.push_back(device.get<std::string>());
    return engine;
}

/// The fourth number of df's line; the name of the file system may have blanks.
std::int64_t freeFrom(const std::string& line)
{
    std::vector<std::string> cells;
    for (const std::string& cell : split(line, ' '))
        if (!cell.empty())
            cells.push_back(cell);
    for (std::size_t i = 1; i < cells.size(); ++i)
        if (cells[i].size() > 1 && cells[i].back() == '%')
            if (const auto kilobytes = parseNumber(cells[i - 1]))
                return static_cast<std::int64_t>(*kilobytes) * 1024;
    return -1;
}

std::string gigabytes(std::int64_t bytes)
{
    const std::int64_t tenths = bytes / 100'000'000;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " GB";
}

HostCheck checkEngine(const Host& host, std::map<std::string, std::string>& facts)
{
    if (facts.count("engine") == 0)
        return {"engine", false, "There is no program '" + host.engine + "'.",
                "Install Papilio there; if it is no name in the PATH of a shell without a person, give its full path."};
    if (facts["hello"].empty() && !facts["said"].starts_with("papilio-engine "))
        return {"engine", false, "'" + host.engine + "' does not run: " + elided(facts["said"], 200), "Try it there by hand."};
    return {"engine", true, facts["engine"], {}};
}

HostCheck checkVersion(const FarEngine& engine)
{
    const std::string ours = PAPILIO_VERSION;
    if (engine.protocol == 0)
        return {"version", false, "The engine there does not greet.", "Try 'papilio-engine serve' there by hand."};
    if (engine.papilio != ours || engine.protocol != protocolVersion)
        return {"version", false,
                "The engine there is Papilio " + engine.papilio + " (protocol " + std::to_string(engine.protocol) + "), this one " + ours +
                    " (protocol " + std::to_string(protocolVersion) + ").",
                "Install the same version on both."};
    return {"version", true,
            "Papilio " + engine.papilio + ", LibTorch " + engine.libtorch +
                (engine.rdkit.empty() ? ", without RDKit" : ", RDKit " + engine.rdkit),
            {}};
}

HostCheck checkDevices(const Host& host, const FarEngine& engine)
{
    std::string list;
    for (const std::string& device : engine.devices)
        list += (list.empty() ? "" : ", ") + device;
    return {"devices", true, list + (host.launch.empty() ? "" : " (without the launch prefix)"), {}};
}

HostCheck checkFolder(const Host& host, std::map<std::string, std::string>& facts, std::int64_t free)
{
    if (facts.count("folder") == 0)
        return {"folder", false, "The folder '" + host.folder + "' cannot be made or written there.", "Choose another working folder."};
    if (free >= 0 && free < scarce)
        return {"folder", false, facts["folder"] + " has " + gigabytes(free) + " free.", "Make room there, or choose another folder."};
    return {"folder", true, facts["folder"] + (free < 0 ? "" : ", " + gigabytes(free) + " free"), {}};
}

} // namespace

bool HostReport::good() const
{
    return std::all_of(checks.begin(), checks.end(), [](const HostCheck& check) { return check.good; });
}

Result<> HostReport::result() const
{
    for (const HostCheck& check : checks)
        if (!check.good)
            return fail(ErrorCode::Unsupported, check.text, check.hint);
    return {};
}

Result<HostReport> testHost(const Ssh& ssh)
{
    const Host& host = ssh.host();
    std::vector<std::string> words = {host.engine, host.folder, "."};
    const auto launch = splitWords(host.launch, "launch prefix");
    if (launch && !launch->empty())
        words.push_back(launch->front());
    const auto answer = ssh.ask(scripts::look, words, {}, 2 * Ssh::shortPatience); // LibTorch may be read from a slow disk
    HostReport report;
    if (!answer && answer.error().code == ErrorCode::Stopped)
        return tl::unexpected<Error>(answer.error());
    if (!answer) {
        report.checks.push_back({"connection", false, answer.error().message, answer.error().hint});
        return report;
    }
    auto facts = factsFrom(*answer);
    report.engine = engineFrom(facts["hello"]);
    report.freeBytes = freeFrom(facts["space"]);
    report.checks.push_back({"connection", true, host.destination + ", " + facts["system"], {}});
    report.checks.push_back(checkEngine(host, facts));
    if (report.checks.back().good) {
        report.checks.push_back(checkVersion(report.engine));
        if (report.checks.back().good)
            report.checks.push_back(checkDevices(host, report.engine));
    }
    report.checks.push_back(checkFolder(host, facts, report.freeBytes));
    if (facts.count("sums") == 0)
        report.checks.push_back({"tools", false, "Neither sha256sum nor shasum is there.", "Install coreutils there."});
    if (launch && !launch->empty())
        report.checks.push_back(facts.count("launch") != 0
                                    ? HostCheck{"launch", true, host.launch, {}}
                                    : HostCheck{"launch", false, "There is no program '" + launch->front() + "', which the launch prefix begins with.",
                                                "Correct the prefix, or give the program's full path."});
    return report;
}

json hostReportToJson(const HostReport& report)
{
    json checks = json::array();
    for (const HostCheck& check : report.checks)
        checks.push_back({{"check", check.what}, {"ok", check.good}, {"text", toUtf8(check.text)}, {"hint", toUtf8(check.hint)}});
    return {{"ok", report.good()}, {"checks", checks}, {"devices", report.engine.devices}, {"freeBytes", report.freeBytes}};
}

} // namespace papilio::engine
