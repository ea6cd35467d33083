// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/fakemodel.h"

#include <algorithm>
#include <cmath>

#include "core/features.h"
#include "core/random.h"
#include "nn/adamstate.h"
#include "nn/checks.h"
#include "nn/losses.h"
#include "nn/names.h"
#include "nn/parts.h"

namespace papilio::nn
{

namespace
{

constexpr double dropShare = 0.05;

/// Visits the two atoms of every pair i < j.
template <typename Atom> void visitPairs(const Batch& batch, Atom atom)
{
    std::int64_t row = 0;
    for (std::size_t g = 0; g < static_cast<std::size_t>(batch.graphs); ++g) {
        for (std::int64_t i = batch.nodeStart[g]; i < batch.nodeStart[g + 1]; ++i) {
            for (std::int64_t j = i + 1; j < batch.nodeStart[g + 1]; ++j, ++row) {
                atom(row, i);
                atom(row, j);
            }
        }
    }
}

/// Atoms and bonds of one batch that one output row is the sum of, by weight of each row: visits (row, feature row).
template <typename Atom, typename Bond> void visit(const Batch& batch, Level level, Atom atom, Bond bond)
{
    if (level == Level::NodePair) {
        visitPairs(batch, atom);
        return;
    }
    if (level != Level::Edge) {
        for (std::int64_t i = 0; i < batch.nodes; ++i) {
            atom(level == Level::Node ? i : batch.graphOf[static_cast<std::size_t>(i)], i);
        }
    }
    for (std::int64_t e = 0; e < batch.edges; ++e) {
        const std::int64_t sender = batch.senders[static_cast<std::size_t>(e)];
        const std::int64_t receiver = batch.receivers[static_cast<std::size_t>(e)];
        if (level == Level::Edge) {
            atom(e, sender);
            atom(e, receiver);
        }
        bond(level == Level::Edge   ? e
             : level == Level::Node ? receiver
                                    : batch.graphOf[static_cast<std::size_t>(receiver)],
             e);
    }
}

/// Which feature columns a training step sees.
struct Kept {
    std::vector<float> atoms, bonds;

    explicit Kept(const FeatureSet& set)
        : atoms(static_cast<std::size_t>(atomWidth(set)), 1.0F), bonds(static_cast<std::size_t>(bondWidth(set)), 1.0F)
    {
    }

    static Kept drawn(const FeatureSet& set, std::uint64_t seed)
    {
        Kept kept(set);
        Random random(mixSeed(seed, 0x66616b65));
        for (auto* columns : {&kept.atoms, &kept.bonds}) {
            for (float& column : *columns) {
                column = random.uniform() < dropShare ? 0.0F : 1.0F;
            }
        }
        return kept;
    }
};

class FakeModel final : public Model
{
public:
    FakeModel(ModelSpec spec, const ModelOptions& options)
        : m_spec(std::move(spec)), m_all(m_spec.architecture.inputs), m_bonds(m_spec.architecture.usesBonds())
    {
        Random random(mixSeed(options.seed, 0x696e6974));
        for (const HeadSpec& head : m_spec.heads) {
            const std::int64_t width = head.outputWidth();
            add("heads." + head.name + ".atoms", {width, static_cast<std::int64_t>(m_all.atoms.size())}, &random);
            if (m_bonds) {
                add("heads." + head.name + ".bonds", {width, static_cast<std::int64_t>(m_all.bonds.size())}, &random);
            }
            add("heads." + head.name + ".bias", {width}, nullptr);
        }
        if (m_spec.architecture.lossBalance == LossBalance::Uncertainty) {
            add(std::string(logVarianceName), {static_cast<std::int64_t>(m_spec.heads.size())}, nullptr);
        }
        m_adam.reset(m_weights);
    }

    const ModelSpec& spec() const override { return m_spec; }
    std::string deviceName() const override { return "cpu"; }
    TensorMap weights() const override { return m_weights; }
    TensorMap averagedWeights() const override { return m_adam.average(); }
    TensorMap optimiserState() const override { return m_adam.toTensors(); }
    std::vector<std::int64_t> culprits() const override { return m_culprits; }

