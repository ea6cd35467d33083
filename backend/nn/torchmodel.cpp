// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/torchmodel.h"

#include <algorithm>
#include <cmath>
#include <thread>

#include "core/features.h"
#include "nn/adamstate.h"
#include "nn/checks.h"
#include "nn/losses.h"
#include "nn/network.h"
#include "nn/parameters.h"
#include "nn/shards.h"
#include "nn/workers.h"

namespace papilio::nn
{

namespace
{

constexpr std::int64_t atomsAShard = 512; // fits a core's cache, and is still enough for quick matrix products

/// LibTorch's own threads stay out: one a thread of ours. The setting belongs to the calling thread, so every entry
/// checks.
void keepTorchSingleThreaded()
{
    if (at::get_num_threads() != 1) {
        at::set_num_threads(1);
    }
}

Error torchError(const std::exception& exception)
{
    std::string text = exception.what();
    text = text.substr(0, text.find('\n')); // the rest is a stack trace
    if (dynamic_cast<const std::bad_alloc*>(&exception) || text.find("memory") != std::string::npos) {
        return {ErrorCode::Io, "the memory is not enough: " + text, "Use a smaller batch or a smaller network."};
    }
    return {ErrorCode::Internal, "LibTorch: " + text, ""};
}

/// One forward pass over one shard.
struct ShardRun {
    Pass pass;
    NetworkInput input;
    std::vector<Tensor> outputs;
};

class TorchModel final : public Model
{
public:
    TorchModel(const ModelSpec& spec, const ModelOptions& options, at::Device device, bool plain)
        : m_spec(spec), m_network(spec), m_device(device), m_plain(plain || !device.is_cpu()),
          m_parameters(listParameters(spec)), m_workers(m_plain ? 1 : options.threads)
    {
        std::int64_t count = 0;
        for (const Parameter& parameter : m_parameters) {
            count += parameter.count();
        }
        m_flat = at::zeros({count}, at::TensorOptions(at::kFloat).device(m_device));
        m_first = at::zeros_like(m_flat);
        m_second = at::zeros_like(m_flat);
        std::int64_t offset = 0;
        for (const Parameter& parameter : m_parameters) {
            m_leaves.push_back(m_flat.narrow(0, offset, parameter.count()).view(parameter.shape).detach());
            m_leaves.back().requires_grad_(true);
            offset += parameter.count();
        }
        fromTensors(initialWeights(spec, options.seed), "", m_flat);
    }

    const ModelSpec& spec() const override { return m_spec; }
    std::int64_t parameterCount() const override { return m_flat.numel(); }
    std::string deviceName() const override { return m_device.is_cpu() ? "cpu" : m_device.str(); }

    Result<StepResult> trainStep(const Batch& batch, const StepSettings& settings) override
    {
        return guarded<StepResult>(batch, [&] { return train(batch, settings); });
    }

    Result<Evaluation> evaluate(const Batch& batch) override
    {
        return guarded<Evaluation>(batch, [&]() -> Result<Evaluation> {
            Evaluation evaluation;
            evaluation.outputs = gather(forward(batch, false, 0));
            evaluation.losses = computeLosses(m_spec, views(evaluation.outputs), batch.labels, nullptr);
            return evaluation;
        });
    }

    Result<InputGradients> inputGradients(const Batch& batch, const GradientTarget& target) override
    {
        PAPILIO_TRY(checkBatch(batch, m_spec));
        PAPILIO_TRY(checkTarget(batch, m_spec, target));
        return guarded<InputGradients>(batch, [&] { return differentiate(batch, target); });
    }

    TensorMap weights() const override
    {
        TensorMap tensors;
        toTensors(m_flat, "", tensors);
        return tensors;
    }

    Result<> setWeights(const TensorMap& tensors) override
    {
        PAPILIO_TRY(checkTensors(weights(), tensors, "weights"));
        fromTensors(tensors, "", m_flat);
        return {};
    }

    TensorMap optimiserState() const override
    {
        TensorMap tensors;
        toTensors(m_first, "adam.m.", tensors);
        toTensors(m_second, "adam.v.", tensors);
        tensors["adam.step"] = stepToTensor(m_step);
        return tensors;
    }

