// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/predictor.h"

#include <algorithm>

#include "learn/outputs.h"

namespace papilio::learn
{

namespace
{

Result<> checkInputs(const nn::Model& model, const SavedModel& saved, std::span<const nn::MoleculeInput> molecules)
{
    const auto& heads = model.spec().heads;
    bool fits = heads.size() == saved.spec.heads.size() && heads.size() == saved.normalisation.size();
    for (std::size_t h = 0; fits && h < heads.size(); ++h) {
        fits = heads[h].columns.size() == saved.normalisation[h].size();
    }
    if (!fits) {
        return fail(ErrorCode::Internal, "The network does not belong to the model that it is used with.");
    }
    for (std::size_t i = 0; i < molecules.size(); ++i) {
        const nn::MoleculeInput& molecule = molecules[i];
        const std::size_t atoms = molecule.inputs != nullptr      ? static_cast<std::size_t>(molecule.inputs->atoms)
                                  : molecule.encodings != nullptr ? molecule.encodings->atomCount()
                                                                  : 0;
        if (molecule.graph == nullptr || molecule.graph->atoms.empty() || atoms != molecule.graph->atoms.size()) {
            return fail(ErrorCode::BadInput,
                        "Molecule " + std::to_string(i + 1) + " has no atoms, or encodings that do not fit them.");
        }
    }
    return {};
}

} // namespace

Result<std::vector<std::vector<HeadPrediction>>> predict(nn::Model& model, const SavedModel& saved,
                                                         std::span<const nn::MoleculeInput> molecules,
                                                         std::int64_t batchSize)
{
    PAPILIO_TRY(checkInputs(model, saved, molecules));
    const auto step = static_cast<std::size_t>(std::max<std::int64_t>(1, batchSize));
    std::vector<std::vector<HeadPrediction>> predictions(molecules.size());
    for (std::size_t begin = 0; begin < molecules.size(); begin += step) {
        const nn::Batch batch = nn::collate(molecules.subspan(begin, std::min(step, molecules.size() - begin)),
                                            saved.spec.architecture.inputs);
        auto evaluation = model.evaluate(batch);
        if (!evaluation) {
            return tl::unexpected(evaluation.error());
        }
        for (std::size_t h = 0; h < saved.spec.heads.size(); ++h) {
            const nn::HeadSpec& head = saved.spec.heads[h];
            std::vector<float>& outputs = evaluation->outputs[h];
            toLabelUnits(head, saved.normalisation[h], outputs);
            const auto width = static_cast<std::size_t>(head.outputWidth());
            for (std::size_t i = 0; i < static_cast<std::size_t>(batch.graphs); ++i) {
                const RowRange rows = rowsOfMolecule(batch, head.level, i);
                const auto from = outputs.begin() + static_cast<std::ptrdiff_t>(rows.begin * width);
                predictions[begin + i].push_back({static_cast<int>(h), static_cast<std::int64_t>(rows.count),
                                                  {from, from + static_cast<std::ptrdiff_t>(rows.count * width)}});
            }
        }
    }
    return predictions;
}

} // namespace papilio::learn