    std::int64_t parameterCount() const override
    {
        std::int64_t count = 0;
        for (const auto& [name, tensor] : m_weights) {
            count += name == logVarianceName ? 0 : static_cast<std::int64_t>(tensor.values.size());
        }
        return count;
    }

    Result<> setWeights(const TensorMap& tensors) override
    {
        PAPILIO_TRY(checkTensors(m_weights, tensors, "weights"));
        m_weights = tensors;
        return {};
    }

    Result<> setOptimiserState(const TensorMap& tensors) override { return m_adam.fromTensors(tensors); }

    Result<Evaluation> evaluate(const Batch& batch) override
    {
        PAPILIO_TRY(checkBatch(batch, m_spec));
        Evaluation evaluation;
        evaluation.outputs = forward(batch, m_all);
        StepLoss loss(m_spec, logVariances());
        loss.addLabels(batch.labels);
        loss.addOutputs(views(evaluation.outputs), batch.labels);
        evaluation.losses = loss.losses();
        return evaluation;
    }

    Result<StepResult> trainStep(std::span<const Batch> parts, const StepSettings& settings) override
    {
        m_culprits.clear();
        StepLoss loss(m_spec, logVariances());
        for (const Batch& part : parts) {
            PAPILIO_TRY(checkBatch(part, m_spec));
            loss.addLabels(part.labels);
        }
        const Kept kept = Kept::drawn(m_spec.architecture.inputs, settings.seed);
        TensorMap gradients = m_weights;
        for (auto& [name, tensor] : gradients) {
            std::fill(tensor.values.begin(), tensor.values.end(), 0.0F);
        }
        std::vector<std::vector<std::vector<float>>> outputs;
        for (const Batch& part : parts) {
            outputs.push_back(forward(part, kept));
            addGradients(part, kept, loss.addAndDifferentiate(views(outputs.back()), part.labels), gradients);
        }
        if (!logVariances().empty()) {
            gradients.at(std::string(logVarianceName)).values = loss.logVarianceSlopes();
        }
        StepResult result;
        result.losses = loss.losses();
        result.gradientNorm = norm(gradients);
        if (!std::isfinite(result.losses.total) || !std::isfinite(result.gradientNorm)) {
            m_culprits = findCulprits(m_spec, parts, outputs);
            return notFinite(m_spec, result.losses, m_culprits);
        }
        m_adam.step(m_weights, gradients, settings, result.gradientNorm);
        return result;
    }
    using Model::trainStep;

    std::vector<std::string> intermediateNames() const override
    {
        std::vector<std::string> names = {"gnn.0.out", "pool"};
        for (const HeadSpec& head : m_spec.heads) {
            names.push_back("head." + head.name + ".0");
        }
        return names;
    }

    Result<std::map<std::string, Intermediate>> intermediates(const Batch& batch,
                                                              std::span<const std::string> names) override
    {
        PAPILIO_TRY(checkBatch(batch, m_spec));
        const auto known = intermediateNames();
        std::map<std::string, Intermediate> found;
        for (const std::string& name : names) {
            const auto place = std::find(known.begin(), known.end(), name);
            if (place == known.end()) {
                return unknownKey("layers", name, known);
            }
            const auto number = static_cast<std::size_t>(place - known.begin());
            found[name] = number == 0 ? atoms(batch) : number == 1 ? pool(batch) : headOutput(batch, number - 2);
        }
        return found;
    }

