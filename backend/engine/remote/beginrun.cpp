// SPDX-License-Identifier: GPL-3.0-or-later
// How a run begins that another host is to train.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "engine/chemistry.h"
#include "engine/json.h"
#include "engine/remote/remoterun.h"
#include "nn/torchmodel.h"

namespace papilio::engine
{

namespace
{

/// Lets a training begin, and pauses it before its first step.
class BeginControl : public learn::TrainControl
{
public:
    explicit BeginControl(Control& control) : m_control(control) {}
    void report(const Progress& progress) override
    {
        if (!m_begun)
            m_control.report(progress);
    }
    bool stopRequested() const override { return m_begun || m_control.stopRequested(); }
    void runStarted(const store::RunRecord&) override { m_begun = true; }

private:
    Control& m_control;
    bool m_begun = false;
};

} // namespace

std::optional<RunPlace> placeOf(const store::RunRecord& run)
{
    const json versions = json::parse(run.versions, nullptr, false);
    if (!versions.is_object())
        return {};
    const auto host = versions.find("host"), place = versions.find("place");
    if (host == versions.end() || place == versions.end() || !host->is_string() || !place->is_string())
        return {};
    RunPlace found{host->get<std::string>(), place->get<std::string>()};
    return Place::isTag(found.tag) ? std::optional(found) : std::nullopt; // project files are passed around
}

Result<store::RunRecord> beginRun(store::Project& project, const learn::TrainConfig& config, const Host& host, const FarEngine& engine,
                                  Control& control)
{
    json versions = {{"papilio", engine.papilio}, {"libtorch", engine.libtorch}, {"rdkit", engine.rdkit},
                     {"device", config.device},   {"host", host.name},           {"place", Place::newTag()}};
    if (config.threads > 0)
        versions["threads"] = config.threads;
    // The first weights are made here, where the run's device may not be.
    const auto onCpu = [](const nn::ModelSpec& spec, const nn::ModelOptions& options) {
        nn::ModelOptions here = options;
        here.device = "cpu";
        return nn::createTorchModel(spec, here);
    };
    BeginControl begin(control);
    auto run = learn::startRun(project, config, toLine(versions), onCpu, begin, inputFiller(), splitMaker());
    if (!run)
        return run;
    run->message = "not sent to " + host.name + " yet";
    PAPILIO_TRY(store::Runs(project).updateProgress(*run));
    return run;
}

Result<store::RunRecord> beginOn(store::Project& project, const learn::TrainConfig& config, const Host& host, Control& control,
                                 std::function<bool()> leave)
{
    control.report({"looking at " + host.name, 0, 0, ""});
    const auto report = testHost(Ssh(host, std::move(leave)));
    if (!report)
        return tl::unexpected<Error>(report.error());
    PAPILIO_TRY(report->result());
    const auto& devices = report->engine.devices;
    const std::string kind = config.device.substr(0, config.device.find(':'));
    // With a launch prefix the training may run on another machine, which has what this one has not.
    if (host.launch.empty() && std::none_of(devices.begin(), devices.end(), [&kind](const std::string& device) { return device.starts_with(kind); }))
        return fail(ErrorCode::Unsupported, "The host '" + host.name + "' has no device '" + config.device + "'.", "Choose device=cpu.");
    return beginRun(project, config, host, report->engine, control);
}

Result<> checkTrainedHere(store::Project& project, std::int64_t run)
{
    const auto record = store::Runs(project).byId(run);
    if (!record)
        return tl::unexpected<Error>(record.error());
    if (const auto place = placeOf(*record))
        return fail(ErrorCode::Usage, "Run " + std::to_string(run) + " is trained on the host '" + place->host + "'.",
                    "'papilio-engine remote resume PROJECT " + std::to_string(run) +
                        "' goes on there; 'papilio-engine resume --here' takes it over, from the checkpoint that is here.");
    return {};
}

} // namespace papilio::engine
