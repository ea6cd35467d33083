// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/remote/place.h"

#include <algorithm>
#include <charconv>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <random>

#include "core/hash.h"
#include "core/text.h"
#include "engine/remote/scripts.h"
#include "engine/remote/words.h"

namespace papilio::engine
{

namespace
{

constexpr std::size_t pieceBytes = 65536;
constexpr int tries = 4;
constexpr std::size_t longestLine = 1 << 20; ///< of the follow script's own words

std::optional<std::int64_t> numberIn(std::string_view text)
{
    text = trimmed(text);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

PlaceState stateFrom(std::string_view text)
{
    using Kind = PlaceState::Kind;
    PlaceState state;
    text = trimmed(text);
    if (text == "running")
        state.kind = Kind::Running;
    else if (text == "ready")
        state.kind = Kind::Ready;
    else if (text == "gone")
        state.kind = Kind::Gone;
    else if (text.starts_with("elsewhere "))
        state = {Kind::Elsewhere, -1, elided(toUtf8(trimmed(text.substr(10))), 80)};
    else if (text.starts_with("ended "))
        state = {Kind::Ended, static_cast<int>(numberIn(text.substr(6)).value_or(-1)), {}};
    return state;
}

/// Takes the follow script's output apart.
class FollowReader
{
public:
    explicit FollowReader(const Ssh::Sink& sink) : m_sink(sink) {}
    Result<> take(std::string_view bytes)
    {
        while (!bytes.empty()) {
            if (m_left > 0) {
                const std::size_t count = std::min(m_left, bytes.size());
                PAPILIO_TRY(m_sink(bytes.substr(0, count)));
                bytes.remove_prefix(count);
                m_left -= count;
                continue;
            }
            const std::size_t end = bytes.find('\n');
            m_line.append(bytes.substr(0, end));
            if (m_line.size() > longestLine)
                return fail(ErrorCode::Damaged, "What the host tells of the run cannot be read.");
            if (end == std::string_view::npos)
                return {};
            bytes.remove_prefix(end + 1);
            if (m_line.starts_with("data "))
                m_left = static_cast<std::size_t>(std::max<std::int64_t>(0, numberIn(m_line.substr(5)).value_or(0)));
            else if (m_line != "alive")
                m_last = m_line;
            m_line.clear();
        }
        return {};
    }
    const std::string& last() const { return m_last; }

private:
    const Ssh::Sink& m_sink;
    std::size_t m_left = 0;
    std::string m_line, m_last;
};

} // namespace

Result<> withRetries(const Ssh& ssh, const std::function<Result<>()>& work, const std::function<std::int64_t()>& progress)
{
    std::int64_t before = progress ? progress() : 0;
    for (int attempt = 1;; ++attempt) {
        Result<> done = work();
        if (const std::int64_t now = progress ? progress() : 0; now != before) {
            before = now;
            attempt = 1; // a bad line that gets on
        }
        if (done || done.error().code != ErrorCode::Io || attempt == tries)
            return done;
        if (!ssh.pause(attempt * attempt))
            return fail(ErrorCode::Stopped, "Stopped.");
    }
}

std::string Place::newTag()
{
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    char text[64];
    const std::size_t length = std::strftime(text, sizeof text, "papilio-%Y%m%d-%H%M%S-", &parts);
    char word[16];
    std::snprintf(word, sizeof word, "%08x", std::random_device()());
    return std::string(text, length) + word;
}

bool Place::isTag(const std::string& text)
{
    return text.starts_with("papilio-") && text.size() > 12 && text.size() < 60 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
           });
}

std::vector<std::string> Place::words(const std::vector<std::string>& further) const
{
    std::vector<std::string> all = {m_ssh.host().engine, m_ssh.host().folder, m_tag};
    all.insert(all.end(), further.begin(), further.end());
    return all;
}

Result<std::string> Place::ask(const std::string& script, const std::vector<std::string>& further, int silenceSeconds) const
{
    return m_ssh.ask(script, words(further), {}, silenceSeconds);
}

Result<PlaceState> Place::state() const
{
    const auto answer = ask(scripts::state);
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    return stateFrom(*answer);
}

Result<> Place::upload(const std::string& file, Control& control) const
{
    const auto sum = sha256OfFile(file);
    if (!sum)
        return tl::unexpected<Error>(sum.error());
    std::error_code error;
    const auto size = static_cast<std::int64_t>(std::filesystem::file_size(file, error));
    bool done = false;
    std::int64_t sent = 0;
    for (int attempt = 0; attempt < tries && !done; ++attempt)
        PAPILIO_TRY(withRetries(
            m_ssh,
            [&]() -> Result<> {
                const auto once = uploadOnce(file, *sum, size, sent, control);
                done = once && *once;
                return once ? Result<>{} : tl::unexpected<Error>(once.error());
            },
            [&sent] { return sent; }));
    if (!done)
        return fail(ErrorCode::Io, "The project arrives damaged on '" + m_ssh.host().name + "', again and again.",
                    "Is there room in the folder there, and is the connection sound?");
    return {};
}

Result<bool> Place::uploadOnce(const std::string& file, const std::string& sum, std::int64_t size, std::int64_t& sent,
                               Control& control) const
{
    const std::string part = "project-" + sum.substr(0, 16) + ".part"; // parts of different contents are never mixed
    const auto there = ask(scripts::uploaded, {part, std::to_string(size)});
    if (!there)
        return tl::unexpected<Error>(there.error());
    sent = std::clamp<std::int64_t>(numberIn(*there).value_or(0), 0, size);
    std::ifstream stream(file, std::ios::binary);
    stream.seekg(sent);
    const std::string before = std::to_string(sent);
    const auto feed = [&]() -> Result<std::string> {
        control.report({"copying the project to " + m_ssh.host().name, sent, size, "bytes"});
        std::string piece(pieceBytes, '\0');
        stream.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        piece.resize(static_cast<std::size_t>(stream.gcount()));
        sent += stream.gcount();
        if (stream.bad())
            return fail(ErrorCode::Io, "The copy '" + file + "' cannot be read.");
        return piece;
    };
    const auto answer = m_ssh.ask(scripts::upload, words({part, before, std::to_string(size), sum}), feed, Ssh::patience);
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    return trimmed(*answer) == "good";
}