    Result<InputGradients> inputGradients(const Batch& batch, const GradientTarget& target) override
    {
        PAPILIO_TRY(checkBatch(batch, m_spec));
        PAPILIO_TRY(checkTarget(batch, m_spec, target));
        const HeadSpec& head = m_spec.heads[static_cast<std::size_t>(target.head)];
        const int classes = head.kind == TaskKind::Multiclass ? head.classes : 1;
        const auto column = static_cast<std::size_t>(target.column * classes + target.classIndex);
        const auto width = static_cast<std::size_t>(head.outputWidth());
        const auto outputs = forward(batch, m_all)[static_cast<std::size_t>(target.head)];

        const auto wanted = [&](std::int64_t row) { return target.row < 0 || row == target.row; };
        InputGradients gradients;
        for (std::size_t row = 0; row < outputs.size() / width; ++row) {
            gradients.output += wanted(static_cast<std::int64_t>(row)) ? outputs[row * width + column] : 0;
        }
        gradients.nodeFeatures.assign(batch.nodeFeatures.size(), 0.0F);
        const auto scatter = [&](const std::string& name, std::size_t features, std::vector<float>& to) {
            const float* weights = m_weights.at(name).values.data() + column * features;
            return [&, weights, features](std::int64_t row, std::int64_t from) {
                for (std::size_t f = 0; wanted(row) && f < features; ++f) {
                    to[static_cast<std::size_t>(from) * features + f] += weights[f];
                }
            };
        };
        const auto atom = scatter("heads." + head.name + ".atoms", m_all.atoms.size(), gradients.nodeFeatures);
        if (!m_bonds) {
            visit(batch, head.level, atom, [](std::int64_t, std::int64_t) {});
            return gradients;
        }
        gradients.edgeFeatures.assign(batch.edgeFeatures.size(), 0.0F);
        visit(batch, head.level, atom,
              scatter("heads." + head.name + ".bonds", m_all.bonds.size(), gradients.edgeFeatures));
        return gradients;
    }

private:
    void add(const std::string& name, std::vector<std::int64_t> shape, Random* random)
    {
        std::size_t count = 1;
        for (const std::int64_t size : shape) {
            count *= static_cast<std::size_t>(size);
        }
        HostTensor tensor{std::move(shape), std::vector<float>(count, 0.0F)};
        for (float& value : tensor.values) {
            value = random ? static_cast<float>(0.2 * random->uniform() - 0.1) : 0.0F;
        }
        m_weights[name] = std::move(tensor);
    }

    static std::vector<std::span<const float>> views(const std::vector<std::vector<float>>& outputs)
    {
        return {outputs.begin(), outputs.end()};
    }

    static double norm(const TensorMap& gradients)
    {
        double sum = 0;
        for (const auto& [name, tensor] : gradients) {
            for (const float value : tensor.values) {
                sum += static_cast<double>(value) * value;
            }
        }
        return std::sqrt(sum);
    }

    /// Adds weights × features[from] to outputs[row], for all outputs of a head.
    static auto accumulator(const std::vector<float>& weights, const std::vector<float>& features,
                            const std::vector<float>& kept, std::vector<float>& outputs)
    {
        return [&](std::int64_t row, std::int64_t from) {
            const std::size_t width = weights.size() / kept.size();
            const float* x = features.data() + static_cast<std::size_t>(from) * kept.size();
            float* out = outputs.data() + static_cast<std::size_t>(row) * width;
            for (std::size_t o = 0; o < width; ++o) {
                for (std::size_t f = 0; f < kept.size(); ++f) {
                    out[o] += weights[o * kept.size() + f] * x[f] * kept[f];
                }
            }
        };
    }

    /// The transposed of accumulator: adds slopes[row] × features[from] to the weights' gradient.
    static auto collector(std::vector<float>& gradient, const std::vector<float>& features,
                          const std::vector<float>& kept, const std::vector<float>& slopes)
    {
        return [&](std::int64_t row, std::int64_t from) {
            const std::size_t width = gradient.size() / kept.size();
            const float* x = features.data() + static_cast<std::size_t>(from) * kept.size();
            const float* slope = slopes.data() + static_cast<std::size_t>(row) * width;
            for (std::size_t o = 0; o < width; ++o) {
                for (std::size_t f = 0; slope[o] != 0 && f < kept.size(); ++f) {
                    gradient[o * kept.size() + f] += slope[o] * x[f] * kept[f];
                }
            }
        };
    }

