// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/readingoptions.h"

#include <algorithm>
#include <array>

#include "data/textdecoder.h"

namespace papilio::engine
{

void ReadingOptions::declare(Arguments& arguments)
{
    arguments.value("--delimiter", "CHARACTER", m_delimiter,
                    "What stands between cells: comma, semicolon, tab, pipe, blank or one character (found out)");
    arguments.value("--encoding", "NAME", m_encoding,
                    "Encoding of the text: utf-8, latin-1, windows-1252, utf-16le, utf-16be (found out)");
    arguments.choice("--decimal", {"point", "comma"}, m_decimal, "Whether '0,5' is a number (point)");
    arguments.choice("--header", {"auto", "yes", "no"}, m_header, "Whether the first line names the columns (auto)");
    arguments.value("--skip", "N", m_skip, "Lines above the table that are passed over (comments and titles are found out)");
    arguments.choice("--censored", {"missing", "bound", "reject"}, m_censored,
                     "What '<0.5' and '>10' become: left out, the bound taken, the row rejected (missing)");
    arguments.choice("--hydrogens", {"drop", "add"}, m_hydrogens,
                     "Values of written hydrogens in lists: left out, or added to those of their atoms (drop)");
    arguments.value("--order", "COLUMN", m_order,
                    "Column whose SMILES gives the order of lists; 'written': the structure itself (found out)");
    arguments.values("--column", "NAME:KEY=VALUE,…", m_columns,
                     "About one column (or pattern): role, level, kind, unit, censored, classes=A|B|C");
    arguments.values("--only", "COLUMN=VALUE", m_only,
                     "Take only rows with this value in the column; values of one column are alternatives, columns must all "
                     "hold; 'COLUMN=' = nothing there; the name may have a '=' in it");
}

Result<> ReadingOptions::addTo(data::ColumnChoice& choice) const
{
    PAPILIO_TRY(addReading({{"delimiter", m_delimiter},
                            {"encoding", m_encoding},
                            {"decimal", m_decimal},
                            {"header", m_header},
                            {"skip", m_skip},
                            {"censored", m_censored},
                            {"hydrogens", m_hydrogens},
                            {"order", m_order}},
                           choice));
    for (const std::string& text : m_columns) {
        auto one = data::overrideFromText(text);
        if (!one)
            return tl::unexpected<Error>(one.error());
        choice.columns.push_back(std::move(*one));
    }
    for (const std::string& text : m_only)
        PAPILIO_TRY(data::addCondition(choice, text));
    return {};
}

Result<> addReading(const nlohmann::json& reading, data::ColumnChoice& choice)
{
    constexpr std::array<std::string_view, 12> keys{"delimiter", "encoding",  "decimal", "header",  "skip",  "censored",
                                                    "hydrogens", "order", "columns", "bins", "rebins", "only"};
    nlohmann::json choices = nlohmann::json::object();
    for (const auto& [key, value] : reading.items()) {
        if (std::find(keys.begin(), keys.end(), key) == keys.end())
            return fail(ErrorCode::Usage, "There is no key '" + key + "' of reading.",
                        "Keys: delimiter, encoding, decimal, header, skip, censored, hydrogens, order, columns, bins, rebins, only.");
        if (key == "columns" || key == "bins" || key == "rebins" || key == "only" ? !value.is_array() : !value.is_string())
            return fail(ErrorCode::Usage, "The key '" + key + "' of reading has a wrong type.");
        choices[key == "rebins" ? "classes" : key] = value; // as a choice calls them
    }
    const auto said = data::choiceFromJson(choices.dump());
    if (!said)
        return tl::unexpected<Error>(said.error());
    if (!said->reading.encoding.empty()) {
        const auto known = data::encodingFromName(said->reading.encoding);
        if (!known)
            return tl::unexpected<Error>(known.error());
    }
    choice.reading = said->reading;
    choice.censored = said->censored;
    choice.hydrogens = said->hydrogens;
    choice.order = said->order;
    choice.columns = said->columns;
    choice.only = said->only;
    choice.transforms.insert(choice.transforms.end(), said->transforms.begin(), said->transforms.end());
    return {};
}

} // namespace papilio::engine
