// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "learn/trainer.h"
#include "nn/fakemodel.h"

/// A control that remembers, and a model that can be interfered with.
namespace papilio::learn::test
{

/// Says what it is told to after so many epochs or reports, and remembers what it heard.
class RecordingControl : public TrainControl
{
public:
    std::function<Wish()> decide = [] { return Wish::GoOn; };
    std::function<void(const store::RunRecord&)> onEpoch = [](const store::RunRecord&) {};
    std::vector<store::RunRecord> started, epochs;
    std::vector<Progress> progress;
    std::vector<double> trainLosses, validationLosses;

    Wish wish() const override { return decide(); }
    void report(const Progress& point) override { progress.push_back(point); }
    void runStarted(const store::RunRecord& run) override { started.push_back(run); }
    void epochFinished(const store::RunRecord& run, double trainLoss, double validationLoss) override
    {
        epochs.push_back(run);
        trainLosses.push_back(trainLoss);
        validationLosses.push_back(validationLoss);
        onEpoch(run);
    }
};

/// A model that calls a function before each step, evaluation and gradient; the rest is the fake's.
class HookedModel : public nn::Model
{
public:
    struct Hooks {
        std::function<std::optional<Error>(const nn::Batch&, const nn::StepSettings&)> step;
        std::function<void(const nn::Batch&)> evaluate;
        std::function<nn::Evaluation(nn::Evaluation)> result;
    };
    HookedModel(std::unique_ptr<nn::Model> inner, std::shared_ptr<Hooks> hooks)
        : m_inner(std::move(inner)), m_hooks(std::move(hooks))
    {
    }
    const nn::ModelSpec& spec() const override { return m_inner->spec(); }
    std::int64_t parameterCount() const override { return m_inner->parameterCount(); }
    std::string deviceName() const override { return "cpu"; }
    Result<nn::StepResult> trainStep(std::span<const nn::Batch> parts, const nn::StepSettings& settings) override
    {
        for (std::size_t i = 0; m_hooks->step && i < parts.size(); ++i) {
            if (auto error = m_hooks->step(parts[i], settings)) {
                return tl::unexpected(*error);
            }
        }
        return m_inner->trainStep(parts, settings);
    }
    std::vector<std::int64_t> culprits() const override { return m_inner->culprits(); }
    std::vector<std::string> intermediateNames() const override { return m_inner->intermediateNames(); }
    Result<std::map<std::string, nn::Intermediate>> intermediates(const nn::Batch& batch,
                                                                  std::span<const std::string> names) override
    {
        return m_inner->intermediates(batch, names);
    }
    nn::TensorMap averagedWeights() const override { return m_inner->averagedWeights(); }
    Result<nn::Evaluation> evaluate(const nn::Batch& batch) override
    {
        if (m_hooks->evaluate) {
            m_hooks->evaluate(batch);
        }
        auto evaluation = m_inner->evaluate(batch);
        if (evaluation && m_hooks->result) {
            return m_hooks->result(std::move(*evaluation));
        }
        return evaluation;
    }
    Result<nn::InputGradients> inputGradients(const nn::Batch& batch, const nn::GradientTarget& target) override
    {
        return m_inner->inputGradients(batch, target);
    }
    nn::TensorMap weights() const override { return m_inner->weights(); }
    Result<> setWeights(const nn::TensorMap& tensors) override { return m_inner->setWeights(tensors); }
    nn::TensorMap optimiserState() const override { return m_inner->optimiserState(); }
    Result<> setOptimiserState(const nn::TensorMap& tensors) override { return m_inner->setOptimiserState(tensors); }

private:
    std::unique_ptr<nn::Model> m_inner;
    std::shared_ptr<Hooks> m_hooks;
};

inline nn::ModelFactory hooked(std::shared_ptr<HookedModel::Hooks> hooks)
{
    return [hooks](const nn::ModelSpec& spec, const nn::ModelOptions& options) -> Result<std::unique_ptr<nn::Model>> {
        auto inner = nn::createFakeModel(spec, options);
        if (!inner) {
            return inner;
        }
        return std::make_unique<HookedModel>(std::move(*inner), hooks);
    };
}

} // namespace papilio::learn::test
