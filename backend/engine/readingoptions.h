// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "data/choice.h"
#include "engine/arguments.h"

namespace papilio::engine
{

/// What a person says about how a table is to be read, as options of a command.
class ReadingOptions
{
public:
    void declare(Arguments& arguments);
    Result<> addTo(data::ColumnChoice& choice) const;

private:
    std::string m_delimiter, m_encoding, m_decimal = "point", m_header = "auto", m_censored = "missing",
                                         m_hydrogens = "drop", m_order, m_skip;
    std::vector<std::string> m_columns, m_only;
};

/// The same from a request: an object with the keys delimiter, encoding, decimal, header, censored, hydrogens, order
/// (words), columns and only (lists of objects). Unknown keys are errors.
Result<> addReading(const nlohmann::json& reading, data::ColumnChoice& choice);

} // namespace papilio::engine
