// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/rundocument.h"

#include <algorithm>
#include <optional>

#include <nlohmann/json.hpp>

#include "core/text.h"
#include "learn/trackedyaml.h"
#include "core/randomaccess.h"
#include "nn/yamlconfig.h"

namespace papilio::learn
{

namespace
{

using nlohmann::json;

std::string at(const std::string& where, int line)
{
    return line > 0 ? where + ", line " + std::to_string(line) : where;
}

/// The text within the n-th pair of quotes.
std::optional<std::string> quoted(const std::string& message, int n)
{
    std::size_t begin = message.find('\'');
    for (;; --n) {
        const std::size_t end = begin == std::string::npos ? begin : message.find('\'', begin + 1);
        if (end == std::string::npos) {
            return {};
        }
        if (n == 0) {
            return message.substr(begin + 1, end - begin - 1);
        }
        begin = message.find('\'', end + 1);
    }
}

/// The path of keys that a message is about; empty if it names none.
std::string pathIn(const std::string& message)
{
    if (message.starts_with("architecture:")) {
        const auto key = quoted(message, 0);
        return key ? "architecture." + *key : "architecture";
    }
    const std::string path = quoted(message, 0).value_or("");
    if (path == "schedule") {
        // "Training key 'schedule', key 'gamma': …", "… of type 'cosine': there is no key 'gama'."
        const auto second = quoted(message, message.find("of type") != std::string::npos ? 2 : 1);
        return message.find("key '", 14) != std::string::npos && second ? path + '.' + *second : path;
    }
    return path;
}

/// The pointer of the longest part of a path that is there. Keys may hold dots themselves.
std::string pointerOf(const json& document, const std::string& path)
{
    std::string pointer;
    const json* here = &document;
    std::string rest = path;
    while (!rest.empty() && here->is_object()) {
        const json* next = nullptr;
        std::size_t length = 0;
        for (const auto& [key, value] : here->items()) {
            const bool fits = rest.starts_with(key) && (rest.size() == key.size() || rest[key.size()] == '.');
            if (fits && key.size() >= length) {
                next = &value;
                length = key.size();
            }
        }
        if (next == nullptr) {
            break;
        }
        pointer = pointerTo(pointer, rest.substr(0, length));
        rest.erase(0, std::min(rest.size(), length + 1));
        here = next;
    }
    return pointer;
}

int lineOfByte(const std::string& text, std::size_t byte)
{
    const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(byte, text.size()));
    return 1 + static_cast<int>(std::count(text.begin(), end, '\n'));
}

Result<json> parseJson(const std::string& text, const std::string& where)
{
    try {
        return json::parse(text);
    } catch (const json::parse_error& problem) {
        const std::size_t byte = problem.byte > 0 ? problem.byte - 1 : 0;
        return fail(ErrorCode::BadInput, at(where, lineOfByte(text, byte)) + ": this is not JSON.",
                    "A comma, quote or bracket may be missing or left over there. A published library's YAML is read by "
                    "'papilio-engine config convert'.");
    } catch (const json::exception& problem) {
        return fail(ErrorCode::BadInput, where + ": this is not JSON: " + problem.what());
    }
}

/// A person's own document has no option that does nothing. (Those of stored runs may: they are read elsewhere.)
Result<> checkNetwork(const json& document, const TrainConfig& config)
{
    const auto given = document.find("architecture");
    if (given == document.end() || !given->is_object()) {
        return {};
    }
    nn::Architecture base;
    if (const auto name = document.find("preset"); name != document.end() && name->is_string()) {
        if (auto preset = nn::preset(name->get<std::string>())) {
            base = std::move(*preset);
        }
    } else if (!given->contains("format")) {
        return {}; // the layout of format 1
    }
    return nn::checkRelevant(config.architecture, nn::valuePaths(*given), base);
}

} // namespace

Result<TrainConfig> parseRunDocument(const std::string& text, const std::string& where)
{
    const auto document = parseJson(text, where);
    if (!document) {
        return tl::unexpected(document.error());
    }
    const auto lines = nn::parseYaml(text, where); // JSON is YAML; for the lines alone
    if (lines && !lines->repeatedKeys.empty()) {
        const auto& repeated = lines->repeatedKeys.front();
        return fail(ErrorCode::BadInput,
                    at(where, repeated.line) + ": the key '" + repeated.key + "' stands there a second time.");
    }
    const bool named = document->is_object() && (document->contains("architecture") || document->contains("preset"));
    if (document->is_object() && !named) {
        return fail(ErrorCode::BadInput, where + ": it names no network.",
                    "Write \"preset\": \"gine-small\", or a whole \"architecture\".");
    }
    auto config = trainConfigFromJson(*document);
    if (config) {
        if (auto checked = checkNetwork(*document, *config); !checked) {
            config = tl::unexpected(std::move(checked).error());
        }
    }
    if (!config) {
        Error error = config.error();
        const std::string pointer = pointerOf(*document, pathIn(error.message));
        error.message = at(where, lines && !pointer.empty() ? lines->lineOf(pointer) : 0) + ": " + error.message;
        error.code = ErrorCode::BadInput;
        return tl::unexpected(std::move(error));
    }
    return config;
}

Result<TrainConfig> readRunDocument(const std::string& path)
{
    constexpr std::uint64_t largest = std::uint64_t{4} << 20;
    const auto file = RandomAccess::open(path);
    if (!file) {
        return tl::unexpected(file.error());
    }
    if (file->size() > largest) {
        return fail(ErrorCode::BadInput,
                    path + ": " + std::to_string(file->size()) + " bytes are too many for a configuration.");
    }
    const auto text = file->read(0, file->size());
    return text ? parseRunDocument(*text, path) : Result<TrainConfig>(tl::unexpected(text.error()));
}

} // namespace papilio::learn
