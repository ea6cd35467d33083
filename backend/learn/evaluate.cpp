// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/evaluate.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "learn/batches.h"
#include "learn/metrics.h"
#include "learn/outputs.h"
#include "learn/together.h"

namespace papilio::learn
{

void LossSums::add(const nn::Losses& losses)
{
    for (std::size_t h = 0; h < sums.size(); ++h) {
        sums[h] += losses.heads[h] * static_cast<double>(losses.labels[h]);
        labels[h] += losses.labels[h];
    }
}

double LossSums::ofHead(std::size_t head) const
{
    return labels[head] > 0 ? sums[head] / static_cast<double>(labels[head]) : std::numeric_limits<double>::quiet_NaN();
}

double LossSums::total() const
{
    double sum = 0;
    int heads = 0;
    for (std::size_t h = 0; h < sums.size(); ++h) {
        if (labels[h] > 0) {
            sum += ofHead(h);
            ++heads;
        }
    }
    return heads > 0 ? sum / heads : std::numeric_limits<double>::quiet_NaN();
}

double LossSums::total(const nn::ModelSpec& spec) const
{
    const bool byCount = spec.architecture.lossBalance == nn::LossBalance::ByCount;
    double sum = 0, weights = 0;
    for (std::size_t h = 0; h < sums.size(); ++h) {
        if (labels[h] > 0) {
            const double weight = spec.heads[h].loss.weight * (byCount ? static_cast<double>(labels[h]) : 1.0);
            sum += weight * ofHead(h);
            weights += weight;
        }
    }
    return weights > 0 ? sum / weights : std::numeric_limits<double>::quiet_NaN();
}

void LossSums::appendMetrics(std::vector<store::Metric>& to, const nn::ModelSpec& spec, store::Part part,
                             std::int64_t epoch) const
{
    const std::vector<nn::HeadSpec>& heads = spec.heads;
    std::int64_t all = 0;
    for (std::size_t h = 0; h < heads.size(); ++h) {
        to.push_back({epoch, part, "head", 0, heads[h].name, "loss", ofHead(h), labels[h]});
        all += labels[h];
    }
    to.push_back({epoch, part, "all", 0, {}, "loss", total(spec), all});
}

bool hasOneUnit(const nn::HeadSpec& head)
{
    const std::string& unit = head.columns.front().unit;
    return head.columns.size() == 1 ||
           (!unit.empty() && std::all_of(head.columns.begin(), head.columns.end(),
                                         [&unit](const auto& column) { return column.unit == unit; }));
}

bool keepsTaskMetric(const nn::HeadSpec& head, const MetricInfo& metric)
{
    constexpr std::size_t many = 64;
    return metric.main || head.columns.size() <= many;
}

namespace
{

/// Metrics of the tasks of one head.
class HeadMetrics
{
public:
    HeadMetrics(const nn::HeadSpec& head, const std::vector<Normalisation>& normalisation)
        : m_head(head), m_width(head.kind == TaskKind::Multiclass ? static_cast<std::size_t>(head.classes) : 1),
          m_outputs(m_width)
    {
        // The network of such a head ends in a sigmoid.
        const Scores scores = head.loss.type == nn::LossType::Bce ? Scores::Probabilities : Scores::Logits;
        for (const Normalisation& column : normalisation) {
            m_tasks.emplace_back(MetricOptions{head.kind, column, head.classes, scores});
        }
    }

    /// Both row-major: outputs as the network gives them, labels normalised.
    void add(const std::vector<float>& outputs, const std::vector<float>& labels)
    {
        for (std::size_t i = 0; i < labels.size(); ++i) {
            if (!std::isnan(labels[i])) {
                std::copy_n(outputs.begin() + static_cast<std::ptrdiff_t>(i * m_width), m_width, m_outputs.begin());
                m_tasks[i % m_tasks.size()].add(m_outputs, labels[i]);
            }
        }
    }

    void append(std::vector<store::Metric>& to, const HeadSource& source, const EvaluateOptions& options) const
    {
        const auto table = metricsOfKind(m_head.kind);
        std::vector<std::vector<double>> byMetric(table.size());
        std::int64_t labels = 0;
        for (std::size_t c = 0; c < m_tasks.size(); ++c) {
            const auto values = m_tasks[c].values();
            labels += m_tasks[c].count();
            for (std::size_t v = 0; v < values.size(); ++v) {
                byMetric[v].push_back(values[v].value);
                if (options.everyMetric || keepsTaskMetric(m_head, table[v])) {
                    to.push_back({options.epoch, options.part, "task", source.tasks[c], m_head.name, values[v].name,
                                  values[v].value, values[v].n});
                }
            }
        }
        for (std::size_t v = 0; v < table.size(); ++v) {
            if (table[v].labelUnits && !hasOneUnit(m_head)) {
                continue;
            }
            const auto append = [&](std::string_view ending, double value) {
                to.push_back({options.epoch, options.part, "head", 0, m_head.name,
                              std::string(table[v].name) + std::string(ending), value, labels});
            };
            append({}, meanOfDefined(byMetric[v]));
            append(medianEnding, medianOfDefined(byMetric[v]));
            append(worstDecileEnding, worstDecileOfDefined(byMetric[v], table[v].better));
        }
    }

private:
    const nn::HeadSpec& m_head;
    std::size_t m_width; ///< outputs a label
    std::vector<double> m_outputs; ///< scratch
    std::vector<TaskMetrics> m_tasks;
};

void appendPredictions(std::vector<store::PredictionSet>& to, const RunData& data,
                       std::span<const std::uint32_t> molecules, store::Part part,
                       std::vector<std::vector<float>>& outputs)
{
    for (std::size_t h = 0; h < data.heads().size(); ++h) {
        const nn::HeadSpec& head = data.heads()[h];
        toLabelUnits(head, data.normalisation()[h], outputs[h]);
        const auto width = static_cast<std::size_t>(head.outputWidth());
        auto from = outputs[h].cbegin();
        for (const std::uint32_t molecule : molecules) {
            const auto end = from + static_cast<std::ptrdiff_t>(data.rowsOf(head.level, molecule) * width);
            if (data.partOf(h, molecule) == part) { // else this head's dataset has it elsewhere
                to.push_back({data.idOf(molecule), head.name, {from, end}});
            }
            from = end;
        }
    }
}

std::vector<std::uint32_t> evenly(const std::vector<std::uint32_t>& molecules, std::size_t most)
{
    if (most == 0 || most >= molecules.size()) {
        return molecules;
    }
    std::vector<std::uint32_t> taken;
    for (std::size_t i = 0; i < most; ++i) {
        taken.push_back(molecules[i * molecules.size() / most]);
    }
    return taken;
}

/// Measures batch after batch; several processes take turns.
class PartMeasurer
{
public:
    PartMeasurer(nn::Model& model, const RunData& data, const EvaluateOptions& options)
        : m_model(model), m_data(data), m_options(options), m_molecules(evenly(data.part(options.part), options.most)),
          m_losses(data.heads().size()),
          m_size(options.processes != nullptr ? static_cast<std::size_t>(options.processes->size()) : 1),
          m_rank(options.processes != nullptr ? static_cast<std::size_t>(options.processes->rank()) : 0)
    {
        for (std::size_t h = 0; h < data.heads().size(); ++h) {
            m_metrics.emplace_back(data.heads()[h], data.normalisation()[h]);
        }
    }

