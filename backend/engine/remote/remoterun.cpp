// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/remote/remoterun.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "engine/json.h"
#include "engine/remote/unattended.h"
#include "store/runfile.h"

namespace papilio::engine
{

namespace
{

using Wish = learn::TrainControl::Wish;
using Kind = PlaceState::Kind;
constexpr int stoppedExit = 4; ///< the exit code of a training that was paused
constexpr std::size_t longestLine = 64 << 20; ///< the metrics of thousands of tasks have a few megabytes

/// A number of another computer as a whole one.
std::int64_t whole(double number)
{
    constexpr double most = 1e15;
    return number >= -most && number <= most ? static_cast<std::int64_t>(number) : 0;
}

/// A file beside the project that is gone at the end.
class ScratchFile
{
public:
    ScratchFile(const std::string& project, const std::string& tag)
        : m_path((std::filesystem::absolute(project).parent_path() / ("." + tag + "-" + std::to_string(::getpid()) + ".papilio")).string())
    {
    }
    ~ScratchFile()
    {
        for (const char* const ending : {"", "-wal", "-shm", "-journal"})
            ::unlink((m_path + ending).c_str());
    }
    ScratchFile(const ScratchFile&) = delete;
    ScratchFile& operator=(const ScratchFile&) = delete;
    const std::string& path() const { return m_path; }

private:
    std::string m_path;
};

std::string nameOf(const store::RunRecord& run)
{
    return "Run " + std::to_string(run.id);
}

bool standsThere(store::RunState state)
{
    return state == store::RunState::Paused || state == store::RunState::CutOff;
}

} // namespace

Result<std::unique_ptr<RemoteRun>> RemoteRun::of(store::Project& project, std::int64_t run, std::function<bool()> leave,
                                                 const HostList& hosts)
{
    auto record = store::Runs(project).byId(run);
    if (!record)
        return tl::unexpected<Error>(record.error());
    const auto place = placeOf(*record);
    if (!place)
        return fail(ErrorCode::Usage, nameOf(*record) + " is trained on this computer, not on a host.",
                    "'papilio-engine resume' goes on with it.");
    auto host = hosts.byName(place->host);
    if (!host)
        return tl::unexpected<Error>(host.error());
    const std::string notes = (std::filesystem::path(hosts.file()).parent_path() / "remote").string();
    return std::unique_ptr<RemoteRun>(
        new RemoteRun(project, std::move(*record), std::move(*host), place->tag, notes, std::move(leave)));
}

RemoteRun::RemoteRun(store::Project& project, store::RunRecord record, Host host, std::string tag, std::string notes,
                     std::function<bool()> leave)
    : m_project(project), m_record(std::move(record)), m_host(std::move(host)), m_tag(std::move(tag)), m_notes(std::move(notes)),
      m_leave(std::move(leave)),
      m_ssh(m_host, [this] { return (m_leave && m_leave()) || (m_sending != nullptr && m_sending->wish() != Wish::GoOn); }),
      m_place(m_ssh, m_tag), m_position(readPosition())
{
}

Result<> RemoteRun::note(store::RunState state, const std::string& message)
{
    m_record.state = state;
    m_record.message = message;
    m_record.process = state == store::RunState::Running ? ::getpid() : 0;
    return store::Runs(m_project).updateProgress(m_record);
}

Result<> RemoteRun::claim()
{
    PAPILIO_TRY(store::Runs(m_project).markCutOffRuns());
    store::Transaction transaction(m_project); // of two that come at a time one finds it taken
    const auto now = store::Runs(m_project).byId(m_record.id);
    if (!now)
        return tl::unexpected<Error>(now.error());
    m_record = *now;
    if (m_record.state == store::RunState::Running)
        return fail(ErrorCode::Busy, nameOf(m_record) + " is followed by process " + std::to_string(m_record.process) + " already.");
    if (m_record.state == store::RunState::Finished || m_record.state == store::RunState::Stopped)
        return fail(ErrorCode::BadInput, nameOf(m_record) + " has ended, and is here.");
    m_begun = m_record.state == store::RunState::CutOff;
    PAPILIO_TRY(note(store::RunState::Running, "on " + m_host.name));
    return transaction.commit();
}

Result<store::RunRecord> RemoteRun::goOn(IfStanding ifStanding, learn::TrainControl& control)
{
    PAPILIO_TRY(claim());
    control.runStarted(m_record);
    auto ended = goOnNow(ifStanding, control);
    if (ended || m_record.state != store::RunState::Running)
        return ended;
    const bool left = ended.error().code == ErrorCode::Stopped;
    PAPILIO_TRY(note(m_begun ? store::RunState::CutOff : store::RunState::Paused,
                     !m_begun ? "not on " + m_host.name + ", or not started there yet"
                     : left   ? "trained on " + m_host.name + ", not followed from here"
                              : "not followed: " + ended.error().message));
    if (left)
        ended.error() = {ErrorCode::Stopped,
                         m_begun ? nameOf(m_record) + " is trained on " + m_host.name + "; it is not followed any more."
                                 : nameOf(m_record) + " was not started on " + m_host.name + ".",
                         {}};
    return ended;
}

Result<store::RunRecord> RemoteRun::goOnNow(IfStanding ifStanding, learn::TrainControl& control)
{
    auto state = m_place.state();
    if (!state)
        return tl::unexpected<Error>(state.error());
    m_begun = state->kind != Kind::Absent && state->kind != Kind::Ready;
    if (!m_begun && ifStanding == IfStanding::Leave)
        return fail(ErrorCode::NotFound,
                    state->kind == Kind::Absent ? "The folder of run " + std::to_string(m_record.id) + " is not on '" + m_host.name + "'."
                                                : nameOf(m_record) + " was not started on '" + m_host.name + "'.",
                    "'papilio-engine remote resume' sends and starts it there, 'resume --here' trains it here, both from the last "
                    "checkpoint of this project.");
    if (!m_begun) {
        if (state->kind == Kind::Absent)
            PAPILIO_TRY(send(control));
        control.report({"waiting for " + m_host.name + " to begin", 0, 0, ""});
        PAPILIO_TRY(startThere());
    } else if (state->kind == Kind::Ended || state->kind == Kind::Gone) {
        auto record = fetch(control);
        if (!record || !standsThere(record->state) || ifStanding == IfStanding::Leave)
            return record ? conclude(*state) : record;
        PAPILIO_TRY(note(store::RunState::Running, "on " + m_host.name));
        PAPILIO_TRY(startThere());
    }
    const auto ended = follow(control);
    if (!ended)
        return tl::unexpected<Error>(ended.error());
    auto record = fetch(control);
    return record ? conclude(*ended) : record;
}

Result<> RemoteRun::launch(learn::TrainControl& control)
{
    const auto state = m_place.state();
    if (!state)
        return tl::unexpected<Error>(state.error());
    if (state->kind == Kind::Absent)
        PAPILIO_TRY(send(control));
    if (state->kind == Kind::Absent || state->kind == Kind::Ready)
        PAPILIO_TRY(startThere());
    return note(store::RunState::CutOff, "trained on " + m_host.name + ", not followed from here");
}

Result<> RemoteRun::send(learn::TrainControl& control)
{
    m_sending = &control;
    m_position = 0; // its events begin anew
    writePosition();
    control.report({"copying what run " + std::to_string(m_record.id) + " needs", 0, 0, ""});
    const ScratchFile copy(m_project.path(), m_tag);
    Result<> sent = store::copyForRun(m_project, m_record.id, copy.path());
    if (sent)
        sent = m_place.upload(copy.path(), control);
    m_sending = nullptr;
    return sent;
}

Result<> RemoteRun::startThere()
{
    PAPILIO_TRY(m_place.start(m_record.id));
    m_begun = true;
    return {};
}

Result<PlaceState> RemoteRun::follow(learn::TrainControl& control)
{
    double wait = 1;
    for (;;) {
        const Ssh ssh(m_host, [this, &control] { return (m_leave && m_leave()) || control.wish() != m_passedOn ||
                                                        (m_killAt && std::chrono::steady_clock::now() > *m_killAt); });
        m_line.clear(); // what was half a line comes again
        const std::int64_t before = m_position;
        auto ended = Place(ssh, m_tag).follow(m_position, [&](std::string_view bytes) { return takeBytes(bytes, control); });
        if (ended)
            return ended;
        if (ended.error().code == ErrorCode::Stopped) {
            if (m_leave && m_leave())
                return ended;
            if (const auto told = passWishOn(control); !told)
                return tl::unexpected<Error>(told.error());
            continue;
        }
        if (ended.error().code != ErrorCode::Io)
            return ended;
        wait = m_position > before ? 1 : std::min(60.0, wait * 2);
        control.report({"no connection to " + m_host.name + ", trying again", 0, 0, ""});
        if (!ssh.pause(wait) && m_leave && m_leave())
            return fail(ErrorCode::Stopped, "Stopped.");
    }
}

Result<> RemoteRun::passWishOn(learn::TrainControl& control)
{
    constexpr auto patience = std::chrono::seconds(60);
    const Wish wish = control.wish();
    if (wish != m_passedOn) {
        const auto told = m_place.wish(wish == Wish::Pause ? "pause" : "stop");
        if (told) {
            m_passedOn = wish;
            m_wishWait = 1;
            m_killAt = std::chrono::steady_clock::now() + patience;
        } else if (told.error().code == ErrorCode::Io) { // at the next try, then
            control.report({"no connection to " + m_host.name + ", trying again", 0, 0, ""});
            (void)m_ssh.pause(m_wishWait);
            m_wishWait = std::min(15.0, m_wishWait * 2);
        } else if (told.error().code != ErrorCode::Stopped) {
            return told;
        }
    } else if (m_killAt) {
        // A launcher may wait for a machine, so that nothing reads the wish yet.
        if (!m_trains)
            (void)m_place.terminate();
        m_killAt.reset();
    }
    return {};
}

Result<> RemoteRun::takeBytes(std::string_view bytes, learn::TrainControl& control)
{
    std::size_t taken = 0;
    const std::int64_t before = m_position;
    for (std::size_t end; (end = bytes.find('\n', taken)) != std::string_view::npos; taken = end + 1) {
        m_line.append(bytes.substr(taken, end - taken));
        if (auto line = takeLine(m_line, control); !line) {
            writePosition();
            return line;
        }
        m_position += static_cast<std::int64_t>(m_line.size()) + 1;
        m_line.clear();
    }
    if (m_position != before)
        writePosition(); // once for all the lines that came together
    m_line.append(bytes.substr(taken));
    if (m_line.size() > longestLine)
        return fail(ErrorCode::Damaged, "What '" + m_host.name + "' tells of " + nameOf(m_record) + " cannot be read: a line does not end.");
    return {};
}

Result<> RemoteRun::takeLine(const std::string& line, learn::TrainControl& control)
{
    const json event = json::parse(line, nullptr, false);
    if (!event.is_object() || !event.contains("event"))
        return {}; // not ours to judge; the end is read from the run itself
    m_trains = true;
    if (event["event"] == "epoch")
        return takeEpoch(event, control);
    const auto text = [&event](const char* key) {
        std::string found = event.contains(key) && event[key].is_string() ? event[key].get<std::string>() : std::string();
        std::replace_if(found.begin(), found.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; }, ' '); // for a terminal
        return found;
    };
    if (event["event"] == "note") {
        control.note(text("text"));
    } else if (event["event"] == "progress") {
        const auto number = [&event](const char* key) { return event.contains(key) && event[key].is_number() ? event[key].get<double>() : 0; };
        m_progress = {text("stage"), whole(number("done")), whole(number("total")), text("unit"),
                      number("rate"), number("secondsLeft")};
        control.report(m_progress);
    }
    return {};
}

