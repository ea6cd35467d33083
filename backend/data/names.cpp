// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cctype>

#include "core/text.h"
#include "data/plan.h"
#include "data/units.h"

namespace papilio::data
{

namespace
{
struct KnownUnit {
    std::string_view column;
    std::string_view unit;
};
constexpr std::array<KnownUnit, 19> qm9{{{"A", "GHz"},
                                         {"B", "GHz"},
                                         {"C", "GHz"},
                                         {"mu", "D"},
                                         {"alpha", "Bohr³"},
                                         {"homo", "Hartree"},
                                         {"lumo", "Hartree"},
                                         {"gap", "Hartree"},
                                         {"r2", "Bohr²"},
                                         {"zpve", "Hartree"},
                                         {"u0", "Hartree"},
                                         {"u298", "Hartree"},
                                         {"h298", "Hartree"},
                                         {"g298", "Hartree"},
                                         {"cv", "cal/(mol K)"},
                                         {"u0_atom", "kcal/mol"},
                                         {"u298_atom", "kcal/mol"},
                                         {"h298_atom", "kcal/mol"},
                                         {"g298_atom", "kcal/mol"}}};

/// Words of a name: letters of one kind of case, digits; "Drug_ID" and "molId" give "drug", "id".
std::vector<std::string> wordsOf(std::string_view name)
{
    std::vector<std::string> words;
    bool open = false;
    char before = 0;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        const bool part = std::isalnum(byte) || byte >= 0x80;
        const bool camel = std::isupper(byte) && std::islower(static_cast<unsigned char>(before));
        const bool digits = std::isdigit(byte) && !std::isdigit(static_cast<unsigned char>(before));
        if (part && (!open || camel || digits)) {
            words.emplace_back();
        }
        if (part) {
            words.back().push_back(static_cast<char>(std::tolower(byte)));
        }
        open = part;
        before = c;
    }
    return words;
}
} // namespace

std::string unitFromName(std::string_view name)
{
    name = trimmed(name);
    if (name.size() < 5 || (name.back() != ')' && name.back() != ']')) {
        return {};
    }
    const char open = name.back() == ')' ? '(' : '[';
    int depth = 0;
    for (std::size_t i = name.size(); i-- > 1;) {
        depth += (name[i] == name.back()) - (name[i] == open);
        if (depth == 0) {
            const std::string_view unit = trimmed(name.substr(i + 1, name.size() - i - 2));
            const bool number = std::all_of(unit.begin(), unit.end(), [](unsigned char c) { return std::isdigit(c); });
            return name[i - 1] == ' ' && !number && isPlausibleUnit(unit) ? std::string(unit) : std::string(); // "x (2)" is the second x
        }
    }
    return {};
}

std::vector<std::string> knownUnits(const std::vector<std::string>& columns)
{
    std::vector<std::string> units(columns.size());
    for (const KnownUnit& known : qm9) {
        const auto found = std::find(columns.begin(), columns.end(), known.column);
        if (found == columns.end()) {
            return std::vector<std::string>(columns.size());
        }
        units[static_cast<std::size_t>(found - columns.begin())] = known.unit;
    }
    return units;
}

bool isIdName(std::string_view name)
{
    constexpr std::array<std::string_view, 26> last{"id",       "ids",       "index",      "idx",       "cid",      "sid",     "cas",
                                                    "number",   "row",       "identifier", "key",       "cids",     "aid",     "pmid",
                                                    "docid",    "molregno",  "chemblid",   "compoundid", "cmpdid",  "zincid",  "drugid",
                                                    "molid",    "assayid",   "targetid",   "recordid",  "chembldocid"};
    const std::vector<std::string> words = wordsOf(name);
    if (words.empty()) {
        return false;
    }
    if (words.front() == "unnamed") {
        return true;
    }
    const std::string& word = words.back();
    const bool bare = word == "number" || word == "row"; // "atomic number" may well be a label
    return std::find(last.begin(), last.end(), word) != last.end() && (!bare || words.size() == 1);
}

bool isYearName(std::string_view name)
{
    const std::vector<std::string> words = wordsOf(name);
    return !words.empty() && words.back() == "year";
}

} // namespace papilio::data
