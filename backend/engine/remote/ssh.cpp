// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/remote/ssh.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <poll.h>
#include <random>
#include <thread>
#include <unistd.h>

#include "core/text.h"
#include "engine/remote/childprocess.h"
#include "engine/remote/words.h"

namespace papilio::engine
{

namespace
{

using Clock = std::chrono::steady_clock;
constexpr int connectionLost = 255; // ssh's own exit code
constexpr std::size_t keptErrors = 8192;
constexpr std::size_t longestAnswer = 1 << 20;

std::string randomWord()
{
    std::random_device device;
    return "papilio-" + std::to_string(device()) + "-" + std::to_string(device());
}

struct Explanation {
    const char* sign;
    ErrorCode code;
    const char* message;
    const char* hint;
};
constexpr Explanation explanations[] = {
    {"ermission denied", ErrorCode::Unsupported, "lets nobody in without a password",
     "Make a key with ssh-keygen, send it with 'ssh-copy-id DEST', and have it unlocked (ssh-agent) if it has a passphrase."},
    {"ost key verification failed", ErrorCode::Unsupported, "is not known to ssh yet, or is another computer than before",
     "Connect once by hand with 'ssh DEST' and look at what it asks."},
    {"ould not resolve hostname", ErrorCode::Io, "is not found under that name",
     "Check the destination, and the network of this computer."},
    {"onnection refused", ErrorCode::Io, "takes no connections", "Is ssh running there, and on which port (ssh argument -p)?"},
    {"imed out", ErrorCode::Io, "does not answer", "Is it switched on, and reachable from here (VPN)?"},
    {"o route to host", ErrorCode::Io, "does not answer", "Is it switched on, and reachable from here (VPN)?"},
};

Error unreachable(const Host& host, const std::string& errors, bool hadBegun)
{
    const std::string said = lastLine(errors);
    const std::string quoted = said.empty() ? "." : ": " + said + (said.back() == '.' ? "" : ".");
    if (hadBegun)
        return {ErrorCode::Io, "The connection to '" + host.name + "' was lost" + quoted, {}};
    for (const Explanation& known : explanations)
        if (errors.find(known.sign) != std::string::npos) {
            std::string hint = known.hint;
            if (const std::size_t place = hint.find("DEST"); place != std::string::npos)
                hint.replace(place, 4, host.destination);
            return {known.code, "The host '" + host.name + "' " + known.message + quoted, hint};
        }
    return {ErrorCode::Io, "The host '" + host.name + "' cannot be reached" + quoted, "Try 'ssh " + host.destination + "' by hand."};
}

/// What comes from the script: all after the line that it begins with.
class Output
{
public:
    Output(std::string mark, const Ssh::Sink& sink) : m_mark(std::move(mark) + "\n"), m_sink(sink) {}
    bool begun() const { return m_begun; }
    const std::string& before() const { return m_before; } ///< what came instead
    Result<> take(std::string_view bytes)
    {
        if (m_begun)
            return m_sink(bytes);
        m_before.append(bytes);
        const std::size_t place = m_before.find(m_mark);
        if (place == std::string::npos) {
            if (m_before.size() > 65536)
                m_before.erase(0, m_before.size() - m_mark.size());
            return {};
        }
        m_begun = true;
        const std::string rest = m_before.substr(place + m_mark.size());
        return rest.empty() ? Result<>{} : m_sink(rest);
    }

private:
    std::string m_mark, m_before;
    const Ssh::Sink& m_sink;
    bool m_begun = false;
};

/// Moves bytes between a running ssh and us until it ends.
class Exchange
{
public:
    Exchange(ChildProcess& child, Output& output, const Ssh::Feed& feed) : m_child(child), m_output(output), m_feed(feed) {}

    Result<> once()
    {
        PAPILIO_TRY(refill());
        pollfd watched[3] = {{m_child.output(), POLLIN, 0}, {m_child.errors(), POLLIN, 0}, {m_child.input(), POLLOUT, 0}};
        if (m_outputEnded)
            watched[0].fd = -1;
        if (m_errorsEnded)
            watched[1].fd = -1;
        poll(watched, 3, 100);
        if (watched[0].revents != 0)
            PAPILIO_TRY(read(m_child.output(), m_outputEnded, [this](std::string_view bytes) { return m_output.take(bytes); }));
        if (watched[1].revents != 0)
            PAPILIO_TRY(read(m_child.errors(), m_errorsEnded, [this](std::string_view bytes) -> Result<> {
                m_errors.append(bytes);
                if (m_errors.size() > 2 * keptErrors)
                    m_errors.erase(0, m_errors.size() - keptErrors);
                return {};
            }));
        if (watched[2].revents != 0)
            write();
        return {};
    }

    bool quiet() const { return m_quiet; } ///< nothing moved the last time
    const std::string& errors() const { return m_errors; }
    void beginTurn() { m_quiet = true; }

private:
    Result<> refill()
    {
        if (m_child.input() < 0 || !m_pending.empty())
            return {};
        auto piece = m_feed ? m_feed() : Result<std::string>(std::string());
        if (!piece)
            return tl::unexpected<Error>(std::move(piece).error());
        m_pending = std::move(*piece);
        if (m_pending.empty())
            m_child.closeInput();
        return {};
    }