    Result<> setOptimiserState(const TensorMap& tensors) override
    {
        PAPILIO_TRY(checkTensors(optimiserState(), tensors, "optimiser state"));
        const auto step = stepFromTensor(tensors.at("adam.step"));
        PAPILIO_TRY(step);
        m_step = *step;
        fromTensors(tensors, "adam.m.", m_first);
        fromTensors(tensors, "adam.v.", m_second);
        return {};
    }

private:
    template <typename T, typename Function> Result<T> guarded(const Batch& batch, Function function)
    {
        PAPILIO_TRY(checkBatch(batch, m_spec));
        try {
            keepTorchSingleThreaded();
            return function();
        } catch (const std::exception& exception) {
            return tl::unexpected<Error>(torchError(exception));
        }
    }

    static std::vector<std::span<const float>> views(const std::vector<std::vector<float>>& outputs)
    {
        return {outputs.begin(), outputs.end()};
    }

    /// Rows of a shard in an array of the batch, without a copy on the CPU. The batch outlives the pass.
    Tensor rows(const std::vector<float>& values, std::int64_t first, std::int64_t count, std::int64_t width) const
    {
        auto* start = const_cast<float*>(values.data()) + first * width; // never written to
        return at::from_blob(start, {count, width}, at::TensorOptions(at::kFloat)).to(m_device);
    }

    Tensor indices(const std::vector<std::int64_t>& values, std::int64_t first, std::int64_t count,
                   std::int64_t less) const
    {
        auto* start = const_cast<std::int64_t*>(values.data()) + first;
        return (at::from_blob(start, {count}, at::TensorOptions(at::kLong)) - less).to(m_device);
    }

    void fillInput(const Batch& batch, const std::vector<float>& vectors, ShardRun& run) const
    {
        const Shard& shard = *run.pass.shard;
        run.input.nodeFeatures = rows(batch.nodeFeatures, shard.firstNode, shard.nodes, atomFeatureCount);
        run.input.edgeFeatures = rows(batch.edgeFeatures, shard.firstEdge, shard.edges, bondFeatureCount);
        run.input.laplacianValues =
            rows(batch.laplacianValues, shard.firstNode, shard.nodes, Encodings::laplacianCount);
        run.input.laplacianVectors = rows(vectors, shard.firstNode, shard.nodes, Encodings::laplacianCount);
        run.input.walkReturns = rows(batch.walkReturns, shard.firstNode, shard.nodes, Encodings::walkCount);
        if (m_plain) {
            run.pass.senders = indices(batch.senders, shard.firstEdge, shard.edges, shard.firstNode);
            run.pass.receivers = indices(batch.receivers, shard.firstEdge, shard.edges, shard.firstNode);
            run.pass.graphOf = indices(batch.graphOf, shard.firstNode, shard.nodes, shard.firstGraph);
        }
    }

    std::vector<ShardRun> prepare(const Batch& batch, bool training, std::uint64_t seed)
    {
        m_shards = cutIntoShards(batch, m_plain ? 0 : atomsAShard);
        std::vector<ShardRun> runs(m_shards.size());
        for (std::size_t i = 0; i < runs.size(); ++i) {
            runs[i].pass.shard = &m_shards[i];
            runs[i].pass.plain = m_plain;
            runs[i].pass.training = training;
            runs[i].pass.seed = seed;
        }
        return runs;
    }

    std::vector<ShardRun> forward(const Batch& batch, bool training, std::uint64_t seed)
    {
        std::vector<ShardRun> runs = prepare(batch, training, seed);
        const bool flip = training && m_spec.architecture.randomSigns;
        if (flip) {
            m_vectors = randomSigns(batch, seed);
            for (std::size_t i = 0; i < m_vectors.size(); ++i) {
                m_vectors[i] *= batch.laplacianVectors[i];
            }
        }
        const auto& vectors = flip ? m_vectors : batch.laplacianVectors;
        m_workers.run(runs.size(), [&](std::size_t i) {
            keepTorchSingleThreaded();
            const at::AutoGradMode gradients(training);
            fillInput(batch, vectors, runs[i]);
            runs[i].outputs = m_network.forward(m_leaves, runs[i].input, runs[i].pass);
        });
        return runs;
    }

    /// Outputs of all shards, one array a head.
    std::vector<std::vector<float>> gather(const std::vector<ShardRun>& runs) const
    {
        std::vector<std::vector<float>> outputs(m_spec.heads.size());
        for (std::size_t h = 0; h < outputs.size(); ++h) {
            for (const ShardRun& run : runs) {
                const Tensor values = run.outputs[h].detach().to(at::kCPU).contiguous();
                const auto* start = values.data_ptr<float>();
                outputs[h].insert(outputs[h].end(), start, start + values.numel());
            }
        }
        return outputs;
    }

