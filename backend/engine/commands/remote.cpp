// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/commands/commands.h"

#include <algorithm>

#include "core/text.h"
#include "engine/console.h"
#include "engine/json.h"
#include "engine/trainarguments.h"
#include "engine/remote/remoterun.h"
#include "engine/signals.h"
#include "engine/table.h"
#include "engine/traincontrol.h"

namespace papilio::engine
{

namespace
{

std::string lineOf(const HostCheck& check)
{
    std::string line = check.good ? "ok      " : "PROBLEM ";
    line.append(check.what).append(12 - std::min<std::size_t>(11, check.what.size()), ' ').append(check.text);
    return line.append(check.hint.empty() ? "" : " ").append(check.hint).append("\n");
}

class RemoteCommand : public Command
{
public:
    void declare(Arguments& arguments) override
    {
        arguments.positional("ACTION", m_action, "hosts, add, remove, test, start, watch, resume, stop, fetch or clean");
        arguments.optionalPositionals("WHAT", m_what, "add, remove, test: a host; start: host and project; the others: project and run");
        arguments.value("--ssh", "DESTINATION", m_host.destination, "add: user@host, or a name of ~/.ssh/config");
        arguments.value("--ssh-arguments", "WORDS", m_host.sshArguments, "add: further arguments of ssh, e.g. '-p 2222'");
        arguments.value("--engine", "PATH", m_host.engine, "add: the engine there (papilio-engine)");
        arguments.value("--folder", "PATH", m_host.folder, "add: working folder there, made if absent (papilio-runs)");
        arguments.value("--launch", "WORDS", m_host.launch, "add: words before the engine's command there, e.g. 'srun --gres=gpu:1'");
        arguments.flag("--keep-files", m_host.keepFiles, "add: a run's folder stays there when the run is finished and fetched");
        arguments.flag("--replace", m_replace, "add: in place of the host of that name");
        m_recipe.declare(arguments);
        arguments.flag("--detach", m_detach, "start: do not follow the run");
        arguments.flag("--keep-best", m_keepBest, "stop: end the run with its best epoch; else it is paused and can go on");
        arguments.flag("--kill", m_kill, "stop: signal SIGTERM, for a training that reads no wish");
        arguments.choice("--progress", {"text", "json"}, m_progress, "json: a JSON line an event on standard output");
        declareJson(arguments);
        arguments.footer(std::string("hosts:  the configured hosts\n"
                                     "add:    configures one; ssh must reach it without a password\n"
                                     "test:   connection, engine, version, devices, folder and free space of a host\n"
                                     "start:  records a run, copies what it needs, starts it there and follows it; the options\n"
                                     "        are those of 'train'. Ctrl-C ends the following, not the run\n"
                                     "watch:  follows a run, and fetches it when it ends\n"
                                     "resume: the same, and starts one again that stands there\n"
                                     "stop:   pauses a run there, or ends it\n"
                                     "fetch:  takes what there is of a run that does not run\n"
                                     "clean:  removes the folder there of a run that is finished and fetched\n\n") +
                         TrainArguments::keysHelp());
    }

