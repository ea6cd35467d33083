// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/torchmodel.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <utility>

#include <c10/core/impl/VirtualGuardImpl.h>

#include "nn/adamstate.h"
#include "nn/checks.h"
#include "nn/collective.h"
#include "nn/devices.h"
#include "nn/devicestep.h"
#include "nn/losses.h"
#include "nn/names.h"
#include "nn/optimiser.h"
#include "nn/parts.h"
#include "nn/passes.h"
#include "nn/precision.h"
#include "nn/sharing.h"
#include "nn/updatekernels.h"

namespace papilio::nn
{

namespace
{

constexpr double batchNormMomentum = 0.1;
constexpr const char* passesName = "passes";

Error torchError(const std::exception& exception)
{
    if (dynamic_cast<const ProcessLost*>(&exception)) {
        return {ErrorCode::Io, exception.what(), "Start the processes again with 'resume'."};
    }
    std::string text = exception.what();
    text = text.substr(0, text.find('\n')); // the rest is a stack trace
    if (dynamic_cast<const std::bad_alloc*>(&exception) || text.find("memory") != std::string::npos) {
        return {ErrorCode::Io, "the memory is not enough: " + text, "Use a smaller batch or a smaller network."};
    }
    return {ErrorCode::Internal, "LibTorch: " + text, ""};
}

std::vector<std::span<const float>> views(const std::vector<std::vector<float>>& outputs)
{
    return {outputs.begin(), outputs.end()};
}

class TorchModel final : public Model
{
public:
    TorchModel(const ModelSpec& spec, const ModelOptions& options, const at::Device& device, bool plain)
        : m_spec(spec), m_processes(dynamic_cast<TensorProcesses*>(options.processes)), m_network(m_spec),
          m_store(listParameters(m_spec), device),
          m_optimiser(m_store, options.precision == Precision::Float16), m_workers(plain ? 1 : options.threads),
          m_runner(m_spec, m_network, m_store, m_workers, plain, options.precision)
    {
        m_store.fromTensors(initialWeights(m_spec, options.seed));
        if (device.is_cuda()) {
            m_stream = c10::impl::VirtualGuardImpl(device.type()).getStreamFromGlobalPool(device);
        }
    }

    const ModelSpec& spec() const override { return m_spec; }
    std::int64_t parameterCount() const override { return m_store.counted(); }
    std::int64_t trainingPiece() const override { return m_runner.pieceSize(true); }
    std::string deviceName() const override { return m_store.device().is_cpu() ? "cpu" : m_store.device().str(); }
    std::vector<std::int64_t> culprits() const override { return m_culprits; }
    std::vector<std::string> intermediateNames() const override { return m_network.intermediateNames(); }

    void stage(Batch& batch) const override
    {
        if (m_store.device().is_cpu() || !checkBatch(batch, m_spec)) {
            return; // a fault is told when the batch's turn comes
        }
        try {
            batch.staged =
                std::make_shared<const DeviceBatch>(batch, m_spec, m_store.device(), m_stream ? &*m_stream : nullptr);
        } catch (const std::exception&) { // no memory for a batch ahead
            batch.staged.reset();
        }
    }

    Result<StepResult> trainStep(std::span<const Batch> parts, const StepSettings& settings) override
    {
        m_culprits.clear();
        return guarded<StepResult>(parts, [&] { return train(parts, settings); });
    }
    using Model::trainStep;

    Result<Evaluation> evaluate(const Batch& batch) override
    {
        return guarded<Evaluation>({&batch, 1}, [&]() -> Result<Evaluation> {
            Evaluation evaluation;
            evaluation.outputs = m_runner.outputs(m_runner.forward(batch, {}));
            const std::vector<float> logVariances = learntWeights();
            StepLoss loss(m_spec, logVariances);
            loss.addLabels(batch.labels);
            loss.addOutputs(views(evaluation.outputs), batch.labels);
            evaluation.losses = loss.losses();
            return evaluation;
        });
    }

    Result<InputGradients> inputGradients(const Batch& batch, const GradientTarget& target) override
    {
        PAPILIO_TRY(checkBatch(batch, m_spec));
        PAPILIO_TRY(checkTarget(batch, m_spec, target));
        return guarded<InputGradients>(
            {&batch, 1}, [&]() -> Result<InputGradients> { return m_runner.inputGradients(batch, target); });
    }

    Result<std::map<std::string, Intermediate>> intermediates(const Batch& batch,
                                                              std::span<const std::string> names) override
    {
        using Tensors = std::map<std::string, Intermediate>;
        const std::vector<std::string> known = intermediateNames();
        for (const std::string& name : names) {
            if (std::find(known.begin(), known.end(), name) == known.end()) {
                return unknownKey("layers", name, known);
            }
        }
        return guarded<Tensors>({&batch, 1}, [&]() -> Result<Tensors> {
            PassSettings settings;
            settings.recorded = names;
            return m_runner.recorded(m_runner.forward(batch, settings), names);
        });
    }

    TensorMap weights() const override { return m_store.toTensors(m_store.flat()); }