    /// d total / d weights of one shard, as one flat tensor in the weights' order.
    Tensor backward(const ShardRun& run, const std::vector<std::vector<float>>& slopes) const
    {
        std::vector<Tensor> incoming;
        for (std::size_t h = 0; h < m_spec.heads.size(); ++h) {
            const HeadSpec& head = m_spec.heads[h];
            incoming.push_back(
                rows(slopes[h], run.pass.shard->firstRow(head.level), run.outputs[h].size(0), head.outputWidth()));
        }
        auto gradients = torch::autograd::grad(run.outputs, m_leaves, incoming, /*retain_graph=*/false,
                                               /*create_graph=*/false, /*allow_unused=*/true);
        const at::NoGradGuard guard;
        for (std::size_t i = 0; i < gradients.size(); ++i) {
            gradients[i] = gradients[i].defined() ? gradients[i].reshape({-1})
                                                  : at::zeros({m_parameters[i].count()}, m_flat.options());
        }
        return at::cat(gradients);
    }

    Result<StepResult> train(const Batch& batch, const StepSettings& settings)
    {
        std::vector<ShardRun> runs = forward(batch, true, settings.seed);
        std::vector<std::vector<float>> slopes;
        StepResult result;
        const auto outputs = gather(runs);
        result.losses = computeLosses(m_spec, views(outputs), batch.labels, &slopes);
        if (!std::isfinite(result.losses.total)) {
            return notFinite(result.losses);
        }
        std::vector<Tensor> gradients(runs.size());
        m_workers.run(runs.size(), [&](std::size_t i) {
            keepTorchSingleThreaded();
            gradients[i] = backward(runs[i], slopes);
            runs[i] = {}; // its tensors go back to this thread's cache
        });
        const at::NoGradGuard guard;
        Tensor& gradient = gradients[0];
        for (std::size_t i = 1; i < gradients.size(); ++i) {
            gradient.add_(gradients[i]);
        }
        result.gradientNorm = gradient.to(at::kDouble).norm().item<double>();
        if (!std::isfinite(result.gradientNorm)) {
            return notFinite(result.losses);
        }
        step(gradient.mul_(clipFactor(result.gradientNorm, settings.clipNorm)), settings);
        return result;
    }

    tl::unexpected<Error> notFinite(const Losses& losses) const
    {
        std::string heads;
        for (std::size_t h = 0; h < losses.heads.size(); ++h) {
            if (!std::isfinite(losses.heads[h])) {
                heads += (heads.empty() ? " of " : ", ") + m_spec.heads[h].name;
            }
        }
        return fail(ErrorCode::BadInput, "the training loss" + heads + " is not finite.",
                    "Lower the learning rate, and look for extreme labels. The weights are those before this step.");
    }

    /// Adam.
    void step(Tensor& gradient, const StepSettings& settings)
    {
        ++m_step;
        if (settings.weightDecay != 0) {
            gradient.add_(m_flat, settings.weightDecay);
        }
        const double correction1 = 1 - std::pow(adamBeta1, static_cast<double>(m_step));
        const double correction2 = 1 - std::pow(adamBeta2, static_cast<double>(m_step));
        m_first.mul_(adamBeta1).add_(gradient, 1 - adamBeta1);
        m_second.mul_(adamBeta2).addcmul_(gradient, gradient, 1 - adamBeta2);
        const Tensor scale = m_second.sqrt().div_(std::sqrt(correction2)).add_(adamEpsilon);
        m_flat.addcdiv_(m_first, scale, -settings.learningRate / correction1);
    }

    Result<InputGradients> differentiate(const Batch& batch, const GradientTarget& target)
    {
        m_shards = cutIntoShards(batch, 0);
        ShardRun run;
        run.pass.shard = m_shards.data();
        run.pass.plain = m_plain;
        fillInput(batch, batch.laplacianVectors, run);
        std::vector<Tensor> inputs = {run.input.nodeFeatures.requires_grad_(true)};
        if (m_spec.architecture.usesBonds()) {
            inputs.push_back(run.input.edgeFeatures.requires_grad_(true));
        }
        // The weights are left out of the graph: their gradients are not asked for.
        std::vector<Tensor> weights;
        for (const Tensor& leaf : m_leaves) {
            weights.push_back(leaf.detach());
        }
        const HeadSpec& head = m_spec.heads[static_cast<std::size_t>(target.head)];
        const int classes = head.kind == TaskKind::Multiclass ? head.classes : 1;
        const Tensor column =
            m_network.forward(weights, run.input, run.pass)[static_cast<std::size_t>(target.head)].select(
                1, target.column * classes + target.classIndex);
        const Tensor output = target.row < 0 ? column.sum() : column.select(0, target.row);
        const auto gradients = torch::autograd::grad({output}, inputs, {}, false, false, true);

        InputGradients result;
        result.output = output.item<double>();
        result.nodeFeatures = toHost(gradients[0], batch.nodeFeatures.size());
        if (inputs.size() > 1) {
            result.edgeFeatures = toHost(gradients[1], batch.edgeFeatures.size());
        }
        return result;
    }