    template <typename Take> Result<> read(int descriptor, bool& ended, const Take& take)
    {
        char bytes[65536];
        const ssize_t count = ::read(descriptor, bytes, sizeof bytes);
        if (count > 0) {
            m_quiet = false;
            return take({bytes, static_cast<std::size_t>(count)});
        }
        ended = ended || count == 0 || (errno != EAGAIN && errno != EINTR);
        return {};
    }

    void write()
    {
        const ssize_t count = ::write(m_child.input(), m_pending.data(), m_pending.size());
        if (count > 0) {
            m_quiet = false;
            m_pending.erase(0, static_cast<std::size_t>(count));
        } else if (count < 0 && errno != EAGAIN && errno != EINTR) {
            m_child.closeInput(); // gone; its exit code tells
        }
    }

    ChildProcess& m_child;
    Output& m_output;
    const Ssh::Feed& m_feed;
    std::string m_pending, m_errors;
    bool m_quiet = true, m_outputEnded = false, m_errorsEnded = false;
};

} // namespace

Ssh::Ssh(const Host& host, std::function<bool()> leave) : m_host(host), m_leave(std::move(leave)), m_usable(checkHost(host))
{
    const char* program = std::getenv("PAPILIO_SSH");
    m_start = {program && *program ? program : "ssh"};
    for (const char* const option : {"BatchMode=yes", "ConnectTimeout=20", "ServerAliveInterval=15", "ServerAliveCountMax=4",
                                     "ClearAllForwardings=yes"})
        m_start.insert(m_start.end(), {"-o", option});
    m_start.insert(m_start.end(), {"-T", "-x"});
    if (const auto further = splitWords(host.sshArguments, "ssh arguments"); further)
        m_start.insert(m_start.end(), further->begin(), further->end());
    m_start.insert(m_start.end(), {"--", host.destination});
}

Result<int> Ssh::run(std::string_view script, const std::vector<std::string>& arguments, const Sink& sink, const Feed& feed,
                     int silenceSeconds) const
{
    PAPILIO_TRY(m_usable);
    const std::string mark = randomWord();
    std::vector<std::string> far = {"sh", "-c", "echo \"$1\"; m=$1; shift; " + std::string(script), "papilio", mark};
    far.insert(far.end(), arguments.begin(), arguments.end());
    std::vector<std::string> words = m_start;
    words.push_back(shellLine(far));
    auto child = ChildProcess::start(words);
    if (!child) {
        Error error = child.error();
        error.hint = error.code == ErrorCode::NotFound ? "Install OpenSSH (the package openssh-client)." : "";
        error.code = ErrorCode::Unsupported;
        return tl::unexpected<Error>(std::move(error));
    }
    Output output(mark, sink);
    Exchange exchange(*child, output, feed);
    Clock::time_point lastByte = Clock::now();
    for (;;) {
        const bool ended = child->ended(); // asked first: what it wrote before is read below
        do {
            exchange.beginTurn();
            PAPILIO_TRY(exchange.once());
            if (!exchange.quiet())
                lastByte = Clock::now();
            if (leaving())
                return fail(ErrorCode::Stopped, "Stopped.");
        } while (ended && !exchange.quiet());
        if (ended)
            break;
        if (Clock::now() - lastByte > std::chrono::seconds(silenceSeconds))
            return fail(ErrorCode::Io, "The connection to '" + m_host.name + "' was lost: nothing came for " +
                                           std::to_string(silenceSeconds) + " s.");
    }
    if (child->exitCode() == connectionLost || child->exitCode() > 128)
        return tl::unexpected<Error>(unreachable(m_host, exchange.errors(), output.begun()));
    if (!output.begun())
        return fail(ErrorCode::Unsupported,
                    "The host '" + m_host.name + "' lets us in but runs no commands: " + lastLine(output.before() + "\n" + exchange.errors()),
                    "The account there needs a shell; try 'ssh " + m_host.destination + " sh -c true' by hand.");
    return child->exitCode();
}

Result<std::string> Ssh::ask(std::string_view script, const std::vector<std::string>& arguments, const Feed& feed,
                             int silenceSeconds) const
{
    std::string answer;
    const auto code = run(
        script, arguments,
        [&](std::string_view bytes) -> Result<> {
            if (answer.size() + bytes.size() > longestAnswer)
                return fail(ErrorCode::Damaged, "The host '" + m_host.name + "' does not end its answer.");
            answer.append(bytes);
            return {};
        },
        feed, silenceSeconds);
    if (!code)
        return tl::unexpected<Error>(code.error());
    if (*code == 7)
        return fail(ErrorCode::NotFound, "The folder of the run is not on '" + m_host.name + "' any more.");
    if (*code != 0)
        return fail(ErrorCode::Io, "A command on '" + m_host.name + "' failed (exit code " + std::to_string(*code) + "): " +
                                       elided(toUtf8(trimmed(answer)), 300));
    return answer;
}

bool Ssh::pause(double seconds) const
{
    const auto until = Clock::now() + std::chrono::duration<double>(seconds);
    while (Clock::now() < until) {
        if (leaving())
            return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return !leaving();
}

} // namespace papilio::engine
