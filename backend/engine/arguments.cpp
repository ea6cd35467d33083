// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/arguments.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include <CLI/CLI.hpp>

#include "engine/nearest.h"

namespace papilio::engine
{

struct Arguments::Data {
    CLI::App app;
    std::string command;
    std::vector<std::string> optionNames{"--help"};
    std::vector<std::string*> texts;               ///< targets, whose guards are taken off after parsing
    std::vector<std::vector<std::string>*> lists;
};

namespace
{

/// The library takes "[a,b]" for a list and divides it, but SMILES and SMARTS begin and end like that. A mark behind the
/// bracket keeps it from doing so.
constexpr char guard = '\x01';

std::string guarded(const std::string& argument)
{
    return argument.ends_with(']') ? argument + guard : argument;
}

std::string unguarded(std::string text)
{
    if (text.ends_with(guard))
        text.pop_back();
    return text;
}

/// The same for a message, wherever in it.
std::string withoutGuards(std::string text)
{
    std::erase(text, guard);
    return text;
}

template <typename Number> Number parsedNumber(const std::string& name, const std::string& given)
{
    const std::string text = unguarded(given);
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size())
        throw CLI::ValidationError(name + ": '" + text + "' is not a whole number in range.", 2);
    return number;
}

std::string spaced(const std::string& hint)
{
    return hint.empty() ? hint : " " + hint;
}

} // namespace

Arguments::Arguments(const std::string& command, const std::string& description) : m_data(std::make_unique<Data>())
{
    m_data->command = command;
    m_data->app.description(description);
    m_data->app.name("papilio-engine " + command);
    m_data->app.allow_extras(); // looked at after parsing, to suggest the nearest name
    m_data->app.set_help_flag("-h,--help", "Show this text and exit");
    m_data->app.get_formatter()->column_width(34);
    m_data->app.get_formatter()->label("REQUIRED", "");
}

Arguments::~Arguments() = default;

void Arguments::positional(const std::string& name, std::string& target, const std::string& help)
{
    m_data->texts.push_back(&target);
    m_data->app.add_option(name, target, help)->required()->option_text(" ");
}

void Arguments::positional(const std::string& name, std::int64_t& target, const std::string& help)
{
    m_data->app
        .add_option_function<std::string>(
            name, [&target, name](const std::string& text) { target = parsedNumber<std::int64_t>(name, text); }, help)
        ->required()
        ->option_text(" ");
}

void Arguments::positionals(const std::string& name, std::vector<std::string>& target, const std::string& help)
{
    m_data->lists.push_back(&target);
    m_data->app.add_option(name, target, help)->required()->option_text("...");
}

void Arguments::optionalPositionals(const std::string& name, std::vector<std::string>& target, const std::string& help)
{
    m_data->lists.push_back(&target);
    m_data->app.add_option(name, target, help)->option_text("...");
}

void Arguments::flag(const std::string& name, bool& target, const std::string& help)
{
    m_data->optionNames.push_back(name);
    m_data->app.add_flag(name, target, help);
}

void Arguments::value(const std::string& name, const std::string& what, std::string& target, const std::string& help)
{
    m_data->optionNames.push_back(name.substr(name.find("--") == std::string::npos ? 0 : name.find("--")));
    m_data->texts.push_back(&target);
    m_data->app.add_option(name, target, help)->option_text(what);
}

void Arguments::value(const std::string& name, const std::string& what, std::optional<std::int64_t>& target,
                      const std::string& help)
{
    m_data->optionNames.push_back(name);
    m_data->app
        .add_option_function<std::string>(
            name, [&target, name](const std::string& text) { target = parsedNumber<std::int64_t>(name, text); }, help)
        ->option_text(what);
}

void Arguments::value(const std::string& name, const std::string& what, std::optional<std::uint64_t>& target,
                      const std::string& help)
{
    m_data->optionNames.push_back(name);
    m_data->app
        .add_option_function<std::string>(
            name, [&target, name](const std::string& text) { target = parsedNumber<std::uint64_t>(name, text); }, help)
        ->option_text(what);
}

void Arguments::values(const std::string& name, const std::string& what, std::vector<std::string>& target,
                       const std::string& help)
{
    m_data->optionNames.push_back(name);
    m_data->lists.push_back(&target);
    m_data->app.add_option(name, target, help)->allow_extra_args(false)->option_text(what);
}

void Arguments::choice(const std::string& name, const std::vector<std::string>& allowed, std::string& target,
                       const std::string& help)
{
    std::string what;
    for (const std::string& word : allowed)
        what += (what.empty() ? "" : "|") + word;
    m_data->optionNames.push_back(name);
    m_data->app
        .add_option_function<std::string>(
            name,
            [&target, name, allowed, what](const std::string& given) {
                const std::string text = unguarded(given);
                if (std::find(allowed.begin(), allowed.end(), text) == allowed.end())
                    throw CLI::ValidationError(
                        name + ": '" + text + "' is none of " + what + "." + spaced(didYouMean(text, allowed)), 2);
                target = text;
            },
            help)
        ->option_text(what);
}

void Arguments::footer(const std::string& text)
{
    m_data->app.footer(text);
}

Result<bool> Arguments::parse(const std::vector<std::string>& arguments)
{
    const std::string seeHelp = "See papilio-engine " + m_data->command + " --help.";
    std::vector<std::string> reversed; // the library takes them from the back
    std::transform(arguments.rbegin(), arguments.rend(), std::back_inserter(reversed), guarded);
    std::optional<std::string> problem;
    try {
        m_data->app.parse(reversed);
    } catch (const CLI::CallForHelp&) {
        return true;
    } catch (const CLI::ParseError& error) {
        problem = withoutGuards(error.what());
    }
    for (std::string* text : m_data->texts)
        *text = unguarded(*text);
    for (auto* list : m_data->lists)
        std::transform(list->begin(), list->end(), list->begin(), unguarded);
    // An unknown option is the likelier cause than what is missing because of it.
    std::vector<std::string> extras = m_data->app.remaining();
    const auto mark = std::find(extras.begin(), extras.end(), "--"); // what stands behind it is no option
    const auto options = static_cast<std::size_t>(mark - extras.begin());
    std::erase(extras, "--");
    for (std::size_t i = 0; i < options; ++i) {
        const std::string& extra = extras[i];
        if (extra.size() > 1 && extra.front() == '-') {
            const std::string name = unguarded(extra.substr(0, extra.find('=')));
            return fail(ErrorCode::Usage, "Unknown option '" + name + "' of " + m_data->command + ".",
                        didYouMean(name, m_data->optionNames, seeHelp));
        }
    }
    if (problem) {
        if (!problem->empty() && problem->back() != '.' && problem->back() != '?')
            *problem += '.';
        return fail(ErrorCode::Usage, *problem, seeHelp);
    }
    if (!extras.empty())
        return fail(ErrorCode::Usage, "Unexpected argument '" + unguarded(extras.front()) + "' of " + m_data->command + ".",
                    seeHelp);
    return false;
}

std::string Arguments::helpText() const
{
    return m_data->app.help();
}

} // namespace papilio::engine