    Result<> setWeights(const TensorMap& tensors) override
    {
        PAPILIO_TRY(checkTensors(weights(), tensors, "weights"));
        m_store.fromTensors(tensors);
        return {};
    }

    TensorMap averagedWeights() const override
    {
        return m_optimiser.average().defined() ? m_store.toTensors(m_optimiser.average()) : TensorMap();
    }

    TensorMap optimiserState() const override
    {
        TensorMap tensors = m_optimiser.toTensors();
        if (countsPasses()) {
            tensors[passesName] = stepToTensor(static_cast<std::int64_t>(m_runner.passes()));
        }
        return tensors;
    }

    Result<> setOptimiserState(const TensorMap& tensors) override
    {
        TensorMap rest = tensors;
        const auto passes = rest.extract(passesName);
        PAPILIO_TRY(m_optimiser.fromTensors(rest));
        if (!passes.empty()) {
            const auto count = stepFromTensor(passes.mapped());
            PAPILIO_TRY(count);
            m_runner.setPasses(static_cast<std::uint64_t>(*count));
        }
        return {};
    }

private:
    template <typename T, typename Function> Result<T> guarded(std::span<const Batch> parts, Function function)
    {
        for (const Batch& part : parts) {
            if (!stagedBatch(part, m_spec, m_store.device())) { // else it was looked at then
                PAPILIO_TRY(checkBatch(part, m_spec));
            }
        }
        try {
            keepTorchSingleThreaded();
            return function();
        } catch (const std::exception& exception) {
            return tl::unexpected<Error>(torchError(exception));
        }
    }

    /// What the next pass computes depends on those before it.
    bool countsPasses() const
    {
        const Architecture& a = m_spec.architecture;
        return a.quirks.residualCounter && a.gnn.residual == Residual::Weighted;
    }

    std::vector<float> learntWeights() const
    {
        const Tensor logVariances = m_store.logVariances(m_store.flat());
        return logVariances.defined() ? toHost(logVariances) : std::vector<float>();
    }

    /// What a step is computed from.
    struct Step {
        std::span<const Batch> parts;
        std::vector<RowCounts> before; ///< rows that come before each part
        std::vector<std::vector<std::vector<float>>> outputs; ///< by part and head
    };

    /// 'loss' knows the labels of these parts already.
    Result<Step> begin(std::span<const Batch> parts, StepLoss& loss)
    {
        Step step{parts, rowsBefore(parts), {}};
        if (m_processes != nullptr) {
            auto shared = shareLabels(*m_processes, parts, loss);
            PAPILIO_TRY(shared);
            step.before = std::move(*shared);
        }
        return step;
    }

    Result<StepResult> train(std::span<const Batch> parts, const StepSettings& settings)
    {
        if (parts.empty()) {
            return fail(ErrorCode::Internal, "a training step needs at least one batch.");
        }
        const std::vector<float> logVariances = learntWeights();
        StepLoss loss(m_spec, logVariances);
        if (!m_store.device().is_cpu()) {
            return trainOnDevice(parts, settings, loss);
        }
        for (const Batch& part : parts) {
            loss.addLabels(part.labels);
        }
        auto step = begin(parts, loss);
        PAPILIO_TRY(step);
        PassSettings pass{true, settings.seed, {}, {}, m_processes};
        std::vector<BatchStatistics> statistics;
        Tensor gradient;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const Batch& part = parts[i];
            pass.before = step->before[i];
            const std::vector<double> lossBefore = loss.lossSums();
            Differentiated more = m_runner.differentiate(part, pass, loss, m_optimiser.scale().value());
            step->outputs.push_back(std::move(more.outputs));
            if (m_processes != nullptr) {
                PAPILIO_TRY(shareLosses(*m_processes, lossBefore, loss));
            }
            if (!std::isfinite(loss.losses().total)) {
                return blame(*step, loss.losses());
            }
            std::move(more.statistics.begin(), more.statistics.end(), std::back_inserter(statistics));
            gradient = gradient.defined() ? gradient.add_(more.gradient) : more.gradient;
        }
        if (m_processes != nullptr) {
            m_processes->sumTensor(gradient);
        }
        auto [rounded, norm] = roundedSums(gradient);
        return finish(*step, loss, rounded, norm, statistics, settings);
    }

    /// The gradient in single precision, and its norm.
    std::pair<Tensor, double> roundedSums(const Tensor& summed)
    {
        Tensor gradient = at::empty({summed.numel()}, at::TensorOptions(at::kFloat));
        std::vector<double> squares(Workers::blocksOf(summed.numel()));
        const auto* const from = summed.data_ptr<double>();
        auto* const to = gradient.data_ptr<float>();
        m_workers.runBlocks(summed.numel(), [&](std::int64_t first, std::int64_t end) {
            squares[static_cast<std::size_t>(first / Workers::blockSize)] =
                kernels::roundSums(end - first, from + first, to + first);
        });
        return {gradient, std::sqrt(std::accumulate(squares.begin(), squares.end(), 0.0))};
    }

