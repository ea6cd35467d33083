// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "engine/remote/hosts.h"
#include "engine/remote/hosttest.h"
#include "engine/remote/place.h"
#include "learn/trainer.h"
#include "store/project.h"

namespace papilio::engine
{

/// Where a run is trained, as its record says ("versions").
struct RunPlace {
    std::string host;
    std::string tag;
};
std::optional<RunPlace> placeOf(const store::RunRecord& run);

/// Begins a run here that a host is to train: configuration, split and first weights are made and recorded, nothing is
/// learnt yet. The run is paused at epoch 0.
Result<store::RunRecord> beginRun(store::Project& project, const learn::TrainConfig& config, const Host& host, const FarEngine& engine,
                                  Control& control);

/// The same after a test of the host, whose first complaint is the error.
Result<store::RunRecord> beginOn(store::Project& project, const learn::TrainConfig& config, const Host& host, Control& control,
                                 std::function<bool()> leave);

/// An error that tells where a run is trained, if that is not here: it must not be resumed here by mistake.
Result<> checkTrainedHere(store::Project& project, std::int64_t run);

/// One run on its host, followed from here. The numbers of each epoch are written to the project as they come.
class RemoteRun
{
public:
    enum class IfStanding { Leave, GoOn };

    /// The run of a project, with its host from the list. leave: true ends the following, while the run goes on there.
    static Result<std::unique_ptr<RemoteRun>> of(store::Project& project, std::int64_t run, std::function<bool()> leave,
                                                 const HostList& hosts = HostList());

    /// Brings the run to its end: sends it if it is not there yet, follows it, fetches it when it ends. Whether one that
    /// stands there (paused, cut off), or is not there, is started (again): ifStanding. The control's wish to pause or
    /// stop is passed on.
    Result<store::RunRecord> goOn(IfStanding ifStanding, learn::TrainControl& control);
    /// Sends the run and starts it there, without following it.
    Result<> launch(learn::TrainControl& control);
    Result<PlaceState> state() const { return m_place.state(); }
    /// "pause" and "stop" are read by the training, "kill" is SIGTERM.
    Result<> wish(const std::string& word) const { return word == "kill" ? m_place.terminate() : m_place.wish(word); }
    Result<> removeThere();

    const store::RunRecord& record() const { return m_record; }
    const Host& host() const { return m_host; }

private:
    RemoteRun(store::Project& project, store::RunRecord record, Host host, std::string tag, std::string notes,
              std::function<bool()> leave);

    Result<store::RunRecord> goOnNow(IfStanding ifStanding, learn::TrainControl& control);
    Result<> send(learn::TrainControl& control);
    Result<> startThere();
    Result<PlaceState> follow(learn::TrainControl& control);
    /// Takes what there is of it, whether it has ended or not.
    Result<store::RunRecord> fetch(Control& control);
    Result<store::RunRecord> conclude(const PlaceState& ended);
    Result<> claim();
    Result<> passWishOn(learn::TrainControl& control);
    Result<> takeBytes(std::string_view bytes, learn::TrainControl& control);
    Result<> takeLine(const std::string& line, learn::TrainControl& control);
    Result<> takeEpoch(const nlohmann::json& event, learn::TrainControl& control);
    Result<> note(store::RunState state, const std::string& message);
    std::string positionFile() const { return m_notes + "/" + m_tag; }
    std::int64_t readPosition() const;
    void writePosition() const;

    store::Project& m_project;
    store::RunRecord m_record;
    const Host m_host;
    const std::string m_tag;
    const std::string m_notes; ///< folder of the positions
    const std::function<bool()> m_leave;
    learn::TrainControl* m_sending = nullptr; ///< while nothing has begun there, any wish to end is a stop
    const Ssh m_ssh;
    const Place m_place;
    bool m_begun = false;        ///< it was started there, as far as is known
    bool m_trains = false;       ///< and tells so
    std::int64_t m_position = 0; ///< bytes of its events that were taken
    std::string m_line;
    Progress m_progress; ///< that was told last
    learn::TrainControl::Wish m_passedOn = learn::TrainControl::Wish::GoOn;
    double m_wishWait = 1; ///< seconds until it is told again, where the connection is lost
    std::optional<std::chrono::steady_clock::time_point> m_killAt;
};

} // namespace papilio::engine
