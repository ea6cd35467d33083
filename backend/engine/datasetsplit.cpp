// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/datasetsplit.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <set>

#include "data/split.h"
#include "data/table.h"
#include "engine/table.h"
#include "store/datasets.h"
#include "store/runs.h"

namespace papilio::engine
{

namespace
{

namespace fs = std::filesystem;

/// Names of presets' parts as splits have them.
std::string partOf(const std::string& name)
{
    return name == "validation" ? "val" : name;
}

Result<std::int64_t> rowsOf(const std::string& file)
{
    auto table = data::openTable(file);
    if (!table)
        return tl::unexpected<Error>(table.error());
    data::TableRow row;
    std::int64_t count = 0;
    while (true) {
        const auto more = (*table)->next(row);
        if (!more)
            return tl::unexpected<Error>(more.error());
        if (!*more)
            return count;
        ++count;
    }
}

/// The tables of each part were read as one: the row numbers of each, as a split file beside the downloads.
Result<std::string> splitFileOf(const DatasetOutcome& outcome, const std::string& folder)
{
    std::vector<std::pair<std::string, std::vector<std::int64_t>>> parts;
    for (const auto& [part, names] : outcome.preset.split.files)
        parts.emplace_back(partOf(part), std::vector<std::int64_t>());
    std::int64_t row = 0;
    for (std::size_t i = 0; i < outcome.files.tableFiles.size(); ++i) {
        const auto rows = rowsOf(outcome.files.tableFiles[i]);
        if (!rows)
            return tl::unexpected<Error>(rows.error());
        const std::string& name = outcome.table().files.at(i);
        for (std::size_t p = 0; p < parts.size(); ++p) {
            const auto& members = outcome.preset.split.files[p].second;
            if (std::find(members.begin(), members.end(), name) == members.end())
                continue;
            for (std::int64_t r = row; r < row + *rows; ++r)
                parts[p].second.push_back(r);
        }
        row += *rows;
    }
    const fs::path path = fs::path(data::presetFolder(outcome.preset, folder)) / (outcome.preset.name + "_split.csv");
    std::error_code ignored;
    fs::create_directories(path.parent_path(), ignored);
    std::ofstream file(path, std::ios::trunc);
    std::size_t longest = 0;
    for (std::size_t p = 0; p < parts.size(); ++p) {
        file << (p == 0 ? "" : ",") << parts[p].first;
        longest = std::max(longest, parts[p].second.size());
    }
    file << '\n';
    for (std::size_t i = 0; i < longest; ++i)
        for (std::size_t p = 0; p < parts.size(); ++p)
            file << (p == 0 ? "" : ",") << (i < parts[p].second.size() ? std::to_string(parts[p].second[i]) : std::string())
                 << (p + 1 == parts.size() ? "\n" : "");
    file.close();
    if (!file)
        return fail(ErrorCode::Io, "The split file '" + path.string() + "' cannot be written.",
                    "Choose a folder that can be written, with --to.");
    return fs::absolute(path, ignored).string();
}

/// What a member's split is read from.
struct Source {
    SplitKind kind = SplitKind::File;
    std::string from;
    std::map<std::string, std::string> values;
};

Result<std::optional<Source>> sourceOf(const DatasetOutcome& outcome, const std::string& folder)
{
    const data::PresetSplit& split = outcome.preset.split;
    Source source;
    for (const auto& [part, name] : split.parts)
        source.values[name] = partOf(part);
    if (!split.column.empty()) {
        source.kind = SplitKind::Column;
        source.from = split.column;
        return std::optional(source);
    }
    if (!outcome.files.splitFile.empty()) {
        std::error_code ignored;
        source.from = fs::absolute(outcome.files.splitFile, ignored).string();
        return std::optional(source);
    }
    if (!split.files.empty()) {
        auto file = splitFileOf(outcome, folder);
        if (!file)
            return tl::unexpected<Error>(file.error());
        source.from = *file;
        for (const auto& [part, names] : split.files)
            source.values[partOf(part)] = partOf(part);
        return std::optional(source);
    }
    return std::optional<Source>();
}

/// All tasks of a dataset, and its molecules.
Result<> addDataset(store::Project& project, const std::string& name, data::SplitRequest& request,
                    std::set<std::int64_t>& molecules)
{
    store::Datasets datasets(project);
    const auto record = datasets.byName(name);
    if (!record)
        return tl::unexpected<Error>(record.error());
    const auto tasks = datasets.tasks(record->id);
    if (!tasks)
        return tl::unexpected<Error>(tasks.error());
    for (const store::TaskRecord& task : *tasks)
        request.tasks.push_back({record->id, name, task.task.name, task.position, task.task.level, task.task.kind,
                                 task.task.classes});
    return datasets.rows(record->id, std::nullopt, [&molecules](const store::RowRecord& row) {
        if (row.molecule != 0)
            molecules.insert(row.molecule);
        return true;
    });
}

std::string countsOf(const std::vector<store::Part>& parts)
{
    std::string text;
    for (const store::Part part : {store::Part::Train, store::Part::Validation, store::Part::Test, store::Part::TestSeen}) {
        const auto count = std::count(parts.begin(), parts.end(), part);
        if (count > 0)
            text += (text.empty() ? "" : ", ") + std::string(store::partName(part)) + " " + groupedNumber(count);
    }
    return text;
}

/// Makes and stores one split of these members; all are of one kind.
Result<> storeOne(store::Project& project, const std::vector<DatasetOutcome*>& members, const std::vector<Source>& sources,
                  Control& control)
{
    data::SplitRequest request;
    request.spec.kind = sources.front().kind;
    request.spec.perDataset = members.size() > 1;
    std::set<std::int64_t> molecules;
    for (std::size_t i = 0; i < members.size(); ++i) {
        request.spec.sources[members[i]->preset.dataset] = sources[i].from;
        request.spec.values.insert(sources[i].values.begin(), sources[i].values.end());
        PAPILIO_TRY(addDataset(project, members[i]->preset.dataset, request, molecules));
    }
    request.molecules.assign(molecules.begin(), molecules.end());
    auto made = data::makeSplit(project, request, control);
    if (!made)
        return tl::unexpected<Error>(made.error());
    const auto id = store::Runs(project).addSplit(made->split);
    if (!id)
        return tl::unexpected<Error>(id.error());
    for (DatasetOutcome* member : members) {
        const auto record = store::Datasets(project).byName(member->preset.dataset);
        member->split = *id;
        member->splitText = record ? countsOf(made->split.partsOf(record->id)) : std::string();
        member->notes.insert(member->notes.end(), made->notes.begin(), made->notes.end());
    }
    return {};
}

} // namespace

Result<> storeSplits(store::Project& project, std::vector<DatasetOutcome>& outcomes, bool group, const std::string& folder,
                     Control& control)
{
    std::map<SplitKind, std::pair<std::vector<DatasetOutcome*>, std::vector<Source>>> kinds;
    for (DatasetOutcome& outcome : outcomes) {
        if (!outcome.found() || outcome.preset.isModel() || !store::Datasets(project).byName(outcome.preset.dataset))
            continue;
        auto source = sourceOf(outcome, folder);
        if (!source) {
            outcome.notes.push_back("Its split was not stored: " + source.error().text());
            continue;
        }
        if (*source) {
            kinds[(*source)->kind].first.push_back(&outcome);
            kinds[(*source)->kind].second.push_back(std::move(**source));
        }
    }
    for (auto& [kind, entry] : kinds) {
        auto& [members, sources] = entry;
        Result<> stored = storeOne(project, members, sources, control);
        if (!stored && stored.error().code != ErrorCode::Stopped && group && members.size() > 1) {
            for (std::size_t i = 0; i < members.size(); ++i) // the others' are not to suffer from one
                if (const auto one = storeOne(project, {members[i]}, {sources[i]}, control); !one)
                    members[i]->notes.push_back("Its split was not stored: " + one.error().text());
            continue;
        }
        if (!stored && stored.error().code == ErrorCode::Stopped)
            return stored;
        if (!stored)
            members.front()->notes.push_back("Its split was not stored: " + stored.error().text());
    }
    return {};
}

} // namespace papilio::engine
