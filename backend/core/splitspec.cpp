// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/splitspec.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/text.h"

namespace papilio
{

namespace
{

constexpr std::string_view names[] = {"random", "scaffold", "balanced-scaffold", "cluster", "column", "file", "stored"};
constexpr std::string_view partNames[] = {"train", "val", "test", "test_seen"};
constexpr const char* kindsHint =
    "Write random:0.8/0.1/0.1, scaffold, balanced-scaffold, cluster, column:NAME, file:PATH or stored:NUMBER, for example "
    "scaffold:0.8/0.1/0.1,per-dataset.";

/// At a character that no backslash stands before; at most 'most' pieces. The backslashes stay.
std::vector<std::string> pieces(std::string_view text, char separator, std::size_t most = SIZE_MAX)
{
    std::vector<std::string> found(1);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size()) {
            found.back() += text[i];
            found.back() += text[++i];
        } else if (text[i] == separator && found.size() < most) {
            found.emplace_back();
        } else {
            found.back() += text[i];
        }
    }
    return found;
}

std::string unescaped(std::string_view text)
{
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size()) {
            ++i;
        }
        plain += text[i];
    }
    return plain;
}

std::string quoted(const std::string& text)
{
    std::string name = "'";
    name += elided(toUtf8(text), 60);
    name += '\'';
    return name;
}

/// A blank at the end too, which would be taken off with the blanks around the whole text.
std::string escaped(std::string_view text)
{
    std::string safe;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool lastBlank = i + 1 == text.size() && trimmed(text.substr(i)).empty();
        if (lastBlank || std::string_view("\\,|=+").find(text[i]) != std::string_view::npos) {
            safe += '\\';
        }
        safe += text[i];
    }
    return safe;
}

/// Without the blanks around it; one behind a backslash stays.
std::string_view withoutBlanks(std::string_view text)
{
    const std::string_view inner = trimmed(text);
    if (inner.empty()) {
        return inner;
    }
    const std::size_t end = static_cast<std::size_t>(inner.data() - text.data()) + inner.size();
    const std::size_t backslashes = inner.size() - (inner.find_last_not_of('\\') + 1);
    return backslashes % 2 == 1 && end < text.size() ? std::string_view(inner.data(), inner.size() + 1) : inner;
}

class Parser
{
public:
    explicit Parser(std::string_view text) : m_text(withoutBlanks(text)) {}

    Result<SplitSpec> parse()
    {
        const std::vector<std::string> parts = pieces(m_text, ',');
        const std::vector<std::string> head = pieces(parts.front(), ':', 2);
        PAPILIO_TRY(readKind(head.front()));
        PAPILIO_TRY(readValue(head.size() > 1 ? std::optional(head[1]) : std::nullopt));
        for (std::size_t i = 1; i < parts.size(); ++i) {
            PAPILIO_TRY(readOption(parts[i]));
        }
        if (m_spec.testSeen && !m_spec.perDataset) {
            return wrong("test_seen means something only with per-dataset, where one dataset may train on another's test "
                         "molecules");
        }
        return m_spec;
    }

private:
    tl::unexpected<Error> wrong(const std::string& what, const std::string& hint = kindsHint) const
    {
        return fail(ErrorCode::Usage, "Split '" + elided(toUtf8(m_text), 200) + "': " + what + ".", hint);
    }

    Result<> readKind(const std::string& name)
    {
        const auto found = std::find(std::begin(names), std::end(names), trimmed(name));
        if (found == std::end(names)) {
            return fail(ErrorCode::Usage, "Split '" + elided(toUtf8(m_text), 200) + "' is not known.", kindsHint);
        }
        m_spec.kind = static_cast<SplitKind>(found - std::begin(names));
        return {};
    }

