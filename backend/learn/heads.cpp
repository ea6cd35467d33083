// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/heads.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "core/text.h"
#include "store/datasets.h"

namespace papilio::learn
{

namespace
{

struct Candidate {
    const store::DatasetRecord* dataset = nullptr;
    store::TaskRecord record;
    bool chosen = false;
};

std::string fullName(const Candidate& candidate) { return candidate.dataset->name + ':' + candidate.record.task.name; }

/// Both names may hold colons themselves, so every colon of the pattern is tried as the border.
bool matches(const Candidate& candidate, std::string_view pattern)
{
    if (matchesPattern(candidate.dataset->name, pattern)) {
        return true;
    }
    for (std::size_t colon = pattern.find(':'); colon != std::string_view::npos; colon = pattern.find(':', colon + 1)) {
        if (matchesPattern(candidate.dataset->name, pattern.substr(0, colon)) &&
            matchesPattern(candidate.record.task.name, pattern.substr(colon + 1))) {
            return true;
        }
    }
    return false;
}

std::string listOf(const std::vector<Candidate>& candidates)
{
    constexpr std::size_t mostNames = 30;
    std::string text;
    for (std::size_t i = 0; i < candidates.size() && i < mostNames; ++i) {
        text += (i > 0 ? ", " : "") + fullName(candidates[i]);
    }
    if (candidates.size() > mostNames) {
        text += " and " + std::to_string(candidates.size() - mostNames) + " more";
    }
    return text;
}

Result<> choose(std::vector<Candidate>& candidates, const std::string& pattern)
{
    const auto exact = std::find_if(candidates.begin(), candidates.end(),
                                    [&](const Candidate& candidate) { return fullName(candidate) == pattern; });
    if (exact != candidates.end()) {
        exact->chosen = true;
        return {};
    }
    bool any = false;
    for (Candidate& candidate : candidates) {
        if (matches(candidate, pattern)) {
            candidate.chosen = any = true;
        }
    }
    if (!any) {
        return fail(ErrorCode::NotFound, "No task matches '" + pattern + "'.",
                    "There are: " + listOf(candidates) + '.');
    }
    return {};
}

using GroupKey = std::tuple<std::int64_t, Level, TaskKind, int>;

GroupKey groupOf(const Candidate& candidate)
{
    const Task& task = candidate.record.task;
    return {candidate.dataset->id, task.level, task.kind, task.kind == TaskKind::Multiclass ? task.classes : 0};
}

/// The dataset's name, with as much of level, kind and number of classes as tells its heads apart.
void nameHeads(Selection& selection)
{
    std::set<std::string> taken;
    for (std::size_t h = 0; h < selection.heads.size(); ++h) {
        nn::HeadSpec& head = selection.heads[h];
        std::set<Level> levels;
        std::set<TaskKind> kinds;
        int sameKind = 0;
        for (std::size_t other = 0; other < selection.heads.size(); ++other) {
            if (selection.sources[other].dataset != selection.sources[h].dataset) {
                continue;
            }
            levels.insert(selection.heads[other].level);
            if (selection.heads[other].level == head.level) {
                kinds.insert(selection.heads[other].kind);
                sameKind += selection.heads[other].kind == head.kind ? 1 : 0;
            }
        }
        std::string name = head.dataset;
        if (levels.size() > 1) {
            name += '/' + std::string(levelName(head.level));
        }
        if (kinds.size() > 1 || sameKind > 1) {
            name += '/' + std::string(kindName(head.kind));
        }
        if (sameKind > 1) {
            name += '-' + std::to_string(head.classes);
        }
        head.name = name;
        for (int copy = 2; !taken.insert(head.name).second; ++copy) {
            head.name = name + " (" + std::to_string(copy) + ')';
        }
    }
}

Selection group(const std::vector<Candidate>& candidates, const nn::Architecture& architecture)
{
    std::map<GroupKey, std::vector<const Candidate*>> groups;
    Selection selection;
    selection.inputs = architecture.inputs;
    for (const Candidate& candidate : candidates) {
        if (candidate.chosen) {
            groups[groupOf(candidate)].push_back(&candidate);
            selection.resolved.push_back(fullName(candidate));
        }
    }
    for (const auto& [key, members] : groups) {
        nn::HeadSpec head;
        HeadSource source;
        head.dataset = members.front()->dataset->name;
        source.dataset = std::get<0>(key);
        head.level = std::get<1>(key);
        head.kind = std::get<2>(key);
        head.classes = std::get<3>(key);
        const std::vector<std::string>& names = members.front()->record.task.classNames;
        const bool sameNames = std::all_of(members.begin(), members.end(), [&names](const Candidate* member) {
            return member->record.task.classNames == names;
        });
        if (head.kind == TaskKind::Multiclass && sameNames) {
            head.classNames = names;
        }
        for (const Candidate* member : members) {
            head.columns.push_back({member->record.task.name, member->record.task.unit});
            source.positions.push_back(member->record.position);
            source.tasks.push_back(member->record.task.id);
        }
        nn::applyHeadDefaults(architecture, head);
        selection.heads.push_back(std::move(head));
        selection.sources.push_back(std::move(source));
    }
    nameHeads(selection);
    return selection;
}

Result<> checkChosen(const std::vector<Candidate>& candidates)
{
    for (const Candidate& candidate : candidates) {
        if (!candidate.chosen) {
            continue;
        }
        if (!candidate.dataset->complete) {
            return fail(ErrorCode::BadInput, "The import of dataset '" + candidate.dataset->name + "' is not complete.",
                        "Import its file again, or choose tasks of other datasets.");
        }
        if (candidate.record.task.kind == TaskKind::Multiclass && candidate.record.task.classes < 2) {
            return fail(ErrorCode::BadInput, "Task '" + fullName(candidate) + "' has fewer than two classes.",
                        "Leave it out.");
        }
    }
    return {};
}

} // namespace

Result<Selection> selectTasks(store::Project& project, const std::vector<std::string>& patterns,
                              const nn::Architecture& architecture)
{
    store::Datasets datasets(project);
    const auto records = datasets.all();
    if (!records) {
        return tl::unexpected(records.error());
    }
    std::vector<Candidate> candidates;
    for (const store::DatasetRecord& dataset : *records) {
        auto tasks = datasets.tasks(dataset.id);
        if (!tasks) {
            return tl::unexpected(tasks.error());
        }
        for (store::TaskRecord& task : *tasks) {
            candidates.push_back({&dataset, std::move(task), patterns.empty()});
        }
    }
    if (candidates.empty()) {
        return fail(ErrorCode::BadInput, "The project has no tasks to learn.",
                    "Import a table with label columns first.");
    }
    for (const std::string& pattern : patterns) {
        PAPILIO_TRY(choose(candidates, pattern));
    }
    PAPILIO_TRY(checkChosen(candidates));
    return group(candidates, architecture);
}

} // namespace papilio::learn
