// SPDX-License-Identifier: GPL-3.0-or-later
#include "explain/attribution.h"

#include <cmath>
#include <numeric>
#include <string>

namespace papilio::explain
{

namespace
{

constexpr int integrationSteps = 32;

Result<> checkMolecule(const nn::MoleculeInput& molecule)
{
    const bool given = molecule.encodings != nullptr || molecule.inputs != nullptr;
    if (molecule.graph == nullptr || !given || molecule.graph->atoms.empty()) {
        return fail(ErrorCode::BadInput, "There is no atom to explain.");
    }
    const std::size_t atoms = molecule.inputs != nullptr ? static_cast<std::size_t>(molecule.inputs->atoms)
                                                         : molecule.encodings->atomCount();
    if (atoms != molecule.graph->atoms.size()) {
        return fail(ErrorCode::BadInput, "The molecule's encodings are not those of its " +
                                             std::to_string(molecule.graph->atoms.size()) + " atoms.");
    }
    return {};
}

Result<> checkTarget(const nn::ModelSpec& spec, const nn::GradientTarget& target, const nn::Batch& batch)
{
    if (target.head < 0 || static_cast<std::size_t>(target.head) >= spec.heads.size()) {
        return fail(ErrorCode::BadInput, "The model has no head number " + std::to_string(target.head) + '.');
    }
    const nn::HeadSpec& head = spec.heads[static_cast<std::size_t>(target.head)];
    if (target.column < 0 || static_cast<std::size_t>(target.column) >= head.columns.size()) {
        return fail(ErrorCode::BadInput,
                    "Head '" + head.name + "' has no task number " + std::to_string(target.column) + '.');
    }
    const int classes = head.kind == TaskKind::Multiclass ? head.classes : 1;
    if (target.classIndex < 0 || target.classIndex >= classes) {
        return fail(ErrorCode::BadInput, "Task '" + head.columns[static_cast<std::size_t>(target.column)].task +
                                             "' has no class number " + std::to_string(target.classIndex) + '.');
    }
    if (target.row >= batch.rows(head.level)) {
        return fail(ErrorCode::BadInput, "The molecule has " + std::to_string(batch.rows(head.level)) + " values of " +
                                             std::string(levelName(head.level)) + " level, not one number " +
                                             std::to_string(target.row) + '.');
    }
    return {};
}

/// Adds share × Σ over features of input × gradient to each row's score.
Result<> addProducts(const std::vector<float>& inputs, const std::vector<float>& gradients, double share,
                     std::vector<double>& scores)
{
    if (gradients.size() != inputs.size()) {
        return fail(ErrorCode::Internal, "The network gave gradients of another shape than its input.");
    }
    const std::size_t features = scores.empty() ? 1 : inputs.size() / scores.size();
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        if (!std::isfinite(gradients[i])) {
            return fail(ErrorCode::BadInput, "The network's gradient is not finite for this molecule.",
                        "Its weights may have grown too large; try an earlier run.");
        }
        scores[i / features] += share * static_cast<double>(inputs[i]) * gradients[i];
    }
    return {};
}

std::vector<float> scaled(const std::vector<float>& values, float factor)
{
    std::vector<float> out(values);
    for (float& value : out) {
        value *= factor;
    }
    return out;
}

/// Collects gradients at any point between the all-zero features and the molecule's own.
class Explainer
{
public:
    Explainer(nn::Model& model, const nn::Batch& batch, const nn::GradientTarget& target)
        : m_model(model), m_full(batch), m_target(target), m_atoms(static_cast<std::size_t>(batch.nodes), 0.0),
          m_edges(static_cast<std::size_t>(batch.edges), 0.0)
    {
    }

    Result<double> addAt(float alpha, double share)
    {
        nn::Batch batch = m_full;
        if (alpha != 1) {
            batch.nodeFeatures = scaled(m_full.nodeFeatures, alpha);
            batch.edgeFeatures = scaled(m_full.edgeFeatures, alpha);
        }
        const auto gradients = m_model.inputGradients(batch, m_target);
        if (!gradients) {
            return tl::unexpected(gradients.error());
        }
        PAPILIO_TRY(addProducts(m_full.nodeFeatures, gradients->nodeFeatures, share, m_atoms));
        if (!gradients->edgeFeatures.empty()) {
            PAPILIO_TRY(addProducts(m_full.edgeFeatures, gradients->edgeFeatures, share, m_edges));
        }
        return gradients->output;
    }

    Attribution result(double output, double baseline) const
    {
        Attribution attribution;
        attribution.atoms = m_atoms;
        for (std::size_t e = 0; e + 1 < m_edges.size(); e += 2) {
            attribution.bonds.push_back(m_edges[e] + m_edges[e + 1]);
        }
        attribution.output = output;
        attribution.baseline = baseline;
        const double sum = std::accumulate(m_atoms.begin(), m_atoms.end(), 0.0) +
                           std::accumulate(m_edges.begin(), m_edges.end(), 0.0);
        attribution.sumGap = std::abs(sum - (output - baseline));
        return attribution;
    }

private:
    nn::Model& m_model;
    const nn::Batch& m_full;
    nn::GradientTarget m_target;
    std::vector<double> m_atoms, m_edges;
};

} // namespace

std::string_view methodName(Method method)
{
    return method == Method::GradientInput ? "gradient-input" : "integrated-gradients";
}

std::optional<Method> methodFromName(std::string_view name)
{
    for (const Method method : {Method::GradientInput, Method::IntegratedGradients}) {
        if (methodName(method) == name) {
            return method;
        }
    }
    return {};
}

Result<Attribution> attribute(nn::Model& model, const nn::MoleculeInput& molecule, const nn::GradientTarget& target,
                              Method method)
{
    PAPILIO_TRY(checkMolecule(molecule));
    const nn::Batch batch = nn::collate({&molecule, 1}, model.spec().architecture.inputs);
    PAPILIO_TRY(checkTarget(model.spec(), target, batch));
    Explainer explainer(model, batch, target);
    const bool integrated = method == Method::IntegratedGradients;
    const auto output = explainer.addAt(1, integrated ? 0 : 1);
    if (!output || !integrated) {
        return output.map([&](double value) { return explainer.result(value, 0); });
    }
    const auto baseline = explainer.addAt(0, 0);
    if (!baseline) {
        return tl::unexpected(baseline.error());
    }
    for (int step = 0; step < integrationSteps; ++step) {
        const float alpha = (static_cast<float>(step) + 0.5F) / integrationSteps; // midpoints
        if (const auto done = explainer.addAt(alpha, 1.0 / integrationSteps); !done) {
            return tl::unexpected(done.error());
        }
    }
    return explainer.result(*output, *baseline);
}

} // namespace papilio::explain
