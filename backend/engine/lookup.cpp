// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lookup.h"

#include <algorithm>

#include "chem/depict.h"
#include "chem/descriptors.h"
#include "data/structures.h"
#include "engine/featurise.h"
#include "engine/json.h"
#include "engine/jsonchem.h"
#include "store/datasets.h"
#include "store/labels.h"
#include "store/molecules.h"

namespace papilio::engine
{

namespace
{

json taskHeader(const std::string& dataset, const std::string& task, Level level, TaskKind kind,
                const std::string& unit)
{
    return {
        {"dataset", dataset}, {"task", task}, {"level", levelName(level)}, {"kind", kindName(kind)}, {"unit", unit}};
}

/// Facts that need no project.
Result<json> describe(const std::string& smiles, const chem::Molecule& molecule)
{
    const auto depiction = chem::depict(molecule);
    if (!depiction)
        return tl::unexpected<Error>(depiction.error());
    const chem::Descriptors facts = chem::computeDescriptors(molecule);
    return json{{"smiles", smiles},
                {"canonical", molecule.canonicalSmiles()},
                {"formula", facts.formula},
                {"weight", facts.molecularWeight},
                {"heavyAtoms", molecule.graph().atoms.size()},
                {"logp", facts.crippenLogP},
                {"tpsa", facts.tpsa},
                {"toCanonical", molecule.toCanonical()},
                {"depiction", depictionToJson(*depiction)},
                {"molecule", 0},
                {"part", ""},
                {"rows", json::array()},
                {"known", json::array()},
                {"predictions", json::array()}};
}

Result<> addKnown(json& result, store::Project& project, std::int64_t molecule)
{
    const store::Datasets datasets(project);
    const store::Labels labels(project);
    const auto all = datasets.all();
    if (!all)
        return tl::unexpected<Error>(all.error());
    for (const store::DatasetRecord& dataset : *all) {
        const auto set = labels.get(dataset.id, molecule);
        if (!set)
            return tl::unexpected<Error>(set.error());
        if (!*set)
            continue;
        const auto tasks = datasets.tasks(dataset.id);
        if (!tasks)
            return tl::unexpected<Error>(tasks.error());
        for (const store::TaskRecord& record : *tasks) {
            if (const auto* entry = (*set)->find(record.position)) {
                json known =
                    taskHeader(dataset.name, record.task.name, record.task.level, record.task.kind, record.task.unit);
                known["values"] = entry->values;
                if (!record.task.classNames.empty())
                    known["classNames"] = record.task.classNames;
                result["known"].push_back(std::move(known));
            }
        }
    }
    return {};
}

Result<> addRows(json& result, store::Project& project, std::int64_t molecule)
{
    const store::Datasets datasets(project);
    const auto all = datasets.all();
    if (!all)
        return tl::unexpected<Error>(all.error());
    for (const store::DatasetRecord& dataset : *all) {
        PAPILIO_TRY(datasets.rows(dataset.id, {}, [&](const store::RowRecord& row) {
            if (row.molecule == molecule)
                result["rows"].push_back({{"dataset", dataset.name}, {"row", row.row}, {"text", row.text}});
            return true;
        }));
    }
    return {};
}

Result<> addPart(json& result, ModelCache& models, store::Project& project, std::int64_t run, std::int64_t molecule)
{
    const auto record = store::Runs(project).byId(run);
    if (!record)
        return tl::unexpected<Error>(record.error());
    const auto split = models.split(project, *record);
    if (!split)
        return tl::unexpected<Error>(split.error());
    const auto& ids = (*split)->molecules;
    const auto found = std::lower_bound(ids.begin(), ids.end(), molecule);
    if (found == ids.end() || *found != molecule)
        return {};
    const store::Part part = (*split)->parts[static_cast<std::size_t>(found - ids.begin())];
    if (part != store::Part::None)
        result["part"] = store::partName(part);
    return {};
}

/// Titles of tasks and classes, where there are any.
void addNames(json& item, const nn::HeadSpec& head, const nn::HeadSpec::Column& column)
{
    if (!column.title.empty())
        item["title"] = column.title;
    if (!column.known)
        item["known"] = false;
    if (!head.classNames.empty())
        item["classNames"] = head.classNames;
    if (head.ordered)
        item["ordered"] = true;
}

Result<> addPredictions(json& result, LoadedModel& model, const chem::Molecule& molecule)
{
    const auto featurised = Featurised::of(molecule, model.saved.spec.architecture.inputs);
    if (!featurised)
        return tl::unexpected<Error>(featurised.error());
    const nn::MoleculeInput input = featurised->input(molecule);
    const std::lock_guard lock(model.mutex);
    const auto predicted = learn::predict(*model.network, model.saved, {&input, 1});
    if (!predicted)
        return tl::unexpected<Error>(predicted.error());
    for (const learn::HeadPrediction& prediction : predicted->front()) {
        const nn::HeadSpec& head = model.saved.spec.heads[static_cast<std::size_t>(prediction.head)];
        const auto width = static_cast<std::size_t>(head.outputWidth());
        const std::size_t each = width / std::max<std::size_t>(1, head.columns.size());
        for (std::size_t column = 0; column < head.columns.size(); ++column) {
            std::vector<float> values;
            for (std::size_t row = 0; row < static_cast<std::size_t>(prediction.rows); ++row)
                for (std::size_t c = 0; c < each; ++c)
                    values.push_back(prediction.values[row * width + column * each + c]);
            json item =
                taskHeader(head.dataset, head.columns[column].task, head.level, head.kind, head.columns[column].unit);
            item["head"] = head.name;
            item["classes"] = head.classes;
            item["values"] = toJson(values);
            addNames(item, head, head.columns[column]);
            if (model.reference && head.level == Level::Graph) {
                json percentiles = json::array();
                for (std::size_t c = 0; c < each; ++c)
                    percentiles.push_back(
                        toJson(static_cast<float>(model.reference->percentile(head.name, column * each + c, values[c]))));
                item["percentiles"] = std::move(percentiles);
            }
            result["predictions"].push_back(std::move(item));
        }
    }
    return {};
}

} // namespace

Result<json> lookUp(ModelCache& models, const std::string& smiles, const ModelSource& source)
{
    const auto molecule = data::readStructure(smiles, false);
    if (!molecule)
        return tl::unexpected<Error>(molecule.error());
    auto result = describe(smiles, *molecule);
    if (!result)
        return result;
    if (!source.project.empty()) {
        auto project = store::Project::open(source.project, store::Access::ReadOnly);
        if (!project)
            return tl::unexpected<Error>(project.error());
        const auto id = store::Molecules(*project).idOf(molecule->canonicalSmiles());
        if (!id)
            return tl::unexpected<Error>(id.error());
        if (*id) {
            (*result)["molecule"] = **id;
            PAPILIO_TRY(addKnown(*result, *project, **id));
            PAPILIO_TRY(addRows(*result, *project, **id));
            if (source.run != 0)
                PAPILIO_TRY(addPart(*result, models, *project, source.run, **id));
        }
    }
    if (source.given()) {
        const auto model = models.get(source);
        if (!model)
            return tl::unexpected<Error>(model.error());
        PAPILIO_TRY(addPredictions(*result, **model, *molecule));
    }
    return result;
}

} // namespace papilio::engine