    Result<> readValue(const std::optional<std::string>& value)
    {
        if (m_spec.hasFractions()) {
            if (!value && m_spec.kind == SplitKind::Random) {
                return wrong("it does not have three fractions", "Write random:TRAIN/VALIDATION/TEST, for example random:0.8/0.1/0.1.");
            }
            if (value) {
                auto fractions = parseSplitFractions(*value, "Split '" + elided(toUtf8(m_text), 200) + "'");
                if (!fractions) {
                    return tl::unexpected<Error>(fractions.error());
                }
                m_spec.fractions = *fractions;
            }
            return {};
        }
        if (!value || trimmed(*value).empty()) {
            return wrong("it does not say which " + std::string(splitKindName(m_spec.kind)));
        }
        if (m_spec.kind == SplitKind::Stored) {
            const auto number = parseNumber(*value);
            if (!number || !(*number >= 1) || *number > 1e15 || *number != std::floor(*number)) {
                return wrong(quoted(*value) + " is no number of a split");
            }
            m_spec.stored = static_cast<std::int64_t>(*number);
            return {};
        }
        return readSources(*value);
    }

    Result<> readSources(const std::string& value)
    {
        const std::vector<std::string> sources = pieces(value, '|');
        for (const std::string& source : sources) {
            const std::vector<std::string> sides = pieces(source, '=', 2);
            const std::string dataset = sides.size() > 1 ? unescaped(sides[0]) : std::string();
            const std::string what = unescaped(sides.back());
            if (what.empty() || (sides.size() > 1 && dataset.empty())) {
                return wrong("a name is empty");
            }
            if (sides.size() == 1 && sources.size() > 1) {
                return wrong("of several, each needs its dataset: DATASET=" + elided(what, 60));
            }
            if (!m_spec.sources.emplace(dataset, what).second) {
                return wrong(quoted(dataset) + " occurs twice");
            }
        }
        return {};
    }

    Result<> readOption(const std::string& option)
    {
        const std::vector<std::string> sides = pieces(option, '=', 2);
        const std::string name(trimmed(sides[0]));
        const std::string value = sides.size() > 1 ? sides[1] : std::string();
        const bool given = sides.size() > 1;
        const bool byName = m_spec.kind == SplitKind::Column || m_spec.kind == SplitKind::File;
        if (byName && given && std::find(std::begin(partNames), std::end(partNames), name) != std::end(partNames)) {
            return readValues(name, value);
        }
        if (m_spec.kind == SplitKind::Stored) {
            return wrong("a stored split is as it was made; it has no options");
        }
        if (name == "per-dataset" && !given) {
            m_spec.perDataset = true;
            return {};
        }
        if (name == "test_seen" && !(byName && given)) {
            m_spec.testSeen = unescaped(value);
            return {};
        }
        if (name == "cutoff" && m_spec.kind == SplitKind::Cluster) {
            const auto number = parseNumber(value);
            if (!number || !(*number > 0) || *number > 1) {
                return wrong("cutoff is a similarity above 0, up to 1");
            }
            m_spec.cutoff = *number;
            return {};
        }
        const bool scaffold = m_spec.kind == SplitKind::Scaffold || m_spec.kind == SplitKind::BalancedScaffold;
        if (name == "acyclic" && scaffold && (value == "own" || value == "one")) {
            m_spec.acyclicTogether = value == "one";
            return {};
        }
        return wrong(quoted(option) + " is no option of " + std::string(splitKindName(m_spec.kind)),
                     optionsHint());
    }

    Result<> readValues(const std::string& part, const std::string& value)
    {
        for (const std::string& piece : pieces(value, '+')) {
            const std::string plain = unescaped(piece);
            if (plain.empty()) {
                return wrong("a value of " + part + " is empty");
            }
            if (!m_spec.values.emplace(plain, part).second) {
                return wrong(quoted(plain) + " means two parts");
            }
        }
        return {};
    }

