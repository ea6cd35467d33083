// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/remote/hosts.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "core/text.h"
#include "engine/nearest.h"
#include "engine/remote/words.h"

namespace papilio::engine
{

using nlohmann::json;
namespace fs = std::filesystem;

namespace
{

struct Field {
    const char* key;
    std::string Host::*value;
};
constexpr Field fields[] = {{"name", &Host::name},     {"destination", &Host::destination},
                            {"sshArguments", &Host::sshArguments}, {"engine", &Host::engine},
                            {"folder", &Host::folder}, {"launch", &Host::launch}};

Error unreadable(const std::string& file, const std::string& why)
{
    return {ErrorCode::Damaged, "The list of hosts '" + file + "' cannot be used: " + why, "Repair it, or move it away."};
}

std::string variable(const char* name)
{
    const char* value = std::getenv(name);
    return value ? value : "";
}

} // namespace

Result<> checkHost(const Host& host)
{
    for (const Field& field : fields)
        if (hasControlCharacter(host.*field.value))
            return fail(ErrorCode::Usage, std::string("The ") + field.key + " of the host has a character that belongs on no line.");
    if (host.name.empty() || host.name.size() > 60 || host.name.front() == '-' || host.name.front() == ' ' || host.name.back() == ' ')
        return fail(ErrorCode::Usage, "A host needs a name of 1 to 60 characters that begins with no '-' and no blank.");
    if (host.destination.empty() || host.destination.front() == '-' || host.destination.find(' ') != std::string::npos)
        return fail(ErrorCode::Usage, "'" + host.destination + "' is no destination for ssh.",
                    "Write user@host, or a name of your ~/.ssh/config.");
    if (host.engine.empty() || host.engine.front() == '-')
        return fail(ErrorCode::Usage, "Say how the engine is called there: papilio-engine, or its path.");
    if (host.folder.empty() || (host.folder.front() == '~' && host.folder != "~" && host.folder[1] != '/'))
        return fail(ErrorCode::Usage, "'" + host.folder + "' is no folder there.",
                    "Write a path, relative to the home folder there or absolute.");
    for (const auto& [text, what] : {std::pair{host.sshArguments, "ssh arguments"}, {host.launch, "launch prefix"}})
        if (const auto words = splitWords(text, what); !words)
            return tl::unexpected<Error>(words.error());
    return {};
}

json hostToJson(const Host& host)
{
    json object = {{"keepFiles", host.keepFiles}};
    for (const Field& field : fields)
        object[field.key] = toUtf8(host.*field.value);
    return object;
}

Result<Host> hostFromJson(const json& object)
{
    Host host;
    if (!object.is_object())
        return fail(ErrorCode::Usage, "A host must be an object.");
    for (const auto& [key, value] : object.items()) {
        const auto field = std::find_if(std::begin(fields), std::end(fields), [&name = key](const Field& f) { return name == f.key; });
        if (field != std::end(fields) && value.is_string())
            host.*(field->value) = value.get<std::string>();
        else if (key == "keepFiles" && value.is_boolean())
            host.keepFiles = value.get<bool>();
        else
            return fail(ErrorCode::Usage, "A host has no " + key + " of that kind.",
                        didYouMean(key, {"name", "destination", "sshArguments", "engine", "folder", "launch", "keepFiles"}));
    }
    PAPILIO_TRY(checkHost(host));
    return host;
}

std::string HostList::defaultFile()
{
    if (const std::string own = variable("PAPILIO_HOSTS"); !own.empty())
        return own;
    const std::string folder = variable("XDG_CONFIG_HOME");
    return (folder.empty() ? variable("HOME") + "/.config" : folder) + "/papilio/hosts.json";
}

Result<std::vector<Host>> HostList::all() const
{
    std::error_code error;
    if (!fs::exists(m_file, error))
        return std::vector<Host>{};
    std::ifstream stream(m_file, std::ios::binary);
    std::stringstream text;
    text << stream.rdbuf();
    if (!stream)
        return tl::unexpected<Error>(unreadable(m_file, "it cannot be read."));
    const json document = json::parse(text.str(), nullptr, false);
    if (!document.is_object() || !document.contains("hosts") || !document["hosts"].is_array())
        return tl::unexpected<Error>(unreadable(m_file, "it is not JSON with a list 'hosts'."));
    std::vector<Host> hosts;
    for (const json& object : document["hosts"]) {
        auto host = hostFromJson(object);
        if (!host)
            return tl::unexpected<Error>(unreadable(m_file, host.error().message));
        hosts.push_back(std::move(*host));
    }
    std::sort(hosts.begin(), hosts.end(), [](const Host& a, const Host& b) { return a.name < b.name; });
    return hosts;
}

Result<Host> HostList::byName(const std::string& name) const
{
    const auto hosts = all();
    if (!hosts)
        return tl::unexpected<Error>(hosts.error());
    std::vector<std::string> names;
    for (const Host& host : *hosts) {
        if (host.name == name)
            return host;
        names.push_back(host.name);
    }
    std::string known = names.empty() ? "None is configured yet; 'papilio-engine remote add' does that." : "Configured:";
    for (const std::string& other : names)
        known += " " + other;
    return fail(ErrorCode::NotFound, "There is no host '" + elided(toUtf8(name), 60) + "'.", didYouMean(name, names, known));
}

Result<> HostList::put(const Host& host, const std::string& former) const
{
    PAPILIO_TRY(checkHost(host));
    auto hosts = all();
    if (!hosts)
        return tl::unexpected<Error>(hosts.error());
    std::erase_if(*hosts, [&former](const Host& other) { return !former.empty() && other.name == former; });
    const bool taken = std::any_of(hosts->begin(), hosts->end(), [&host](const Host& other) { return other.name == host.name; });
    if (taken)
        return fail(ErrorCode::Exists, "There is a host '" + host.name + "' already.", "Remove it first, or choose another name.");
    hosts->push_back(host);
    return write(*hosts);
}

Result<> HostList::remove(const std::string& name) const
{
    PAPILIO_TRY(byName(name));
    auto hosts = all();
    if (!hosts)
        return tl::unexpected<Error>(hosts.error());
    std::erase_if(*hosts, [&name](const Host& other) { return other.name == name; });
    return write(*hosts);
}

Result<> HostList::write(const std::vector<Host>& hosts) const
{
    json list = json::array();
    for (const Host& host : hosts)
        list.push_back(hostToJson(host));
    const fs::path path(m_file);
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    const std::string part = m_file + ".part" + std::to_string(::getpid());
    {
        std::ofstream stream(part, std::ios::binary | std::ios::trunc);
        ::chmod(part.c_str(), 0600);
        stream << json{{"hosts", list}}.dump(2, ' ', false, json::error_handler_t::replace) << '\n';
        stream.flush();
        if (!stream)
            error = std::make_error_code(std::errc::io_error);
    }
    if (!error)
        fs::rename(part, path, error);
    if (error) {
        ::unlink(part.c_str());
        return fail(ErrorCode::Io, "The list of hosts '" + m_file + "' cannot be written.", "Is its folder there, and yours?");
    }
    return {};
}

} // namespace papilio::engine