    Result<> run() override
    {
        struct Action {
            const char* name;
            std::size_t words;
            Result<> (RemoteCommand::*run)();
        };
        static constexpr Action actions[] = {
            {"hosts", 0, &RemoteCommand::listHosts}, {"add", 1, &RemoteCommand::add},     {"remove", 1, &RemoteCommand::removeHost},
            {"test", 1, &RemoteCommand::test},       {"start", 2, &RemoteCommand::start}, {"watch", 2, &RemoteCommand::watch},
            {"resume", 2, &RemoteCommand::resume},   {"stop", 2, &RemoteCommand::stop},   {"fetch", 2, &RemoteCommand::fetch},
            {"clean", 2, &RemoteCommand::clean}};
        const auto action = std::find_if(std::begin(actions), std::end(actions), [this](const Action& one) { return m_action == one.name; });
        if (action == std::end(actions))
            return fail(ErrorCode::Usage, "There is no action '" + elided(toUtf8(m_action), 40) + "'.",
                        "Write remote hosts, add, remove, test, start, watch, resume, stop, fetch or clean.");
        if (m_what.size() != action->words)
            return fail(ErrorCode::Usage, "remote " + m_action + " takes " + std::to_string(action->words) + (action->words == 1 ? " further word: " : " further words: ") +
                                              (action->words == 0 ? "none." : action->words == 1 ? "a host." : m_action == "start" ? "host and project." : "project and run."));
        if (m_action != "start" && (m_recipe.given() || m_detach))
            return fail(ErrorCode::Usage, "Options of a training belong to 'remote start'.");
        if (m_action != "stop" && (m_keepBest || m_kill))
            return fail(ErrorCode::Usage, "--keep-best and --kill belong to 'remote stop'.");
        if (m_keepBest && m_kill)
            return fail(ErrorCode::Usage, "--keep-best and --kill exclude each other.", "Stop with what is best, or at once.");
        if (m_action != "add" && (m_replace || hostToJson(m_host) != hostToJson(Host())))
            return fail(ErrorCode::Usage, "Options of a host belong to 'remote add'.");
        if (!m_progress.empty() && m_action != "start" && m_action != "watch" && m_action != "resume" && m_action != "fetch")
            return fail(ErrorCode::Usage, "--progress belongs to 'remote start', 'watch', 'resume' and 'fetch'.");
        installStopSignals();
        return (this->*action->run)();
    }

private:
    Result<> listHosts()
    {
        const HostList list;
        const auto hosts = list.all();
        if (!hosts)
            return tl::unexpected<Error>(hosts.error());
        json objects = json::array();
        Table table;
        for (const char* title : {"host", "ssh", "engine", "folder", "launch"})
            table.column(title, Table::Align::Left);
        for (const Host& host : *hosts) {
            objects.push_back(hostToJson(host));
            table.row({host.name, std::string(host.destination).append(host.sshArguments.empty() ? "" : " ").append(host.sshArguments), host.engine, host.folder, host.launch});
        }
        if (m_json)
            printJson({{"hosts", objects}, {"file", list.file()}});
        else
            printOut(hosts->empty() ? "No host is configured; 'papilio-engine remote add NAME --ssh DESTINATION' does that.\n" : table.text());
        return {};
    }

    Result<> add()
    {
        m_host.name = m_what[0];
        if (m_host.destination.empty())
            return fail(ErrorCode::Usage, "Say with --ssh how ssh reaches the host.");
        auto kept = HostList().put(m_host, m_replace ? m_host.name : std::string());
        if (!kept && kept.error().code == ErrorCode::Exists)
            return fail(ErrorCode::Exists, kept.error().message, "Choose another name, or exchange it with --replace.");
        PAPILIO_TRY(std::move(kept));
        tell({{"host", hostToJson(m_host)}});
        return {};
    }

    Result<> removeHost()
    {
        PAPILIO_TRY(HostList().remove(m_what[0]));
        tell({{"removed", m_what[0]}});
        return {};
    }

    /// For programs: what was done, where people need no words.
    void tell(const json& done) const
    {
        if (m_json)
            printJson(done);
    }

    Result<> test()
    {
        const auto host = HostList().byName(m_what[0]);
        if (!host)
            return tl::unexpected<Error>(host.error());
        const auto report = testHost(Ssh(*host, stopSignalled));
        if (!report)
            return tl::unexpected<Error>(report.error());
        if (m_json)
            printJson(hostReportToJson(*report));
        else
            for (const HostCheck& check : report->checks)
                printOut(lineOf(check));
        m_json = false; // the document is out; the error is for standard error alone
        return report->good() ? Result<>{} : fail(ErrorCode::Unsupported, "Runs cannot be sent to '" + host->name + "' as it is.");
    }

    Result<store::Project> openProject() const { return store::Project::open(m_what[m_action == "start" ? 1 : 0], store::Access::ReadWrite); }

    Result<std::int64_t> runNumber() const
    {
        const auto number = parseNumber(m_what[1]);
        if (!number || *number < 1 || *number != static_cast<double>(static_cast<std::int64_t>(*number)))
            return fail(ErrorCode::Usage, std::string("'").append(elided(toUtf8(m_what[1]), 40)).append("' is no number of a run."), "'papilio-engine runs' lists them.");
        return static_cast<std::int64_t>(*number);
    }

    Result<> start()
    {
        const auto host = HostList().byName(m_what[0]);
        if (!host)
            return tl::unexpected<Error>(host.error());
        const auto request = m_recipe.request();
        if (!request)
            return tl::unexpected<Error>(request.error());
        const auto config = resolve(*request);
        if (!config)
            return tl::unexpected<Error>(config.error());
        auto project = openProject();
        if (!project)
            return tl::unexpected<Error>(project.error());
        ConsoleTrainControl control(*project, m_progress == "json");
        const auto run = beginOn(*project, *config, *host, control, stopSignalled);
        if (!run)
            return tl::unexpected<Error>(run.error());
        if (!m_detach)
            return goOn(*project, run->id, RemoteRun::IfStanding::GoOn);
        const auto remote = RemoteRun::of(*project, run->id, stopSignalled);
        if (!remote)
            return tl::unexpected<Error>(remote.error());
        PAPILIO_TRY((*remote)->launch(control));
        if (m_json)
            printJson({{"run", fullRunToJson((*remote)->record())}});
        printError("Run " + std::to_string(run->id) + " is trained on " + host->name + "; 'papilio-engine remote watch' follows it.");
        return {};
    }

