// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/modeladding.h"

#include <algorithm>
#include <filesystem>

#include "chem/molecule.h"
#include "data/sample.h"
#include "engine/featurise.h"
#include "engine/modelcache.h"
#include "engine/modeljson.h"
#include "learn/predictor.h"

namespace papilio::engine
{

namespace
{

constexpr std::size_t referenceCount = 1000, chunk = 100;

/// Predictions of a part of the reference molecules, into the table.
Result<std::int64_t> addPart(LoadedModel& model, std::span<const std::string> smiles, learn::ReferenceBuilder& builder)
{
    std::vector<chem::Molecule> molecules;
    std::vector<Featurised> featurised;
    for (const std::string& text : smiles) {
        auto molecule = chem::Molecule::fromSmiles(text);
        if (!molecule)
            continue; // a few of the list that this RDKit does not accept
        auto features = Featurised::of(*molecule, model.saved.spec.architecture.inputs);
        if (!features)
            continue;
        molecules.push_back(std::move(*molecule));
        featurised.push_back(std::move(*features));
    }
    std::vector<nn::MoleculeInput> inputs;
    for (std::size_t i = 0; i < molecules.size(); ++i)
        inputs.push_back(featurised[i].input(molecules[i]));
    const auto predicted = learn::predict(*model.network, model.saved, inputs);
    if (!predicted)
        return tl::unexpected<Error>(predicted.error());
    for (const auto& heads : *predicted) {
        for (const learn::HeadPrediction& prediction : heads) {
            const nn::HeadSpec& head = model.saved.spec.heads[static_cast<std::size_t>(prediction.head)];
            if (head.level == Level::Graph)
                builder.add(head.name, prediction.values);
        }
    }
    return static_cast<std::int64_t>(inputs.size());
}

Result<learn::ReferenceTable> referenceOf(LoadedModel& model, Control& control)
{
    const auto smiles = data::referenceMolecules(referenceCount);
    if (!smiles)
        return tl::unexpected<Error>(smiles.error());
    learn::ReferenceBuilder builder;
    std::int64_t molecules = 0;
    for (std::size_t begin = 0; begin < smiles->size(); begin += chunk) {
        if (control.stopRequested())
            return fail(ErrorCode::Stopped, "Stopped; the model was not added.");
        const auto count = addPart(model, std::span(*smiles).subspan(begin, std::min(chunk, smiles->size() - begin)),
                                   builder);
        if (!count)
            return tl::unexpected<Error>(count.error());
        molecules += *count;
        control.report({"predicting reference molecules", static_cast<std::int64_t>(begin + chunk),
                        static_cast<std::int64_t>(smiles->size()), "molecules", 0, -1});
    }
    return builder.table(molecules, "molecules of the NCI open set");
}

} // namespace

Result<DescribedModel> describeModel(const std::string& what)
{
    std::error_code error;
    const learn::ModelLibrary library;
    if (!std::filesystem::exists(what, error)) {
        const auto entry = library.byName(what);
        if (!entry) {
            Error missing = entry.error();
            missing.message = "There is no file '" + what + "' and no model of that name in the library.";
            return tl::unexpected<Error>(missing);
        }
        auto model = learn::readModel(entry->path);
        if (!model)
            return tl::unexpected<Error>(model.error());
        return DescribedModel{*entry, std::move(*model)};
    }
    auto foreign = learn::readForeignModel(what);
    if (!foreign)
        return tl::unexpected<Error>(foreign.error());
    auto entry = entryOf(foreign->model, std::move(foreign->card), what);
    return DescribedModel{std::move(entry), std::move(foreign->model)};
}

Result<learn::LibraryEntry> addModel(const std::string& path, const std::string& name, Control& control)
{
    control.report({"reading the model", 0, 0, "", 0, -1});
    auto foreign = learn::readForeignModel(path);
    if (!foreign)
        return tl::unexpected<Error>(foreign.error());
    if (!name.empty())
        foreign->card.name = name;
    learn::ModelLibrary library;
    if (library.byName(foreign->card.name))
        return fail(ErrorCode::Exists, "The library has a model '" + foreign->card.name + "' already.",
                    "Give it another name, or remove the present one first.");
    auto loaded = loadModel(foreign->model);
    if (!loaded)
        return tl::unexpected<Error>(loaded.error());
    const auto reference = referenceOf(**loaded, control);
    if (!reference && reference.error().code != ErrorCode::Unsupported)
        return tl::unexpected<Error>(reference.error());
    const auto entry = library.add(foreign->model, foreign->card);
    if (!entry)
        return entry;
    if (reference) {
        if (const auto stored = library.setReference(foreign->card.name, *reference); !stored) {
            (void)library.remove(foreign->card.name);
            return tl::unexpected<Error>(stored.error());
        }
    }
    return library.byName(foreign->card.name);
}

} // namespace papilio::engine
