// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/readoptions.h"

#include <array>

#include "core/text.h"

namespace papilio::data
{

namespace
{
struct Known {
    std::string_view name;
    std::string_view delimiter;
};
constexpr std::array<Known, 9> known{{{"comma", ","},
                                      {"semicolon", ";"},
                                      {"tab", "\t"},
                                      {"pipe", "|"},
                                      {"blank", " "},
                                      {"colon", ":"},
                                      {"space", " "},
                                      {"\\t", "\t"},
                                      {"bar", "|"}}};
} // namespace

Result<std::string> delimiterFromName(const std::string& name)
{
    if (name.empty() || equalsIgnoringCase(name, "auto")) {
        return std::string();
    }
    for (const Known& one : known) {
        if (equalsIgnoringCase(name, one.name)) {
            return std::string(one.delimiter);
        }
    }
    const bool usable = name.size() == 1 && name[0] != '"' && name[0] != '\n' && name[0] != '\r' &&
                        static_cast<unsigned char>(name[0]) < 0x80;
    if (!usable) {
        return fail(ErrorCode::Usage, "'" + name + "' cannot be a delimiter.",
                    "Give comma, semicolon, tab, pipe, blank, or one ASCII character.");
    }
    return name;
}

std::string delimiterName(const std::string& delimiter)
{
    for (const Known& one : known) {
        if (one.delimiter == delimiter) {
            return std::string(one.name);
        }
    }
    const bool shown = delimiter.size() == 1 && static_cast<unsigned char>(delimiter[0]) > ' ';
    return delimiter.empty() || !shown ? std::string(delimiter.empty() ? "" : "a control character") : "'" + delimiter + "'";
}

} // namespace papilio::data
