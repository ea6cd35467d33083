// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/fakemodel.h"

#include <cmath>

#include "core/features.h"
#include "core/random.h"
#include "nn/adamstate.h"
#include "nn/checks.h"
#include "nn/losses.h"

namespace papilio::nn
{

namespace
{

constexpr double dropShare = 0.05;

/// Atoms and bonds of one batch that one output row is the sum of, by weight of each row: visits (row, feature row).
template <typename Atom, typename Bond> void visit(const Batch& batch, Level level, Atom atom, Bond bond)
{
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
    std::vector<float> atoms = std::vector<float>(atomFeatureCount, 1.0F);
    std::vector<float> bonds = std::vector<float>(bondFeatureCount, 1.0F);

    static Kept drawn(std::uint64_t seed)
    {
        Kept kept;
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
    FakeModel(ModelSpec spec, const ModelOptions& options) : m_spec(std::move(spec))
    {
        Random random(mixSeed(options.seed, 0x696e6974));
        for (const HeadSpec& head : m_spec.heads) {
            const std::int64_t width = head.outputWidth();
            add("heads." + head.name + ".atoms", {width, atomFeatureCount}, &random);
            if (m_spec.architecture.usesBonds()) {
                add("heads." + head.name + ".bonds", {width, bondFeatureCount}, &random);
            }
            add("heads." + head.name + ".bias", {width}, nullptr);
        }
        m_adam.reset(m_weights);
    }

    const ModelSpec& spec() const override { return m_spec; }
    std::string deviceName() const override { return "cpu"; }
    TensorMap weights() const override { return m_weights; }
    TensorMap optimiserState() const override { return m_adam.toTensors(); }

    std::int64_t parameterCount() const override
    {
        std::int64_t count = 0;
        for (const auto& [name, tensor] : m_weights) {
            count += static_cast<std::int64_t>(tensor.values.size());
        }
        return count;
    }

    Result<> setWeights(const TensorMap& tensors) override
    {
        PAPILIO_TRY(checkTensors(m_weights, tensors, "weights"));
        m_weights = tensors;
        return {};
    }

    Result<> setOptimiserState(const TensorMap& tensors) override
    {
        PAPILIO_TRY(checkTensors(m_adam.toTensors(), tensors, "optimiser state"));
        return m_adam.fromTensors(tensors);
    }

    Result<Evaluation> evaluate(const Batch& batch) override
    {
        PAPILIO_TRY(checkBatch(batch, m_spec));
        Evaluation evaluation;
        evaluation.outputs = forward(batch, Kept());
        evaluation.losses = computeLosses(m_spec, views(evaluation.outputs), batch.labels, nullptr);
        return evaluation;
    }

    Result<StepResult> trainStep(const Batch& batch, const StepSettings& settings) override
    {
        PAPILIO_TRY(checkBatch(batch, m_spec));
        const Kept kept = Kept::drawn(settings.seed);
        std::vector<std::vector<float>> slopes;
        StepResult result;
        result.losses = computeLosses(m_spec, views(forward(batch, kept)), batch.labels, &slopes);
        TensorMap gradients = backward(batch, kept, slopes);
        result.gradientNorm = norm(gradients);
        if (!std::isfinite(result.losses.total) || !std::isfinite(result.gradientNorm)) {
            return fail(ErrorCode::BadInput, "the training loss is not finite.",
                        "Lower the learning rate, and look for extreme labels.");
        }
        m_adam.step(m_weights, gradients, settings, result.gradientNorm);
        return result;
    }

    Result<InputGradients> inputGradients(const Batch& batch, const GradientTarget& target) override
    {
        PAPILIO_TRY(checkBatch(batch, m_spec));
        PAPILIO_TRY(checkTarget(batch, m_spec, target));
        const HeadSpec& head = m_spec.heads[static_cast<std::size_t>(target.head)];
        const int classes = head.kind == TaskKind::Multiclass ? head.classes : 1;
        const auto column = static_cast<std::size_t>(target.column * classes + target.classIndex);
        const auto width = static_cast<std::size_t>(head.outputWidth());
        const auto outputs = forward(batch, Kept())[static_cast<std::size_t>(target.head)];

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
        const auto atom = scatter("heads." + head.name + ".atoms", atomFeatureCount, gradients.nodeFeatures);
        if (!m_spec.architecture.usesBonds()) {
            visit(batch, head.level, atom, [](std::int64_t, std::int64_t) {});
            return gradients;
        }
        gradients.edgeFeatures.assign(batch.edgeFeatures.size(), 0.0F);
        visit(batch, head.level, atom,
              scatter("heads." + head.name + ".bonds", bondFeatureCount, gradients.edgeFeatures));
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
            if (m_spec.architecture.usesBonds()) {
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

    TensorMap backward(const Batch& batch, const Kept& kept, const std::vector<std::vector<float>>& slopes) const
    {
        TensorMap gradients = m_weights;
        for (auto& [name, tensor] : gradients) {
            std::fill(tensor.values.begin(), tensor.values.end(), 0.0F);
        }
        for (std::size_t h = 0; h < m_spec.heads.size(); ++h) {
            const HeadSpec& head = m_spec.heads[h];
            auto& bias = gradients.at("heads." + head.name + ".bias").values;
            for (std::size_t i = 0; i < slopes[h].size(); ++i) {
                bias[i % bias.size()] += slopes[h][i];
            }
            const auto atom = collector(gradients.at("heads." + head.name + ".atoms").values, batch.nodeFeatures,
                                        kept.atoms, slopes[h]);
            if (m_spec.architecture.usesBonds()) {
                visit(batch, head.level, atom,
                      collector(gradients.at("heads." + head.name + ".bonds").values, batch.edgeFeatures, kept.bonds,
                                slopes[h]));
            } else {
                visit(batch, head.level, atom, [](std::int64_t, std::int64_t) {});
            }
        }
        return gradients;
    }

    ModelSpec m_spec;
    TensorMap m_weights;
    AdamState m_adam;
};

} // namespace

Result<std::unique_ptr<Model>> createFakeModel(const ModelSpec& spec, const ModelOptions& options)
{
    PAPILIO_TRY(checkSpec(spec));
    if (options.device != "cpu") {
        return fail(ErrorCode::Unsupported, "the device '" + options.device + "' is not available.", "Use the CPU.");
    }
    return std::make_unique<FakeModel>(spec, options);
}

} // namespace papilio::nn