    Result<> goOn(store::Project& project, std::int64_t run, RemoteRun::IfStanding ifStanding)
    {
        const auto remote = RemoteRun::of(project, run, stopSignalled);
        if (!remote)
            return tl::unexpected<Error>(remote.error());
        Result<store::RunRecord> ended = fail(ErrorCode::Internal, "Nothing was followed.");
        {
            ConsoleTrainControl control(project, m_progress == "json");
            ended = (*remote)->goOn(ifStanding, control);
        }
        if (ended && ended->state == store::RunState::Paused) {
            if (m_json)
                printJson({{"run", fullRunToJson(*ended)}});
            printError("Run " + std::to_string(run) + " is paused on " + (*remote)->host().name + " after " + std::to_string(ended->epochs) +
                       " epochs; 'papilio-engine remote resume' goes on with it.");
            return {};
        }
        return concludeTraining(project.path(), ended, m_json);
    }

    Result<> watch() { return follow(RemoteRun::IfStanding::Leave); }
    Result<> resume() { return follow(RemoteRun::IfStanding::GoOn); }
    Result<> follow(RemoteRun::IfStanding ifStanding)
    {
        return withRun([&](store::Project& project, RemoteRun& remote) { return goOn(project, remote.record().id, ifStanding); });
    }

    /// Opens project and run that the words name.
    template <typename Work> Result<> withRun(const Work& work)
    {
        const auto number = runNumber();
        if (!number)
            return tl::unexpected<Error>(number.error());
        auto project = openProject();
        if (!project)
            return tl::unexpected<Error>(project.error());
        const auto remote = RemoteRun::of(*project, *number, stopSignalled);
        if (!remote)
            return tl::unexpected<Error>(remote.error());
        return work(*project, **remote);
    }

    Result<> stop()
    {
        return withRun([this](store::Project&, RemoteRun& remote) -> Result<> {
            const auto state = remote.state();
            if (!state)
                return tl::unexpected<Error>(state.error());
            if (state->kind != PlaceState::Kind::Running && state->kind != PlaceState::Kind::Elsewhere)
                return fail(ErrorCode::BadInput, "Run " + std::to_string(remote.record().id) + " is not being trained on " + remote.host().name + ".",
                            "'papilio-engine remote fetch' takes what there is of it.");
            if (m_kill && state->kind == PlaceState::Kind::Elsewhere)
                return fail(ErrorCode::Unsupported, "The process of run " + std::to_string(remote.record().id) +
                                                        " is on another computer than the one that '" + remote.host().name + "' reaches (" + state->machine + "); from here it cannot be killed.",
                            "Without --kill it is asked to pause by a file in the folder that both share.");
            const char* const wish = m_kill ? "kill" : m_keepBest ? "stop" : "pause";
            PAPILIO_TRY(remote.wish(wish));
            tell({{"run", remote.record().id}, {"asked", wish}});
            return {};
        });
    }

    Result<> fetch()
    {
        return withRun([this](store::Project& project, RemoteRun& remote) -> Result<> {
            const auto state = remote.state();
            if (!state)
                return tl::unexpected<Error>(state.error());
            using Kind = PlaceState::Kind;
            if (state->kind == Kind::Running || state->kind == Kind::Elsewhere)
                return fail(ErrorCode::Busy, "Run " + std::to_string(remote.record().id) + " is being trained on " + remote.host().name + ".",
                            "'papilio-engine remote watch' follows it; 'remote stop' pauses it.");
            if (state->kind == Kind::Absent || state->kind == Kind::Ready)
                return fail(ErrorCode::NotFound, "There is nothing of run " + std::to_string(remote.record().id) + " on " + remote.host().name + ".");
            return goOn(project, remote.record().id, RemoteRun::IfStanding::Leave);
        });
    }

    Result<> clean()
    {
        return withRun([this](store::Project&, RemoteRun& remote) -> Result<> {
            PAPILIO_TRY(remote.removeThere());
            tell({{"run", remote.record().id}, {"cleaned", true}});
            return {};
        });
    }

    std::string m_action, m_progress;
    std::vector<std::string> m_what;
    Host m_host;
    TrainArguments m_recipe;
    bool m_replace = false, m_detach = false, m_keepBest = false, m_kill = false;
};

} // namespace

std::unique_ptr<Command> makeRemote()
{
    return std::make_unique<RemoteCommand>();
}

} // namespace papilio::engine