    std::string optionsHint() const
    {
        switch (m_spec.kind) {
        case SplitKind::Cluster:
            return "There are per-dataset, test_seen and cutoff=SIMILARITY.";
        case SplitKind::Scaffold:
        case SplitKind::BalancedScaffold:
            return "There are per-dataset, test_seen and acyclic=own or acyclic=one.";
        case SplitKind::Column:
        case SplitKind::File:
            return "There are per-dataset and train=, val=, test=, test_seen= with the values that mean them.";
        case SplitKind::Random:
        case SplitKind::Stored:
            break;
        }
        return "There are per-dataset and test_seen.";
    }

    std::string m_text;
    SplitSpec m_spec;
};

std::string fractionsText(const std::array<double, 3>& fractions)
{
    return formatNumber(fractions[0]) + '/' + formatNumber(fractions[1]) + '/' + formatNumber(fractions[2]);
}

std::string valuesText(const SplitSpec& spec)
{
    std::string text;
    for (const std::string_view part : partNames) {
        std::string values;
        for (const auto& [value, meaning] : spec.values) {
            if (meaning == part) {
                values += values.empty() ? "" : "+";
                values += escaped(value);
            }
        }
        if (!values.empty()) {
            text += ',';
            text += part;
            text += '=';
            text += values;
        }
    }
    return text;
}

} // namespace

std::string_view splitKindName(SplitKind kind)
{
    return names[static_cast<std::size_t>(kind)];
}

Result<SplitSpec> parseSplitSpec(std::string_view text)
{
    return Parser(text).parse();
}

std::string splitSpecText(const SplitSpec& spec)
{
    std::string text(splitKindName(spec.kind));
    text += ':';
    if (spec.hasFractions()) {
        text += fractionsText(spec.fractions);
    } else if (spec.kind == SplitKind::Stored) {
        return text + std::to_string(spec.stored);
    }
    bool first = true;
    for (const auto& [dataset, what] : spec.sources) {
        text += first ? "" : "|";
        text += dataset.empty() ? "" : escaped(dataset) + "=";
        text += escaped(what);
        first = false;
    }
    if (spec.kind == SplitKind::Cluster && spec.cutoff != SplitSpec().cutoff) {
        text += ",cutoff=" + formatNumber(spec.cutoff);
    }
    if (spec.acyclicTogether) {
        text += ",acyclic=one";
    }
    text += spec.perDataset ? ",per-dataset" : "";
    if (spec.testSeen) {
        text += spec.testSeen->empty() ? ",test_seen" : ",test_seen=";
        text += escaped(*spec.testSeen);
    }
    return text + valuesText(spec);
}

Result<std::array<double, 3>> parseSplitFractions(std::string_view text, const std::string& where)
{
    const char* hint = "Write TRAIN/VALIDATION/TEST, for example 0.8/0.1/0.1.";
    const auto parts = split(text, '/');
    std::array<double, 3> fractions{};
    if (parts.size() != fractions.size()) {
        return fail(ErrorCode::Usage, where + " does not have three fractions.", hint);
    }
    for (std::size_t i = 0; i < fractions.size(); ++i) {
        const auto number = parseNumber(parts[i]);
        if (!number || !(*number >= 0) || *number > 1) {
            return fail(ErrorCode::Usage,
                        where + ": '" + elided(toUtf8(parts[i]), 40) + "' is not a fraction from 0 to 1.", hint);
        }
        fractions[i] = *number;
    }
    if (fractions[0] <= 0) {
        return fail(ErrorCode::Usage, where + " leaves nothing for training.", hint);
    }
    const double sum = fractions[0] + fractions[1] + fractions[2];
    if (std::abs(sum - 1) > 1e-6) {
        return fail(ErrorCode::Usage,
                    where + ": the fractions add up to " + formatNumber(std::round(sum * 1e6) / 1e6) + ", not 1.", hint);
    }
    return fractions;
}

std::size_t shareOf(double fraction, std::size_t n)
{
    return static_cast<std::size_t>(std::floor(fraction * static_cast<double>(n) + 1e-9));
}

} // namespace papilio
