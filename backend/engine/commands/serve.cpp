// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/commands/commands.h"

#include <cerrno>
#include <csignal>
#include <poll.h>
#include <unistd.h>

#include "engine/chemistry.h"
#include "engine/serve/session.h"
#include "engine/signals.h"

namespace papilio::engine
{

namespace
{

/// Waits for input or a stop signal. True if there is input (or its end).
bool waitForInput()
{
    pollfd watched[2] = {{STDIN_FILENO, POLLIN, 0}, {stopSignalDescriptor(), POLLIN, 0}};
    for (;;) {
        if (stopSignalled())
            return false;
        if (poll(watched, 2, -1) > 0)
            return (watched[1].revents & POLLIN) == 0;
        if (errno != EINTR)
            return false;
    }
}

class ServeCommand : public Command
{
public:
    void declare(Arguments& arguments) override
    {
        arguments.footer(
            "One JSON-RPC 2.0 object a line on standard input and output; PROTOCOL.md describes them.\n"
            "The end of standard input, SIGINT and SIGTERM end the engine; a training pauses with a checkpoint.");
    }

    Result<> run() override
    {
        installStopSignals();
        std::signal(SIGPIPE, SIG_IGN); // a client that is gone shows as a failed write
        LineWriter writer(takeStandardOutput());
        std::vector<Method> methods = basicMethods();
        for (Method& method : chemistryMethods())
            methods.push_back(std::move(method));
        Session session(writer, std::move(methods));
        session.greet();
        converse(session, writer);
        session.stopAll();
        if (stopSignalled())
            return fail(ErrorCode::Stopped, "Stopped by a signal.");
        return {};
    }

private:
    static void converse(Session& session, LineWriter& writer)
    {
        LineReader reader(STDIN_FILENO);
        std::string line;
        bool more = true;
        while (more && !writer.broken() && waitForInput()) {
            more = reader.fill();
            for (LineReader::Got got; (got = reader.takeLine(line)) != LineReader::Got::Nothing;) {
                if (got == LineReader::Got::End)
                    return;
                if (got == LineReader::Got::TooLong)
                    session.handleTooLongLine();
                else
                    session.handleLine(line);
                if (session.shutdownRequested())
                    return;
            }
        }
    }
};

} // namespace

std::unique_ptr<Command> makeServe()
{
    return std::make_unique<ServeCommand>();
}

} // namespace papilio::engine
