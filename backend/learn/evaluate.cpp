// SPDX-License-Identifier: GPL-3.0-or-later
#include "learn/evaluate.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "learn/batches.h"
#include "learn/metrics.h"
#include "learn/outputs.h"

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

void appendPredictions(std::vector<store::PredictionSet>& to, const RunData& data, const nn::Batch& batch,
                       std::span<const std::uint32_t> molecules, store::Part part,
                       std::vector<std::vector<float>>& outputs)
{
    for (std::size_t h = 0; h < data.heads().size(); ++h) {
        const nn::HeadSpec& head = data.heads()[h];
        toLabelUnits(head, data.normalisation()[h], outputs[h]);
        const auto width = static_cast<std::size_t>(head.outputWidth());
        for (std::size_t i = 0; i < molecules.size(); ++i) {
            if (data.partOf(h, molecules[i]) != part) {
                continue; // this head's dataset has it elsewhere
            }
            const RowRange rows = rowsOfMolecule(batch, head.level, i);
            const auto from = outputs[h].begin() + static_cast<std::ptrdiff_t>(rows.begin * width);
            to.push_back({data.idOf(molecules[i]), head.name,
                          {from, from + static_cast<std::ptrdiff_t>(rows.count * width)}});
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

} // namespace

Result<PartResult> evaluatePart(nn::Model& model, const RunData& data, const EvaluateOptions& options)
{
    const auto& heads = data.heads();
    std::vector<HeadMetrics> metrics;
    for (std::size_t h = 0; h < heads.size(); ++h) {
        metrics.emplace_back(heads[h], data.normalisation()[h]);
    }
    LossSums losses(heads.size());
    PartResult result;
    BatchStream stream(data, evenly(data.part(options.part), options.most), options.part, options.batchSize);
    for (std::int64_t number = 0; number < stream.batchCount(); ++number) {
        if (options.interrupted && options.interrupted()) {
            return fail(ErrorCode::Stopped, "Stopped during the evaluation.");
        }
        auto batch = stream.next();
        if (!batch) {
            return tl::unexpected(batch.error());
        }
        auto evaluation = model.evaluate(**batch);
        if (!evaluation) {
            return tl::unexpected(evaluation.error());
        }
        losses.add(evaluation->losses);
        for (std::size_t h = 0; h < heads.size(); ++h) {
            metrics[h].add(evaluation->outputs[h], (*batch)->labels[h]);
        }
        if (options.keepPredictions) {
            appendPredictions(result.predictions, data, **batch, stream.moleculesOf(number), options.part,
                              evaluation->outputs);
        }
    }
    for (std::size_t h = 0; h < heads.size(); ++h) {
        metrics[h].append(result.metrics, data.selection().sources[h], options);
    }
    losses.appendMetrics(result.metrics, model.spec(), options.part, options.epoch);
    result.loss = losses.total(model.spec());
    return result;
}

} // namespace papilio::learn
