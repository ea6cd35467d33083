// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/process.h"

#include <cerrno>
#include <csignal>
#include <fstream>
#include <iterator>
#include <limits>
#include <sstream>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace papilio::store
{
namespace
{

std::string contentsOf(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

bool exists(std::int64_t process)
{
    return process > 0 && process <= std::numeric_limits<pid_t>::max() &&
           (::kill(static_cast<pid_t>(process), 0) == 0 || errno == EPERM);
}

} // namespace

std::string processIdentity(std::int64_t process)
{
    const std::string stat = exists(process) ? contentsOf("/proc/" + std::to_string(process) + "/stat") : "";
    // "pid (name) state …": the name may hold blanks and brackets, so count from the last one. Field 3 is the state
    // (Z = ended, nobody has looked yet), field 22 the start in clock ticks since the machine's.
    const std::size_t bracket = stat.rfind(')');
    if (bracket == std::string::npos) {
        return {};
    }
    std::istringstream rest(stat.substr(bracket + 1));
    const std::vector<std::string> fields{std::istream_iterator<std::string>(rest), {}};
    constexpr std::size_t startField = 22 - 3;
    if (fields.size() <= startField || fields[0] == "Z" || fields[0] == "X") {
        return {};
    }
    std::string machineStart = contentsOf("/proc/sys/kernel/random/boot_id");
    while (!machineStart.empty() && machineStart.back() == '\n') {
        machineStart.pop_back();
    }
    return machineStart + ":" + fields[startField];
}

bool isSameEngine(std::int64_t process, const std::string& identity)
{
    if (!exists(process)) {
        return false;
    }
    if (!identity.empty()) {
        return processIdentity(process) == identity;
    }
    constexpr std::string_view engine = "papilio-engine";
    return contentsOf("/proc/" + std::to_string(process) + "/comm").starts_with(engine);
}

} // namespace papilio::store