Result<> RemoteRun::takeEpoch(const json& event, learn::TrainControl& control)
{
    const json run = event.value("run", json::object());
    const auto number = [](const json& from, const char* key) {
        return from.contains(key) && from[key].is_number() ? from[key].get<double>() : std::numeric_limits<double>::quiet_NaN();
    };
    const double epoch = number(run, "epochs"), best = number(run, "bestEpoch"), seconds = number(run, "seconds");
    if (!(epoch >= 1) || epoch > 1e9)
        return {};
    const auto metrics = metricsFromJson(event.value("metrics", json()), static_cast<std::int64_t>(epoch));
    if (!metrics)
        return {}; // the curve lacks an epoch until the run is fetched
    m_record.epochs = static_cast<std::int64_t>(epoch);
    m_record.bestEpoch = best >= 0 && best <= epoch ? whole(best) : 0;
    m_record.seconds = seconds >= 0 ? seconds : m_record.seconds;
    constexpr int mostTries = 30;
    for (int attempt = 1;; ++attempt) {
        Result<> written;
        {
            store::Transaction transaction(m_project);
            store::Runs runs(m_project);
            written = runs.addMetrics(m_record.id, *metrics);
            if (written)
                written = runs.updateProgress(m_record);
            if (written)
                written = transaction.commit();
        }
        if (!written && m_ssh.leaving())
            return fail(ErrorCode::Stopped, "Stopped.");
        if (!written && (written.error().code != ErrorCode::Busy || attempt == mostTries || !m_ssh.pause(0.5)))
            return tl::unexpected<Error>(Error{ErrorCode::ReadOnly, written.error().message, written.error().hint});
        if (written)
            break;
    }
    control.epochFinished(m_record, number(event, "trainLoss"), number(event, "validationLoss"));
    if (m_progress.stage.starts_with("epoch"))
        control.report(m_progress); // of several at once the control may have shown the first alone
    return {};
}

