// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/transform.h"

#include <algorithm>
#include <cmath>

#include "core/text.h"

namespace papilio::data
{

namespace
{
constexpr int mostClasses = 1000;

std::string quoted(std::string_view text)
{
    std::string result(1, '\'');
    result += elided(toUtf8(text), 60);
    result += '\'';
    return result;
}

struct Pieces {
    std::string pattern;
    std::vector<double> numbers;
};

/// The pattern is all before the last colon: column names may hold some.
Result<Pieces> piecesOf(std::string_view text, const std::string& example)
{
    const std::size_t colon = text.rfind(':');
    Pieces pieces;
    bool good = colon != std::string_view::npos;
    if (good) {
        pieces.pattern = std::string(trimmed(text.substr(0, colon)));
        for (const std::string& piece : split(text.substr(colon + 1), ',')) {
            const auto number = parseNumber(piece);
            good = good && number;
            pieces.numbers.push_back(number.value_or(0));
        }
    }
    if (!good || pieces.pattern.empty()) {
        return fail(ErrorCode::Usage, quoted(text) + " is not PATTERN:NUMBER,NUMBER,….",
                    "Write it like '" + example + "'.");
    }
    if (pieces.numbers.size() >= mostClasses) {
        return fail(ErrorCode::Usage, quoted(text) + " makes more than 999 classes.");
    }
    return pieces;
}

std::string joined(const std::vector<double>& numbers, const char* between)
{
    std::string text;
    for (const double number : numbers) {
        text += (text.empty() ? "" : between) + formatNumber(number);
    }
    return text;
}
} // namespace

int LabelTransform::classCount() const
{
    if (!thresholds.empty()) {
        return static_cast<int>(thresholds.size()) + 1;
    }
    return classes.empty() ? 0 : *std::max_element(classes.begin(), classes.end()) + 1;
}

std::optional<int> LabelTransform::apply(double value) const
{
    if (std::isnan(value)) {
        return std::nullopt;
    }
    if (!thresholds.empty()) {
        return static_cast<int>(std::count_if(thresholds.begin(), thresholds.end(), [value](double threshold) {
            return threshold < 0 ? value > threshold : value >= threshold;
        }));
    }
    if (value != std::floor(value) || value < 0 || value >= static_cast<double>(classes.size())) {
        return std::nullopt;
    }
    return classes[static_cast<std::size_t>(value)];
}

std::string LabelTransform::text() const
{
    const std::vector<double> numbers =
        thresholds.empty() ? std::vector<double>(classes.begin(), classes.end()) : thresholds;
    return pattern + ":" + joined(numbers, ",");
}

std::string LabelTransform::describe() const
{
    const std::string count = std::to_string(classCount()) + " classes ";
    if (!thresholds.empty()) {
        return count + (thresholds.size() == 1 ? "by the threshold " : "by the thresholds ") + joined(thresholds, ", ");
    }
    return count + "made of the " + std::to_string(classes.size()) + " of the file";
}

Result<LabelTransform> binningFromText(std::string_view text)
{
    auto pieces = piecesOf(text, "geneID-*:-2,2");
    if (!pieces) {
        return tl::unexpected(pieces.error());
    }
    for (std::size_t i = 1; i < pieces->numbers.size(); ++i) {
        if (!(pieces->numbers[i] > pieces->numbers[i - 1])) {
            return fail(ErrorCode::Usage,
                        "The thresholds of " + quoted(pieces->pattern) + " must grow: " +
                            formatNumber(pieces->numbers[i]) + " comes after " + formatNumber(pieces->numbers[i - 1]) + ".");
        }
    }
    return LabelTransform{std::move(pieces->pattern), std::move(pieces->numbers), {}};
}

Result<LabelTransform> rebinningFromText(std::string_view text)
{
    auto pieces = piecesOf(text, "geneID-*:0,0,1,2,2");
    if (!pieces) {
        return tl::unexpected(pieces.error());
    }
    LabelTransform transform{std::move(pieces->pattern), {}, {}};
    for (const double number : pieces->numbers) {
        if (number != std::floor(number) || number < 0 || number >= mostClasses) {
            return fail(ErrorCode::Usage, quoted(formatNumber(number)) + " is no class.", "Classes are 0, 1, 2 ….");
        }
        transform.classes.push_back(static_cast<int>(number));
    }
    for (int i = 0; i < transform.classCount(); ++i) {
        if (std::find(transform.classes.begin(), transform.classes.end(), i) == transform.classes.end()) {
            return fail(ErrorCode::Usage, "No class becomes class " + std::to_string(i) + ".",
                        "The new classes are 0 … n − 1, each used.");
        }
    }
    return transform;
}

const LabelTransform* transformOf(const std::vector<LabelTransform>& transforms, std::string_view column)
{
    const auto found = std::find_if(transforms.begin(), transforms.end(), [column](const LabelTransform& transform) {
        return matchesPattern(column, transform.pattern);
    });
    return found == transforms.end() ? nullptr : &*found;
}

} // namespace papilio::data
