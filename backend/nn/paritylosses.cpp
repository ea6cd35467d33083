// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <limits>

#include "nn/losses.h"
#include "nn/parity.h"
#include "nn/parityfiles.h"

namespace papilio::nn
{

namespace
{

constexpr double tolerance = 1e-6;

HeadSpec headOf(LossType loss, TaskKind kind, std::size_t columns, int classes = 0)
{
    HeadSpec head;
    head.kind = kind;
    head.classes = classes;
    head.columns.resize(columns);
    head.loss.type = loss;
    return head;
}

/// Loss with its slopes.
double lossOf(const HeadSpec& head, const std::vector<float>& outputs, const std::vector<float>& labels,
              std::vector<float>& slopes)
{
    LabelWeights weights;
    weights.add(head, labels);
    slopes.assign(outputs.size(), 0.0F);
    return headLoss(head, outputs, labels, weights, 1, slopes);
}

/// The first 'kept' columns.
std::vector<float> firstColumns(const std::vector<float>& values, std::size_t width, std::size_t kept)
{
    std::vector<float> taken;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i % width < kept) {
            taken.push_back(values[i]);
        }
    }
    return taken;
}

float sigmoid(float logit)
{
    return static_cast<float>(1 / (1 + std::exp(-static_cast<double>(logit))));
}

class LossCheck
{
public:
    explicit LossCheck(const TensorMap& tensors) : m_tensors(tensors) {}

    void hybrid(const nlohmann::json& json)
    {
        const std::string name = "hybrid_ce " + json.at("case").get<std::string>();
        const HostTensor& logits = m_tensors.at(json.at("logits"));
        const int brackets = json.at("n_brackets");
        HeadSpec head = headOf(LossType::HybridCe, TaskKind::Multiclass,
                               static_cast<std::size_t>(logits.shape.back() / brackets), brackets);
        head.loss.alpha = json.at("alpha");
        head.loss.hybridAbsolute = json.at("regression_loss") == "mae";
        const auto target = m_tensors.find(json.at("target").get<std::string>());
        const bool none = target == m_tensors.end();
        const std::vector<float> labels = none ? std::vector<float>(static_cast<std::size_t>(logits.shape[0]),
                                                                    std::numeric_limits<float>::quiet_NaN())
                                               : target->second.values;
        std::vector<float> slopes;
        const double value = lossOf(head, logits.values, labels, slopes);
        if (none) {
            add(name, std::abs(value), "the published loss is not a number there, ours 0");
            return;
        }
        add(name, std::abs(value - json.at("value").get<double>()));
        if (json.contains("gradient")) {
            add(json.at("gradient"), deviation(slopes, m_tensors.at(json.at("gradient")).values, false));
        }
    }

    void withGaps(const nlohmann::json& json)
    {
        const std::string name = json.at("loss");
        const bool probabilities = name == "bce_ipu";
        const LossType type = name == "mae_ipu"          ? LossType::Mae
                              : name == "mse_ipu"        ? LossType::Mse
                              : name == "bce_logits_ipu" ? LossType::BceLogits
                                                         : LossType::Bce;
        const TaskKind kind = type == LossType::Mae || type == LossType::Mse ? TaskKind::Regression : TaskKind::Binary;
        std::vector<float> outputs = m_tensors.at("nan/pred").values;
        const HostTensor& labels = m_tensors.at(json.at("target"));
        const auto columns = static_cast<std::size_t>(labels.shape[1]);
        for (float& output : outputs) {
            output = probabilities ? sigmoid(output) : output;
        }
        HeadSpec head = headOf(type, kind, columns);
        std::vector<float> slopes;
        add(name, std::abs(lossOf(head, outputs, labels.values, slopes) - json.at("value").get<double>()));
        for (std::size_t i = 0; probabilities && i < slopes.size(); ++i) {
            slopes[i] *= outputs[i] * (1 - outputs[i]); // the reference is the slope by what enters the sigmoid
        }
        const std::string gradient = json.at("gradient with respect to nan/pred");
        add(gradient, deviation(slopes, m_tensors.at(gradient).values, false));

        const std::vector<float> gaps(labels.values.size(), std::numeric_limits<float>::quiet_NaN());
        add(name + " without any target",
            std::abs(lossOf(head, outputs, gaps, slopes) - json.at("value_without_any_target").get<double>()));
        constexpr std::size_t kept = 3;
        head.columns.resize(kept);
        head.loss.perLabel = true;
        const double perLabel =
            lossOf(head, firstColumns(outputs, columns, kept), firstColumns(labels.values, columns, kept), slopes);
        add(name + " per label", std::abs(perLabel - json.at("value_mean_per_label_of_first_3_columns").get<double>()));
    }

    std::vector<ParityResult> take() { return std::move(m_results); }

private:
    void add(const std::string& tensor, double gap, const std::string& note = {})
    {
        m_results.push_back({"losses", tensor, gap, tolerance, false, note});
    }

    const TensorMap& m_tensors;
    std::vector<ParityResult> m_results;
};

} // namespace

Result<std::vector<ParityResult>> checkLosses(const std::string& folder)
{
    const auto json = parity::readJson(folder + "/losses.json");
    if (!json) {
        return tl::unexpected<Error>(json.error());
    }
    const auto file = readSafetensors(folder + "/losses.safetensors");
    if (!file) {
        return tl::unexpected<Error>(file.error());
    }
    try {
        LossCheck check(file->tensors);
        for (const nlohmann::json& one : json->at("hybrid_ce")) {
            check.hybrid(one);
        }
        for (const nlohmann::json& one : json->at("nan_safe")) {
            check.withGaps(one);
        }
        return check.take();
    } catch (const std::exception& exception) { // a key or a tensor is missing
        return fail(ErrorCode::Damaged, folder + ": the reference losses cannot be read: " + exception.what() + ".");
    }
}

} // namespace papilio::nn