    /// The same on a GPU.
    Result<StepResult> trainOnDevice(std::span<const Batch> parts, const StepSettings& settings, StepLoss& loss)
    {
        DeviceStep work(m_spec, m_store.device(), parts, loss);
        auto step = begin(parts, loss);
        PAPILIO_TRY(step);
        PassSettings pass{true, settings.seed, {}, {}, m_processes};
        for (std::size_t i = 0; i < parts.size(); ++i) {
            pass.before = step->before[i];
            work.run(m_runner, parts[i], pass, loss, m_optimiser.scale().value());
        }
        if (m_processes != nullptr) {
            m_processes->sumTensor(work.gradient());
        }
        Tensor gradient = unscaled(work.gradient());
        const double norm = work.read(gradient, loss);
        if (m_processes != nullptr) {
            PAPILIO_TRY(shareLosses(*m_processes, std::vector<double>(m_spec.heads.size(), 0.0), loss));
        }
        const bool finite = std::isfinite(loss.losses().total);
        if (!finite || !std::isfinite(norm)) {
            step->outputs = work.outputs();
        }
        return finite ? finish(*step, loss, gradient, norm, work.statistics(), settings) : blame(*step, loss.losses());
    }

    /// The same on a GPU, without the factor of half precision.
    Tensor unscaled(const Tensor& summed)
    {
        const at::NoGradGuard guard;
        Tensor gradient = summed.to(at::kFloat);
        return m_optimiser.scale().used() ? gradient.mul_(1 / m_optimiser.scale().value()) : gradient;
    }

    /// From the summed gradient, of that norm, to the new weights.
    Result<StepResult> finish(const Step& step, const StepLoss& loss, Tensor& gradient, double norm,
                              const std::vector<BatchStatistics>& statistics, const StepSettings& settings)
    {
        const at::NoGradGuard guard;
        GradientScale& scale = m_optimiser.scale();
        StepResult result;
        result.losses = loss.losses();
        result.gradientNorm = norm;
        const std::vector<float> slopes = loss.logVarianceSlopes();
        for (std::size_t h = 0; h < slopes.size(); ++h) { // the passes know nothing of these
            m_store.logVariances(gradient)[static_cast<std::int64_t>(h)].fill_(slopes[h]);
            result.gradientNorm = std::hypot(result.gradientNorm, static_cast<double>(slopes[h]));
        }
        if (!std::isfinite(result.gradientNorm)) {
            if (!scale.used() || scale.value() <= 1) {
                return blame(step, result.losses);
            }
            scale.overflowed();
            result.gradientNorm = 0;
            result.skipped = true;
            return result;
        }
        const double factor = clipFactor(result.gradientNorm, settings.clipNorm);
        if (factor != 1) {
            gradient.mul_(factor);
        }
        m_optimiser.step(gradient, settings, m_workers);
        scale.succeeded();
        for (const BatchStatistics& seen : statistics) {
            const Weights& all = m_store.all();
            pick(all, seen.meanPlace).mul_(1 - batchNormMomentum).add_(seen.mean, batchNormMomentum);
            pick(all, seen.variancePlace).mul_(1 - batchNormMomentum).add_(seen.variance, batchNormMomentum);
            pick(all, seen.countPlace).add_(1);
        }
        return result;
    }

    tl::unexpected<Error> blame(const Step& step, const Losses& losses)
    {
        m_culprits = findCulprits(m_spec, step.parts, step.outputs);
        if (m_processes != nullptr) {
            const auto all = sharePlaces(*m_processes, step.parts, step.before, m_culprits);
            if (!all) {
                return tl::unexpected<Error>(all.error());
            }
            m_culprits = *all;
        }
        return notFinite(m_spec, losses, m_culprits);
    }

    ModelSpec m_spec;
    TensorProcesses* m_processes; ///< null = none
    Network m_network;
    WeightStore m_store;
    Optimiser m_optimiser;
    Workers m_workers;
    PassRunner m_runner;
    std::optional<c10::Stream> m_stream; ///< by which batches come to a GPU; none on other devices
    std::vector<std::int64_t> m_culprits;
};

Result<std::unique_ptr<Model>> createOn(const at::Device& device, const ModelSpec& spec, ModelOptions options, bool plain)
{
    PAPILIO_TRY(checkSpec(spec));
    options.threads = threadsOn(device, options.threads);
    try {
        keepFreedMemory();
        keepTorchSingleThreaded();
        sumInSinglePrecision();
        PAPILIO_TRY(checkPrecision(options.precision, device));
        return std::make_unique<TorchModel>(spec, options, device, plain || !device.is_cpu());
    } catch (const std::exception& exception) {
        return tl::unexpected<Error>(torchError(exception));
    }
}

Result<std::unique_ptr<Model>> create(const ModelSpec& spec, const ModelOptions& options, bool plain)
{
    PAPILIO_TRY(checkSpec(spec));
    const auto device =
        deviceOf(options.device, options.processes == nullptr ? 0 : options.processes->place().localRank);
    PAPILIO_TRY(device);
    return createOn(*device, spec, options, plain);
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

Result<std::unique_ptr<Model>> createTorchModelOn(const at::Device& device, const ModelSpec& spec,
                                                  const ModelOptions& options)
{
    return createOn(device, spec, options, false);
}

} // namespace papilio::nn
