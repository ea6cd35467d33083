// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/remote/unattended.h"

#include <cmath>
#include <fcntl.h>
#include <fstream>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "engine/json.h"
#include "engine/signals.h"

namespace papilio::engine
{

UnattendedControl::UnattendedControl(store::Project& project, std::string folder)
    : m_project(project), m_folder(std::move(folder))
{
    installStopSignals();
}

void UnattendedControl::write(const json& event)
{
    const std::string line = toLine(event) + "\n";
    const int file = open((m_folder + "/events.jsonl").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (file < 0)
        return; // a full disk there must not end a training
    std::size_t done = 0;
    while (done < line.size()) {
        const ssize_t count = ::write(file, line.data() + done, line.size() - done);
        if (count <= 0)
            break;
        done += static_cast<std::size_t>(count);
    }
    close(file);
}

void UnattendedControl::report(const Progress& progress)
{
    const Progress full = m_meter.completed(progress);
    const bool inEpochs = full.stage.starts_with("epoch");
    if (!m_meter.due() && inEpochs == m_inEpochs)
        return;
    m_inEpochs = inEpochs;
    json line = progressToJson(full);
    line["event"] = "progress";
    write(line);
}

learn::TrainControl::Wish UnattendedControl::wish() const
{
    using Clock = std::chrono::steady_clock;
    if (stopSignalled())
        return Wish::Pause;
    const auto now = Clock::now().time_since_epoch().count();
    if (now >= m_nextLook.load()) {
        m_nextLook.store(now + std::chrono::duration_cast<Clock::duration>(std::chrono::seconds(1)).count());
        std::string word;
        std::ifstream(m_folder + "/wish") >> word;
        if (word == "pause")
            m_wish.store(Wish::Pause);
        else if (word == "stop")
            m_wish.store(Wish::StopKeepBest);
    }
    return m_wish.load();
}

void UnattendedControl::runStarted(const store::RunRecord& run)
{
    write({{"event", "started"}, {"run", runToJson(run)}});
}

void UnattendedControl::epochFinished(const store::RunRecord& run, double trainLoss, double validationLoss)
{
    const auto metrics = store::Runs(m_project).metrics(run.id, run.epochs);
    write({{"event", "epoch"},
           {"run", runToJson(run)},
           {"trainLoss", trainLoss},
           {"validationLoss", validationLoss},
           {"metrics", metrics ? metricsToJson(*metrics) : json::array()}});
}

void UnattendedControl::note(const std::string& text)
{
    write({{"event", "note"}, {"text", text}});
}

json metricsToJson(const std::vector<store::Metric>& metrics)
{
    json list = json::array();
    for (const store::Metric& metric : metrics)
        list.push_back({store::partName(metric.part), metric.scope, metric.task, metric.head, metric.name, metric.value, metric.n});
    return list;
}

Result<std::vector<store::Metric>> metricsFromJson(const json& list, std::int64_t epoch)
{
    std::vector<store::Metric> metrics;
    const auto bad = [] { return fail(ErrorCode::Damaged, "The numbers of an epoch cannot be read."); };
    if (!list.is_array())
        return bad();
    for (const json& one : list) {
        const bool shaped = one.is_array() && one.size() == 7 && one[0].is_string() && one[1].is_string() && one[2].is_number_integer() &&
                            one[3].is_string() && one[4].is_string() && (one[5].is_number() || one[5].is_null()) &&
                            one[6].is_number_integer();
        const auto part = shaped ? store::partFromName(one[0].get<std::string>()) : std::nullopt;
        if (!part)
            return bad();
        metrics.push_back({epoch, *part, one[1].get<std::string>(), one[2].get<std::int64_t>(), one[3].get<std::string>(),
                           one[4].get<std::string>(), one[5].is_null() ? std::nan("") : one[5].get<double>(), one[6].get<std::int64_t>()});
    }
    return metrics;
}

} // namespace papilio::engine
