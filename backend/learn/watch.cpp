// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/watch.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "learn/evaluate.h"
#include "nn/names.h"

namespace papilio::learn
{

namespace
{

tl::unexpected<Error> cannot(const std::string& text, const std::string& why, std::string hint)
{
    return fail(ErrorCode::Usage, "'" + text + "' cannot be watched: " + why, std::move(hint));
}

std::vector<std::string> namesOf(const nn::HeadSpec& head, bool ofHead)
{
    std::vector<std::string> names;
    if (ofHead) {
        names.emplace_back("loss");
    }
    for (const MetricInfo& info : metricsOfKind(head.kind)) {
        if (ofHead && (!info.labelUnits || hasOneUnit(head))) {
            names.emplace_back(info.name);
            names.push_back(std::string(info.name) + std::string(medianEnding));
            names.push_back(std::string(info.name) + std::string(worstDecileEnding));
        } else if (!ofHead && keepsTaskMetric(head, info)) {
            names.emplace_back(info.name);
        }
    }
    return names;
}

Result<Watch> named(Watch watch, const std::string& text, const nn::HeadSpec& head)
{
    const bool ofHead = watch.scope == "head";
    const std::vector<std::string> names = namesOf(head, ofHead);
    const MetricInfo* info = findMetric(head.kind, watch.name);
    if (std::find(names.begin(), names.end(), watch.name) == names.end()) {
        if (ofHead && info != nullptr) {
            return cannot(text, "the tasks of '" + head.name + "' have different or unknown units.",
                          "Watch '" + nn::nearestName(watch.name + "_normalised", names) + "', or a single task.");
        }
        return cannot(text,
                      "'" + watch.name + "' is no metric " + (ofHead ? "of '" : "kept for each task of '") + head.name +
                          "'.",
                      "Did you mean '" + nn::nearestName(watch.name, names) + "'?");
    }
    watch.better = info != nullptr ? info->better : Better::Lower; // the loss is in no table
    return watch;
}

} // namespace

double Watch::valueIn(std::span<const store::Metric> metrics) const
{
    const auto found = std::find_if(metrics.begin(), metrics.end(), [this](const store::Metric& metric) {
        return metric.part == part && metric.scope == scope && metric.task == task && metric.name == name &&
               (scope == "all" || metric.head == head);
    });
    return found == metrics.end() ? std::numeric_limits<double>::quiet_NaN() : found->value;
}

Result<Watch> findWatch(const std::string& text, const Selection& selection)
{
    const std::size_t first = text.find('/');
    const std::size_t last = text.rfind('/');
    const std::string part = text.substr(0, first);
    if (first == std::string::npos || (part != "val" && part != "train")) {
        return cannot(text,
                      part == "test" ? "nothing may be decided by the test part."
                                     : "it does not begin with a part of the split.",
                      "Write val/METRIC, val/HEAD/METRIC or val/DATASET:TASK/METRIC.");
    }
    Watch watch;
    watch.part = part == "val" ? store::Part::Validation : store::Part::Train;
    watch.name = text.substr(last + 1);
    if (first == last) {
        return watch.name == "loss" ? Result<Watch>(watch)
                                    : cannot(text, "of all heads together there is the loss alone.",
                                             "Write " + part + "/loss, or " + part + "/HEAD/" + watch.name + '.');
    }
    const std::string middle = text.substr(first + 1, last - first - 1);
    std::vector<std::string> known;
    for (std::size_t h = 0; h < selection.heads.size(); ++h) {
        const nn::HeadSpec& head = selection.heads[h];
        watch.head = head.name;
        if (middle == head.name) {
            watch.scope = "head";
            return named(watch, text, head);
        }
        known.push_back(head.name);
        for (std::size_t c = 0; c < head.columns.size(); ++c) {
            known.push_back(head.dataset + ':' + head.columns[c].task);
            if (middle == known.back()) {
                watch.scope = "task";
                watch.task = selection.sources[h].tasks[c];
                return named(watch, text, head);
            }
        }
    }
    const bool any = !known.empty();
    return cannot(text, "the run has no head or task '" + middle + "'.",
                  any ? "Did you mean '" + nn::nearestName(middle, known) + "'?" : std::string());
}

} // namespace papilio::learn
