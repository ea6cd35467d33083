// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "nn/headspec.h"
#include "nn/model.h"

/// Losses over the labels that exist (NaN = missing), summed in double precision in one fixed order, and their slopes.
namespace papilio::nn
{

/// The learnt loss weights among a network's tensors: one s a head (LossBalance::Uncertainty).
inline constexpr std::string_view logVarianceName = "loss_weights.log_variance";

/// What the labels of one head weigh together: each has the weight of its column times that of its class.
struct LabelWeights {
    std::int64_t labels = 0;
    double pooled = 0;           ///< of all
    std::vector<double> columns; ///< of each column, without the column's own weight

    void add(const HeadSpec& head, std::span<const float> labels);
    void add(const LabelWeights& other);
};
/// Of each head of a batch.
std::vector<LabelWeights> labelWeights(const std::vector<HeadSpec>& heads, const std::vector<std::vector<float>>& labels);

/// What the loss of each label of a column is multiplied by, its class aside.
std::vector<double> columnFactors(const HeadSpec& head, const LabelWeights& weights);

/// What these outputs (rows × outputWidth) and labels (rows × columns) add to the loss of a head whose labels weigh
/// 'weights' in all. The loss is the weighted mean over all labels, or with 'perLabel' the weighted mean over the
/// columns that have labels of the mean over their rows. Without a label, or without weight, it is 0 (the published
/// hybrid_ce is NaN there). slopes: empty, or as long as the outputs; then filled with scale · d loss / d output.
double headLoss(const HeadSpec& head, std::span<const float> outputs, std::span<const float> labels,
                const LabelWeights& weights, double scale = 1, std::span<float> slopes = {});

/// The losses of one step, part by part: all labels first, then the outputs of each part.
class StepLoss
{
public:
    /// logVariances: one a head where loss weights are learnt, else empty.
    explicit StepLoss(const ModelSpec& spec, std::span<const float> logVariances = {});

    /// One array a head; empty = none.
    void addLabels(const std::vector<std::vector<float>>& labels);
    void addWeights(const std::vector<LabelWeights>& weights); ///< of labels that were added up before
    void addOutputs(const std::vector<std::span<const float>>& outputs, const std::vector<std::vector<float>>& labels);
    /// The same, and scale · d total / d outputs.
    std::vector<std::vector<float>> addAndDifferentiate(const std::vector<std::span<const float>>& outputs,
                                                        const std::vector<std::vector<float>>& labels,
                                                        double scale = 1);

    /// What some rows of a head add to its loss, without adding it; slopes as in headLoss().
    double lossOfRows(std::size_t head, std::span<const float> outputs, std::span<const float> labels, double scale,
                      std::span<float> slopes) const;
    void addLosses(std::span<const double> losses); ///< one a head

    /// Joined as Architecture::lossBalance says. A head without labels has loss 0; it counts in the denominator, as
    /// published, but its learnt weight stands still.
    Losses losses() const;
    /// What the labels weigh, and the heads' losses so far, as numbers that several processes can add up.
    std::vector<double> weightSums() const;
    void setWeightSums(std::span<const double> sums);
    const std::vector<LabelWeights>& weights() const { return m_weights; }
    double factor(std::size_t head) const; ///< of the head's loss in the total
    const std::vector<double>& lossSums() const { return m_losses; }
    void setLossSums(const std::vector<double>& sums) { m_losses = sums; }
    /// d total / d sₕ; empty unless they are learnt.
    std::vector<float> logVarianceSlopes() const;

private:
    double share(std::size_t head) const;
    void addOutputs(const std::vector<std::span<const float>>& outputs, const std::vector<std::vector<float>>& labels,
                    double scale, std::vector<std::vector<float>>* slopes);

    const ModelSpec& m_spec;
    std::span<const float> m_logVariances;
    std::vector<LabelWeights> m_weights;
    std::vector<double> m_losses;
};

/// All in one, for a single batch.
Losses computeLosses(const ModelSpec& spec, const std::vector<std::span<const float>>& outputs,
                     const std::vector<std::vector<float>>& labels, std::vector<std::vector<float>>* slopes = nullptr);

} // namespace papilio::nn
