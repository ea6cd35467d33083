// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <map>
#include <set>

#include "chem/runtime.h"
#include "data/split.h"
#include "data/splitmembers.h"
#include "tests/data/datatest.h"

/// What tests of splits share: a project of some tables, and the request for all of its tasks.
struct SplitProject {
    TestFolder folder;
    std::string path = folder.path("p.papilio");
    papilio::Control quiet;

    SplitProject() { papilio::chem::initialise(); }

    bool import(const std::string& file, const std::string& dataset, const std::string& labels = {},
                const std::string& smiles = {})
    {
        papilio::data::ImportOptions options;
        options.dataset = dataset;
        options.columns.labelPatterns = labels;
        options.columns.smilesColumn = smiles;
        return ok(importInto(path, {file}, options));
    }
    papilio::store::Project open() { return std::move(*papilio::store::Project::open(path, papilio::store::Access::ReadWrite)); }

    static papilio::data::SplitRequest request(papilio::store::Project& project, const std::string& spec,
                                               std::uint64_t seed = 42)
    {
        using namespace papilio;
        data::SplitRequest request;
        const auto parsed = parseSplitSpec(spec);
        if (!ok(parsed)) {
            return request;
        }
        request.spec = *parsed;
        request.seed = seed;
        request.threads = 2;
        const auto molecules = store::Molecules(project).ids();
        request.molecules = *molecules;
        const auto datasets = store::Datasets(project).all();
        for (const store::DatasetRecord& dataset : *datasets) {
            const auto tasks = store::Datasets(project).tasks(dataset.id);
            for (const store::TaskRecord& task : *tasks) {
                request.tasks.push_back({dataset.id, dataset.name, task.task.name, task.position, task.task.level,
                                         task.task.kind, task.task.classes});
            }
        }
        Control quiet;
        std::set<std::int64_t> labelled;
        (void)data::eachLabel(project, request, quiet, [&](std::size_t, std::uint32_t i, const std::vector<double>&) {
            labelled.insert(request.molecules[i]);
        });
        request.molecules.assign(labelled.begin(), labelled.end());
        return request;
    }

    papilio::Result<papilio::data::MadeSplit> make(papilio::store::Project& project, const std::string& spec,
                                                   std::uint64_t seed = 42)
    {
        return papilio::data::makeSplit(project, request(project, spec, seed), quiet);
    }

    static std::int64_t idOf(papilio::store::Project& project, const char* canonicalSmiles)
    {
        const auto id = papilio::store::Molecules(project).idOf(canonicalSmiles);
        return ok(id) && *id ? **id : 0;
    }
    static papilio::store::Part partOf(const papilio::store::Split& split, std::int64_t molecule, std::int64_t dataset = 0)
    {
        const auto found = std::lower_bound(split.molecules.begin(), split.molecules.end(), molecule);
        const auto parts = dataset == 0 ? split.parts : split.partsOf(dataset);
        return found == split.molecules.end() || *found != molecule
                   ? papilio::store::Part::None
                   : parts[static_cast<std::size_t>(found - split.molecules.begin())];
    }
    static std::map<papilio::store::Part, int> counts(const std::vector<papilio::store::Part>& parts)
    {
        std::map<papilio::store::Part, int> counted;
        for (const auto part : parts) {
            ++counted[part];
        }
        return counted;
    }
};