    std::vector<std::vector<float>> forward(const Batch& batch, const Kept& kept) const
    {
        std::vector<std::vector<float>> outputs;
        for (const HeadSpec& head : m_spec.heads) {
            const auto& bias = m_weights.at("heads." + head.name + ".bias").values;
            std::vector<float> out;
            for (std::int64_t row = 0; row < batch.rows(head.level); ++row) {
                out.insert(out.end(), bias.begin(), bias.end());
            }
            const auto atom =
                accumulator(m_weights.at("heads." + head.name + ".atoms").values, batch.nodeFeatures, kept.atoms, out);
            if (m_bonds) {
                visit(batch, head.level, atom,
                      accumulator(m_weights.at("heads." + head.name + ".bonds").values, batch.edgeFeatures, kept.bonds,
                                  out));
            } else {
                visit(batch, head.level, atom, [](std::int64_t, std::int64_t) {});
            }
            outputs.push_back(std::move(out));
        }
        return outputs;
    }

    void addGradients(const Batch& batch, const Kept& kept, const std::vector<std::vector<float>>& slopes,
                      TensorMap& gradients) const
    {
        for (std::size_t h = 0; h < m_spec.heads.size(); ++h) {
            const HeadSpec& head = m_spec.heads[h];
            auto& bias = gradients.at("heads." + head.name + ".bias").values;
            for (std::size_t i = 0; i < slopes[h].size(); ++i) {
                bias[i % bias.size()] += slopes[h][i];
            }
            const auto atom = collector(gradients.at("heads." + head.name + ".atoms").values, batch.nodeFeatures,
                                        kept.atoms, slopes[h]);
            if (m_bonds) {
                visit(batch, head.level, atom,
                      collector(gradients.at("heads." + head.name + ".bonds").values, batch.edgeFeatures, kept.bonds,
                                slopes[h]));
            } else {
                visit(batch, head.level, atom, [](std::int64_t, std::int64_t) {});
            }
        }
    }

    Intermediate atoms(const Batch& batch) const
    {
        return {Level::Node, {{batch.nodes, static_cast<std::int64_t>(m_all.atoms.size())}, batch.nodeFeatures}};
    }

    Intermediate pool(const Batch& batch) const
    {
        const std::size_t width = m_all.atoms.size();
        std::vector<float> sums(static_cast<std::size_t>(batch.graphs) * width, 0.0F);
        for (std::size_t i = 0; i < batch.nodeFeatures.size(); ++i) {
            sums[static_cast<std::size_t>(batch.graphOf[i / width]) * width + i % width] += batch.nodeFeatures[i];
        }
        return {Level::Graph, {{batch.graphs, static_cast<std::int64_t>(width)}, std::move(sums)}};
    }

    Intermediate headOutput(const Batch& batch, std::size_t number) const
    {
        const HeadSpec& head = m_spec.heads[number];
        return {head.level, {{batch.rows(head.level), head.outputWidth()}, forward(batch, m_all)[number]}};
    }

    std::span<const float> logVariances() const
    {
        const auto found = m_weights.find(std::string(logVarianceName));
        return found == m_weights.end() ? std::span<const float>() : std::span<const float>(found->second.values);
    }

    ModelSpec m_spec;
    Kept m_all; ///< of a pass that drops nothing
    bool m_bonds;
    TensorMap m_weights;
    AdamState m_adam;
    std::vector<std::int64_t> m_culprits;
};

} // namespace

Result<std::unique_ptr<Model>> createFakeModel(const ModelSpec& spec, const ModelOptions& options)
{
    PAPILIO_TRY(checkSpec(spec));
    if (options.device != "cpu") {
        return fail(ErrorCode::Unsupported, "the device '" + options.device + "' is not available.", "Use the CPU.");
    }
    if (options.precision != Precision::Float32) {
        return fail(ErrorCode::Unsupported, "half precision is not available.", "Use single precision.");
    }
    return std::make_unique<FakeModel>(spec, options);
}

} // namespace papilio::nn