Result<> Place::start(std::int64_t run) const
{
    auto words = splitWords(m_ssh.host().launch, "launch prefix");
    if (!words)
        return tl::unexpected<Error>(words.error());
    if (std::find(words->begin(), words->end(), "--") != words->end())
        return fail(ErrorCode::Usage, "The launch prefix of '" + m_ssh.host().name + "' must not have the word --.");
    words->insert(words->begin(), scripts::runner);
    for (const std::string& word : {std::string("--"), std::string("resume"), std::string("project.papilio"), std::to_string(run),
                                    std::string("--unattended"), std::string(".")})
        words->push_back(word);
    constexpr int patience = 120; // it may wait for another starter
    const auto answer = ask(scripts::start, *words, patience);
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    if (trimmed(*answer) != "started")
        return fail(ErrorCode::Unsupported, "The training could not be started on '" + m_ssh.host().name + "': " + logEnd());
    return {};
}

Result<PlaceState> Place::follow(std::int64_t position, const Ssh::Sink& sink) const
{
    constexpr int silence = 90; // it says "alive" every ten seconds
    FollowReader reader(sink);
    const auto code = m_ssh.run(
        scripts::follow, words({std::to_string(position)}), [&reader](std::string_view bytes) { return reader.take(bytes); }, {},
        silence);
    if (!code)
        return tl::unexpected<Error>(code.error());
    if (reader.last().empty())
        return fail(*code == 7 ? ErrorCode::NotFound : ErrorCode::Io,
                    *code == 7 ? "The folder of the run is not on '" + m_ssh.host().name + "' any more."
                               : "The connection to '" + m_ssh.host().name + "' ended.");
    return stateFrom(reader.last());
}

Result<> Place::wish(const std::string& word) const
{
    const auto answer = ask(scripts::wish, {word});
    return answer ? Result<>{} : tl::unexpected<Error>(answer.error());
}

Result<> Place::terminate() const
{
    const auto answer = ask(scripts::terminate);
    return answer ? Result<>{} : tl::unexpected<Error>(answer.error());
}

std::string Place::logEnd() const
{
    const auto answer = ask(scripts::logEnd);
    return answer ? lastLine(*answer) : std::string();
}

Result<> Place::download(std::int64_t run, const std::string& file, Control& control) const
{
    std::string answer;
    PAPILIO_TRY(withRetries(m_ssh, [&]() -> Result<> {
        auto packed = ask(scripts::pack, {std::to_string(run)}, Ssh::patience);
        if (!packed)
            return tl::unexpected<Error>(packed.error());
        answer = std::move(*packed);
        return {};
    }));
    const std::vector<std::string> parts = split(std::string(trimmed(answer)), ' ');
    const auto size = parts.size() >= 3 && parts[0] == "file" ? numberIn(parts[1]) : std::nullopt;
    if (!size)
        return fail(ErrorCode::BadInput, "The run cannot be read on '" + m_ssh.host().name + "': " + lastLine(answer));
    std::filesystem::remove(file);
    PAPILIO_TRY(withRetries(m_ssh, [&] { return downloadRest(file, *size, control); },
                            [&file]() -> std::int64_t {
                                std::error_code none;
                                const auto bytes = std::filesystem::file_size(file, none);
                                return none ? 0 : static_cast<std::int64_t>(bytes);
                            }));
    const auto sum = sha256OfFile(file);
    if (!sum)
        return tl::unexpected<Error>(sum.error());
    if (*sum != parts[2])
        return fail(ErrorCode::Io, "The run arrived damaged from '" + m_ssh.host().name + "'.", "Fetch it again.");
    return {};
}

Result<> Place::downloadRest(const std::string& file, std::int64_t size, Control& control) const
{
    std::error_code error;
    std::int64_t here = static_cast<std::int64_t>(std::filesystem::exists(file, error) ? std::filesystem::file_size(file, error) : 0);
    if (here >= size)
        return {};
    std::ofstream stream(file, std::ios::binary | std::ios::app);
    const auto take = [&](std::string_view bytes) -> Result<> {
        if (static_cast<std::int64_t>(bytes.size()) > size - here)
            return fail(ErrorCode::Damaged, "More of the run comes from '" + m_ssh.host().name + "' than there is.", "Fetch it again.");
        stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        if (!stream)
            return fail(ErrorCode::ReadOnly, "'" + file + "' cannot be written.", "Is the disk full?");
        here += static_cast<std::int64_t>(bytes.size());
        control.report({"fetching the run from " + m_ssh.host().name, here, size, "bytes"});
        return {};
    };
    const auto code = m_ssh.run(scripts::rest, words({std::to_string(here + 1)}), take);
    stream.flush();
    if (!code)
        return tl::unexpected<Error>(code.error());
    return here == size && stream ? Result<>{} : fail(ErrorCode::Io, "The run from '" + m_ssh.host().name + "' is cut off.");
}

Result<> Place::remove() const
{
    const auto answer = ask(scripts::remove);
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    return trimmed(*answer) == "running" ? fail(ErrorCode::Busy, "The run is still being trained there.", "Stop it first.") : Result<>{};
}

} // namespace papilio::engine
