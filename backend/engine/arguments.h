// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/error.h"

namespace papilio::engine
{

/// The options of one command. The command-line library stays behind this class.
class Arguments
{
public:
    Arguments(const std::string& command, const std::string& description);
    ~Arguments();
    Arguments(const Arguments&) = delete;
    Arguments& operator=(const Arguments&) = delete;

    void positional(const std::string& name, std::string& target, const std::string& help);
    void positional(const std::string& name, std::int64_t& target, const std::string& help);
    void positionals(const std::string& name, std::vector<std::string>& target, const std::string& help);
    /// The same, but none is possible.
    void optionalPositionals(const std::string& name, std::vector<std::string>& target, const std::string& help);
    void flag(const std::string& name, bool& target, const std::string& help);
    void value(const std::string& name, const std::string& what, std::string& target, const std::string& help);
    void value(const std::string& name, const std::string& what, std::optional<std::int64_t>& target,
               const std::string& help);
    void value(const std::string& name, const std::string& what, std::optional<std::uint64_t>& target,
               const std::string& help);
    /// May be given several times, one value each time.
    void values(const std::string& name, const std::string& what, std::vector<std::string>& target,
                const std::string& help);
    void choice(const std::string& name, const std::vector<std::string>& allowed, std::string& target,
                const std::string& help);
    /// Text below the options.
    void footer(const std::string& text);

    /// Returns true if help was asked for, which helpText() gives. Errors have the code Usage.
    Result<bool> parse(const std::vector<std::string>& arguments);
    std::string helpText() const;

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace papilio::engine