    static std::vector<float> toHost(const Tensor& tensor, std::size_t count)
    {
        if (!tensor.defined()) {
            return std::vector<float>(count, 0.0F);
        }
        const Tensor values = tensor.detach().to(at::kCPU).contiguous();
        const auto* start = values.data_ptr<float>();
        return {start, start + values.numel()};
    }

    void toTensors(const Tensor& flat, const std::string& prefix, TensorMap& tensors) const
    {
        const auto values = toHost(flat, 0);
        auto at = values.begin();
        for (const Parameter& parameter : m_parameters) {
            const auto end = at + parameter.count();
            tensors[prefix + parameter.name] = {parameter.shape, {at, end}};
            at = end;
        }
    }

    void fromTensors(const TensorMap& tensors, const std::string& prefix, Tensor& flat) const
    {
        std::vector<float> values;
        for (const Parameter& parameter : m_parameters) {
            const auto& part = tensors.at(prefix + parameter.name).values;
            values.insert(values.end(), part.begin(), part.end());
        }
        const at::NoGradGuard guard;
        const auto count = static_cast<std::int64_t>(values.size());
        flat.copy_(at::from_blob(values.data(), {count}, at::TensorOptions(at::kFloat)));
    }

    ModelSpec m_spec;
    Network m_network;
    at::Device m_device;
    bool m_plain;
    std::vector<Parameter> m_parameters;
    Workers m_workers;
    Tensor m_flat;                ///< all weights, one after the other
    std::vector<Tensor> m_leaves; ///< views of it that gradients are taken by
    Tensor m_first, m_second;     ///< Adam's moments
    std::int64_t m_step = 0;
    std::vector<Shard> m_shards;  ///< of the batch at work
    std::vector<float> m_vectors; ///< its eigenvectors with random signs
};

Result<at::Device> deviceOf(const std::string& name)
{
    if (name == "cpu") {
        return at::Device(at::kCPU);
    }
    const auto devices = availableDevices();
    const std::string full = name == "cuda" ? "cuda:0" : name;
    if (std::find(devices.begin(), devices.end(), full) == devices.end()) {
        std::string known;
        for (const std::string& device : devices) {
            known += (known.empty() ? "" : ", ") + device;
        }
        return fail(ErrorCode::Unsupported, "the device '" + name + "' is not available.",
                    "This build of LibTorch (" + torchVersion() + ") sees on this machine: " + known + ".");
    }
    return at::Device(full);
}

Result<std::unique_ptr<Model>> create(const ModelSpec& spec, ModelOptions options, bool plain)
{
    PAPILIO_TRY(checkSpec(spec));
    const auto device = deviceOf(options.device);
    if (!device) {
        return tl::unexpected<Error>(device.error());
    }
    if (options.threads < 1) {
        options.threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    }
    try {
        keepTorchSingleThreaded();
        return std::make_unique<TorchModel>(spec, options, *device, plain);
    } catch (const std::exception& exception) {
        return tl::unexpected<Error>(torchError(exception));
    }
}

} // namespace

Result<std::unique_ptr<Model>> createTorchModel(const ModelSpec& spec, const ModelOptions& options)
{
    return create(spec, options, false);
}

Result<std::unique_ptr<Model>> createPlainTorchModel(const ModelSpec& spec, const ModelOptions& options)
{
    return create(spec, options, true);
}

std::string torchVersion()
{
    return TORCH_VERSION;
}

std::vector<std::string> availableDevices()
{
    std::vector<std::string> devices = {"cpu"};
    if (at::hasCUDA()) {
        const auto count = at::detail::getCUDAHooks().getNumGPUs();
        for (int i = 0; i < count; ++i) {
            devices.push_back("cuda:" + std::to_string(i));
        }
    }
    return devices;
}

} // namespace papilio::nn