Result<store::RunRecord> RemoteRun::fetch(Control& control)
{
    const ScratchFile file(m_project.path(), m_tag + "-back");
    PAPILIO_TRY(m_place.download(m_record.id, file.path(), control));
    auto record = store::takeRunFile(m_project, m_record.id, file.path());
    if (record)
        m_record = *record;
    return record;
}

Result<store::RunRecord> RemoteRun::conclude(const PlaceState& ended)
{
    const bool inOrder = ended.kind == Kind::Ended && (ended.exitCode == 0 || ended.exitCode == stoppedExit);
    switch (m_record.state) {
    case store::RunState::Finished:
    case store::RunState::Stopped: {
        if (!m_host.keepFiles)
            (void)m_place.remove(); // all of it is here
        std::error_code ignored;
        std::filesystem::remove(positionFile(), ignored);
        return m_record;
    }
    case store::RunState::Failed:
        return fail(ErrorCode::BadInput, nameOf(m_record) + " failed on " + m_host.name + ": " + m_record.message);
    case store::RunState::Paused:
        if (inOrder)
            return m_record;
        break;
    default:
        break;
    }
    const std::string log = m_place.logEnd();
    const std::string why = "the training on " + m_host.name + " ended without a word" + (log.empty() ? "" : ": " + log);
    PAPILIO_TRY(note(store::RunState::Paused, why)); // cut off would say that it may be at work there
    return fail(ErrorCode::Io, nameOf(m_record) + ": " + why,
                "It can go on from its last checkpoint; what it wrote is in log.txt, in the folder " + m_tag + " there.");
}

Result<> RemoteRun::removeThere()
{
    if (m_record.state != store::RunState::Finished && m_record.state != store::RunState::Stopped)
        return fail(ErrorCode::BadInput, nameOf(m_record) + " is not finished, or not fetched yet.", "Fetch it first.");
    return m_place.remove();
}

std::int64_t RemoteRun::readPosition() const
{
    std::int64_t position = 0;
    std::ifstream(positionFile()) >> position;
    return std::max<std::int64_t>(0, position);
}

void RemoteRun::writePosition() const
{
    std::error_code ignored;
    std::filesystem::create_directories(m_notes, ignored);
    std::ofstream(positionFile(), std::ios::trunc) << m_position; // lost: the events come once more, which harms nothing
}

} // namespace papilio::engine
