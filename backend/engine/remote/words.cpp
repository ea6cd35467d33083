// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/remote/words.h"

#include <algorithm>
#include <optional>

#include "core/text.h"

namespace papilio::engine
{

Result<std::vector<std::string>> splitWords(const std::string& text, const std::string& what)
{
    std::vector<std::string> words;
    std::optional<std::string> word;
    char quote = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool escapes = c == '\\' && quote != '\'' && i + 1 < text.size() &&
                             (quote == 0 || text[i + 1] == '"' || text[i + 1] == '\\');
        if (escapes) {
            word = word.value_or("") + text[++i];
        } else if (quote != 0 && c == quote) {
            quote = 0;
        } else if (quote == 0 && (c == '\'' || c == '"')) {
            quote = c;
            word = word.value_or("");
        } else if (quote == 0 && (c == ' ' || c == '\t')) {
            if (word)
                words.push_back(*word);
            word.reset();
        } else {
            word = word.value_or("") + c;
        }
    }
    if (quote != 0)
        return fail(ErrorCode::Usage, "The " + what + " has a quotation mark without its partner: " + text);
    if (word)
        words.push_back(*word);
    return words;
}

std::string shellQuoted(std::string_view word)
{
    std::string quoted = "'";
    for (const char c : word)
        c == '\'' ? quoted.append("'\\''") : quoted.append(1, c);
    quoted += '\'';
    return quoted;
}

std::string shellLine(const std::vector<std::string>& words)
{
    std::string line;
    for (const std::string& word : words) {
        line.append(line.empty() ? "" : " ");
        line.append(shellQuoted(word));
    }
    return line;
}

namespace
{
bool isControl(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}
} // namespace

std::string lastLine(const std::string& text)
{
    std::string last;
    for (std::string_view line : split(text, '\n'))
        if (const std::string_view words = trimmed(line); !words.empty() && !words.starts_with("debug"))
            last = words;
    std::replace_if(last.begin(), last.end(), isControl, ' ');
    return elided(toUtf8(last), 300);
}

bool hasControlCharacter(std::string_view text)
{
    return std::any_of(text.begin(), text.end(), isControl);
}

} // namespace papilio::engine