    Result<PartResult> measure()
    {
        BatchStream stream(m_data, ownMolecules(), m_options.part, m_options.batchSize, 0, nullptr, 0, &m_model);
        for (std::size_t number = 0; number < batchCount(); number += m_size) {
            if (m_options.interrupted && m_options.interrupted()) {
                return fail(ErrorCode::Stopped, "Stopped during the evaluation.");
            }
            PAPILIO_TRY(measureRound(stream, number));
        }
        if (m_rank == 0) {
            for (std::size_t h = 0; h < m_metrics.size(); ++h) {
                m_metrics[h].append(m_result.metrics, m_data.selection().sources[h], m_options);
            }
            m_losses.appendMetrics(m_result.metrics, m_model.spec(), m_options.part, m_options.epoch);
            m_result.loss = m_losses.total(m_model.spec());
        }
        return std::move(m_result);
    }

private:
    std::size_t batchSize() const { return static_cast<std::size_t>(m_options.batchSize); }
    std::size_t batchCount() const { return (m_molecules.size() + batchSize() - 1) / batchSize(); }

    std::span<const std::uint32_t> moleculesOf(std::size_t number) const
    {
        const std::size_t begin = number * batchSize();
        return std::span(m_molecules).subspan(begin, std::min(batchSize(), m_molecules.size() - begin));
    }

    /// Those of the own batches: only the last of all is smaller, and the last of its process too.
    std::vector<std::uint32_t> ownMolecules() const
    {
        std::vector<std::uint32_t> own;
        for (std::size_t number = m_rank; number < batchCount(); number += m_size) {
            const auto of = moleculesOf(number);
            own.insert(own.end(), of.begin(), of.end());
        }
        return own;
    }

    /// One batch a process, added by the first in their order.
    Result<> measureRound(BatchStream& stream, std::size_t number)
    {
        std::optional<nn::Batch> batch;
        nn::Evaluation own;
        if (number + m_rank < batchCount()) {
            auto next = stream.next();
            if (!next) {
                return tl::unexpected(next.error());
            }
            batch = std::move(*next);
            auto evaluation = m_model.evaluate(*batch);
            if (!evaluation) {
                return tl::unexpected(evaluation.error());
            }
            own = std::move(*evaluation);
        }
        if (m_options.processes == nullptr) {
            add(batch->labels, own, number);
            return {};
        }
        const bool sends = batch && m_rank != 0;
        const auto all = m_options.processes->collect(sends ? toBytes(own) : std::string());
        if (!all) {
            return tl::unexpected(all.error());
        }
        if (m_rank == 0) {
            add(batch->labels, own, number);
        }
        for (std::size_t rank = 1; rank < all->size() && number + rank < batchCount(); ++rank) {
            auto evaluation = evaluationFromBytes((*all)[rank]);
            if (!evaluation) {
                return tl::unexpected(evaluation.error());
            }
            add(m_data.labelsOf(moleculesOf(number + rank), m_options.part), *evaluation, number + rank);
        }
        return {};
    }

    void add(const std::vector<std::vector<float>>& labels, nn::Evaluation& evaluation, std::size_t number)
    {
        m_losses.add(evaluation.losses);
        for (std::size_t h = 0; h < m_metrics.size(); ++h) {
            m_metrics[h].add(evaluation.outputs[h], labels[h]);
        }
        if (m_options.keepPredictions) {
            appendPredictions(m_result.predictions, m_data, moleculesOf(number), m_options.part, evaluation.outputs);
        }
    }

    nn::Model& m_model;
    const RunData& m_data;
    const EvaluateOptions& m_options;
    const std::vector<std::uint32_t> m_molecules;
    std::vector<HeadMetrics> m_metrics;
    LossSums m_losses;
    PartResult m_result;
    const std::size_t m_size, m_rank;
};

} // namespace

Result<PartResult> evaluatePart(nn::Model& model, const RunData& data, const EvaluateOptions& options)
{
    return PartMeasurer(model, data, options).measure();
}

} // namespace papilio::learn
