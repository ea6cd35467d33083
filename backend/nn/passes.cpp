// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/passes.h"

#include <algorithm>
#include <iterator>

#include "nn/gradientplaces.h"
#include "nn/precision.h"
#include "nn/updatekernels.h"

namespace papilio::nn
{

/// A name of its own: unity builds put several files' helpers side by side.
namespace passes
{

namespace
{

/// Of the pieces, in double precision.
Tensor sumOf(const std::vector<Tensor>& gradients, Workers& workers)
{
    Tensor sum = at::empty({gradients.front().numel()}, at::TensorOptions(at::kDouble));
    auto* const to = sum.data_ptr<double>();
    workers.runBlocks(sum.numel(), [&](std::int64_t first, std::int64_t end) {
        std::vector<const float*> parts;
        for (const Tensor& gradient : gradients) {
            parts.push_back(gradient.data_ptr<float>() + first);
        }
        kernels::addUp(parts, end - first, to + first);
    });
    return sum;
}

} // namespace

} // namespace passes

void keepTorchSingleThreaded()
{
    if (at::get_num_threads() != 1) {
        at::set_num_threads(1);
    }
}

PassRunner::PassRunner(const ModelSpec& spec, const Network& network, const WeightStore& store, Workers& workers,
                       bool plain, Precision precision)
    : m_spec(spec), m_network(network), m_store(store), m_workers(workers), m_plain(plain), m_precision(precision),
      m_atomWidth(atomWidth(spec.architecture.inputs)), m_bondWidth(bondWidth(spec.architecture.inputs))
{
}

/// Rows of a shard in an array of the batch, without a copy.
Tensor PassRunner::rows(const std::vector<float>& values, std::int64_t first, std::int64_t count, std::int64_t width)
{
    auto* start = const_cast<float*>(values.data()) + first * width; // never written to
    return at::from_blob(start, {count, width}, at::TensorOptions(at::kFloat));
}

Tensor PassRunner::indices(const std::vector<std::int64_t>& values, std::int64_t first, std::int64_t count,
                           std::int64_t less)
{
    auto* start = const_cast<std::int64_t*>(values.data()) + first;
    return at::from_blob(start, {count}, at::TensorOptions(at::kLong)) - less;
}

void PassRunner::fillInput(const Batch& batch, ShardRun& run) const
{
    const Shard& shard = run.shard;
    if (!m_store.device().is_cpu()) {
        if (!run.onDevice) {
            run.onDevice = onDevice(batch, m_spec, m_store.device());
        }
        run.input = run.onDevice->input;
        run.input.nodeFeatures = run.input.nodeFeatures.detach(); // who asks for gradients by it asks this one
        run.input.edgeFeatures = run.input.edgeFeatures.detach();
        run.pass.senders = run.onDevice->senders;
        run.pass.receivers = run.onDevice->receivers;
        run.pass.graphOf = run.onDevice->graphOf;
        return;
    }
    run.input.nodeFeatures = rows(batch.nodeFeatures, shard.firstNode, shard.nodes, m_atomWidth);
    run.input.edgeFeatures = rows(batch.edgeFeatures, shard.firstEdge, shard.edges, m_bondWidth);
    for (const EncodingRows& encoding : batch.encodings) {
        const bool squares = encoding.level == Level::NodePair;
        const std::int64_t first = squares ? shard.firstSquare : shard.firstInBatch(encoding.level);
        const std::int64_t count = squares ? shard.squares : shard.rows(encoding.level);
        run.input.encodings[encoding.key] = rows(encoding.values, first, count, encoding.width);
    }
    run.pass.senders = indices(batch.senders, shard.firstEdge, shard.edges, shard.firstNode);
    run.pass.receivers = indices(batch.receivers, shard.firstEdge, shard.edges, shard.firstNode);
    run.pass.graphOf = indices(batch.graphOf, shard.firstNode, shard.nodes, shard.firstGraph);
}

std::vector<ShardRun> PassRunner::prepare(const Batch& batch, const PassSettings& settings,
                                          std::int64_t atomsAShard) const
{
    const std::vector<Shard> shards = cutIntoShards(batch, atomsAShard, settings.before);
    std::vector<ShardRun> runs(shards.size());
    for (std::size_t i = 0; i < runs.size(); ++i) {
        runs[i].shard = shards[i];
        runs[i].pass.shard = &runs[i].shard;
        runs[i].onDevice = settings.onDevice;
        runs[i].pass.plain = m_plain;
        runs[i].pass.training = settings.training;
        runs[i].pass.processes = settings.processes;
        runs[i].pass.seed = settings.seed;
        runs[i].pass.earlierPasses = m_passes;
        if (!settings.recorded.empty()) {
            runs[i].recorder.wanted.insert(settings.recorded.begin(), settings.recorded.end());
            runs[i].pass.recorder = &runs[i].recorder;
        }
    }
    ++m_passes;
    return runs;
}

std::int64_t PassRunner::pieceSize(bool training) const
{
    return m_plain || (training && m_network.needsWholeBatch()) ? 0 : atomsOfPiece;
}

std::vector<ShardRun> PassRunner::forward(const Batch& batch, const PassSettings& settings) const
{
    std::vector<ShardRun> runs = prepare(batch, settings, pieceSize(settings.training));
    m_workers.run(runs.size(), [&](std::size_t i) {
        keepTorchSingleThreaded();
        const at::AutoGradMode gradients(settings.training);
        const PrecisionScope scope(m_precision);
        fillInput(batch, runs[i]);
        runs[i].outputs = m_network.forward(m_store.all(), runs[i].input, runs[i].pass);
    });
    return runs;
}

std::vector<std::vector<float>> PassRunner::outputs(const std::vector<ShardRun>& runs) const
{
    std::vector<std::vector<float>> joined(m_spec.heads.size());
    for (std::size_t h = 0; h < joined.size(); ++h) {
        for (const ShardRun& run : runs) {
            const std::vector<float> values = toHost(run.outputs[h]);
            joined[h].insert(joined[h].end(), values.begin(), values.end());
        }
    }
    return joined;
}

/// Of one shard, by head. Its outputs come to their place in those of the batch; slopes are its own.
std::vector<double> PassRunner::lossOf(const ShardRun& run, const Batch& batch, const StepLoss& loss, double scale,
                                       std::vector<std::vector<float>>& outputs,
                                       std::vector<std::vector<float>>& slopes) const
{
    std::vector<double> losses(m_spec.heads.size(), 0.0);
    for (std::size_t h = 0; h < losses.size(); ++h) {
        const HeadSpec& head = m_spec.heads[h];
        const auto first = static_cast<std::size_t>(run.shard.firstInBatch(head.level));
        const auto rows = static_cast<std::size_t>(run.shard.rows(head.level));
        const auto width = static_cast<std::size_t>(head.outputWidth());
        const Tensor own = run.outputs[h].detach().to(at::kCPU).contiguous();
        const std::span<float> place = std::span(outputs[h]).subspan(first * width, rows * width);
        std::copy_n(own.data_ptr<float>(), place.size(), place.begin());
        slopes[h].assign(place.size(), 0.0F);
        if (!batch.labels.empty() && !batch.labels[h].empty()) {
            const std::size_t columns = head.columns.size();
            losses[h] = loss.lossOfRows(h, place, std::span(batch.labels[h]).subspan(first * columns, rows * columns),
                                        scale, slopes[h]);
        }
    }
    return losses;
}

/// Of one shard, in the weights' order.
Tensor PassRunner::gradientOf(const ShardRun& run, const std::vector<Tensor>& slopes) const
{
    const auto gradients = [&] {
        return torch::autograd::grad(run.outputs, m_store.trained(), slopes, /*retain_graph=*/false,
                                     /*create_graph=*/false, /*allow_unused=*/true);
    };
    if (!m_store.device().is_cpu()) {
        return m_store.flatten(gradients());
    }
    const GradientPlaces places(m_store.flat());
    return m_store.flatten(gradients(), places.flat());
}

Differentiated PassRunner::differentiate(const Batch& batch, const PassSettings& settings, StepLoss& loss,
                                         double scale) const
{
    std::vector<ShardRun> runs = prepare(batch, settings, pieceSize(settings.training));
    Differentiated all;
    for (const HeadSpec& head : m_spec.heads) {
        all.outputs.emplace_back(static_cast<std::size_t>(batch.rows(head.level) * head.outputWidth()));
    }
    std::vector<std::vector<double>> losses(runs.size());
    std::vector<std::vector<BatchStatistics>> statistics(runs.size());
    std::vector<Tensor> gradients(runs.size());
    m_workers.run(runs.size(), [&](std::size_t i) {
        keepTorchSingleThreaded();
        const at::AutoGradMode recording(true);
        const PrecisionScope scope(m_precision);
        ShardRun& run = runs[i];
        fillInput(batch, run);
        run.outputs = m_network.forward(m_store.all(), run.input, run.pass);
        std::vector<std::vector<float>> slopes(m_spec.heads.size());
        losses[i] = lossOf(run, batch, loss, scale, all.outputs, slopes);
        std::vector<Tensor> incoming;
        for (std::size_t h = 0; h < slopes.size(); ++h) {
            const HeadSpec& head = m_spec.heads[h];
            incoming.push_back(rows(slopes[h], 0, run.shard.rows(head.level), head.outputWidth()));
        }
        gradients[i] = gradientOf(run, incoming);
        statistics[i] = std::move(run.pass.statistics);
        run = {}; // its tensors go back to this thread's cache
    });
    for (std::size_t i = 0; i < runs.size(); ++i) {
        loss.addLosses(losses[i]);
        std::move(statistics[i].begin(), statistics[i].end(), std::back_inserter(all.statistics));
    }
    all.gradient = passes::sumOf(gradients, m_workers);
    return all;
}

Tensor PassRunner::backward(std::vector<ShardRun>& runs, const std::vector<Tensor>& slopes) const
{
    keepTorchSingleThreaded();
    const PrecisionScope scope(m_precision);
    const Tensor gradient = gradientOf(runs.front(), slopes);
    runs.clear();
    const at::NoGradGuard guard;
    return gradient.to(at::kDouble);
}

Result<std::map<std::string, Intermediate>> PassRunner::recorded(const std::vector<ShardRun>& runs,
                                                                 std::span<const std::string> names) const
{
    std::map<std::string, Intermediate> joined;
    for (const std::string& name : names) {
        Intermediate& to = joined[name];
        std::int64_t count = 0;
        std::int64_t width = 0;
        to.tensor = {};
        for (const ShardRun& run : runs) {
            const auto found = run.recorder.items.find(name);
            if (found == run.recorder.items.end()) {
                return fail(ErrorCode::Internal, "the network gave no '" + name + "'.");
            }
            const Tensor& tensor = found->second.tensor;
            const std::vector<float> values = toHost(tensor);
            to.level = found->second.level;
            to.tensor.values.insert(to.tensor.values.end(), values.begin(), values.end());
            count += tensor.size(0);
            width = tensor.dim() > 1 ? tensor.size(-1) : 1;
        }
        to.tensor.shape = {count, width};
    }
    return joined;
}

InputGradients PassRunner::inputGradients(const Batch& batch, const GradientTarget& target) const
{
    const PrecisionScope scope(m_precision);
    std::vector<ShardRun> runs = prepare(batch, {}, 0);
    ShardRun& run = runs.front();
    fillInput(batch, run);
    std::vector<Tensor> inputs = {run.input.nodeFeatures.requires_grad_(true)};
    if (m_spec.architecture.usesBonds()) {
        inputs.push_back(run.input.edgeFeatures.requires_grad_(true));
    }
    // The weights are left out of the graph: their gradients are not asked for.
    Weights weights;
    for (const Tensor& leaf : m_store.all()) {
        weights.push_back(leaf.detach());
    }
    const HeadSpec& head = m_spec.heads[static_cast<std::size_t>(target.head)];
    const int classes = head.kind == TaskKind::Multiclass ? head.classes : 1;
    const auto outputs = m_network.forward(weights, run.input, run.pass);
    const Tensor column =
        outputs[static_cast<std::size_t>(target.head)].select(1, target.column * classes + target.classIndex);
    const Tensor output = target.row < 0 ? column.sum() : column.select(0, target.row);

    InputGradients result;
    result.output = output.item<double>();
    result.nodeFeatures.assign(batch.nodeFeatures.size(), 0.0F);
    result.edgeFeatures.assign(inputs.size() > 1 ? batch.edgeFeatures.size() : 0, 0.0F);
    if (!output.requires_grad()) {
        return result; // no atom or bond has an influence, e.g. in an empty batch
    }
    const auto gradients = torch::autograd::grad({output}, inputs, {}, false, false, /*allow_unused=*/true);
    if (gradients[0].defined()) {
        result.nodeFeatures = toHost(gradients[0]);
    }
    if (inputs.size() > 1 && gradients[1].defined()) {
        result.edgeFeatures = toHost(gradients[1]);
    }
    return result;
}

} // namespace papilio::nn
