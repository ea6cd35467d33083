// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "nn/parity.h"
#include "nn/parityfiles.h"

namespace papilio::nn
{

namespace
{

using parity::Fixture;

constexpr double lossTolerance = 1e-5;
constexpr double gradientTolerance = 1e-5;
constexpr double firstStepTolerance = 1e-6;
constexpr double laterTolerance = 1e-5;
constexpr double firstMomentShare = 0.1; ///< Adam's first moment after the first step is this much of the gradient

class TrainingCheck
{
public:
    TrainingCheck(Fixture& fixture, const ModelFactory& factory, const ModelOptions& options)
        : m_fixture(fixture), m_factory(factory), m_options(options)
    {
        fixture.spec.architecture.randomSigns = false;
        for (const HeadSpec& head : fixture.spec.heads) {
            fixture.batch.labels.push_back(fixture.tensors["label/" + head.name].values);
        }
    }

    Result<> run(const std::string& name, double mupDivisor)
    {
        m_run = name + "/";
        ModelSpec spec = m_fixture.spec;
        spec.architecture.mupDivisor = mupDivisor;
        const auto model = parity::createModel(m_fixture, spec, m_factory, m_options);
        if (!model) {
            return tl::unexpected<Error>(model.error());
        }
        PAPILIO_TRY(predictions(**model));
        PAPILIO_TRY(steps(**model));
        return compareWeights(**model, "after_20/", laterTolerance);
    }

    std::vector<ParityResult> take() { return std::move(m_results); }

private:
    void add(const std::string& tensor, double gap, double tolerance, bool relative)
    {
        m_results.push_back({m_fixture.name, m_run + tensor, gap, tolerance, relative, ""});
    }

    Result<> predictions(Model& model)
    {
        const auto evaluation = model.evaluate(m_fixture.batch);
        if (!evaluation) {
            return tl::unexpected<Error>(evaluation.error());
        }
        for (std::size_t h = 0; h < m_fixture.spec.heads.size(); ++h) {
            const std::string name = "pred/" + m_fixture.spec.heads[h].name;
            add(name, deviation(evaluation->outputs[h], m_fixture.tensors[m_run + name].values, true), lossTolerance,
                true);
        }
        return {};
    }

    Result<> steps(Model& model)
    {
        const std::vector<float>& losses = m_fixture.tensors[m_run + "loss"].values; // rows: total, then the heads
        const std::size_t columns = 1 + m_fixture.spec.heads.size();
        const std::size_t count = losses.size() / columns;
        std::vector<double> gaps(columns, 0);
        const auto compare = [&](std::size_t row, const Losses& found) {
            for (std::size_t c = 0; c < columns; ++c) {
                const double value = c == 0 ? found.total : found.heads[c - 1];
                gaps[c] = std::max(gaps[c], std::abs(value / losses[row * columns + c] - 1));
            }
        };
        StepSettings settings;
        settings.learningRate = m_fixture.json.value("learning_rate", 1e-3);
        const TensorMap paths = parity::under(m_fixture.tensors, m_run + "path/");
        std::map<std::string, std::vector<float>> found;
        for (std::size_t step = 0; step + 1 < count; ++step) {
            const auto result = model.trainStep(m_fixture.batch, settings);
            if (!result) {
                return tl::unexpected<Error>(result.error());
            }
            compare(step, result->losses);
            if (step == 0) {
                gradients(model.optimiserState());
            }
            const TensorMap weights = model.weights();
            for (const auto& [name, path] : paths) {
                const std::vector<float>& values = weights.at(name).values;
                found[name].insert(found[name].end(), values.begin(), values.end());
            }
        }
        const auto last = model.evaluate(m_fixture.batch);
        if (!last) {
            return tl::unexpected<Error>(last.error());
        }
        compare(count - 1, last->losses);
        for (std::size_t c = 0; c < columns; ++c) {
            add("loss/" + (c == 0 ? std::string("total") : m_fixture.spec.heads[c - 1].name), gaps[c], lossTolerance,
                true);
        }
        for (const auto& [name, path] : paths) {
            comparePath(name, path, found[name]);
        }
        return {};
    }

    void gradients(const TensorMap& state)
    {
        for (const auto& [name, expected] : parity::under(m_fixture.tensors, m_run + "grad/")) {
            std::vector<float> gradient = state.at("adam.m." + name).values;
            for (float& value : gradient) {
                value = static_cast<float>(value / firstMomentShare);
            }
            add("grad/" + name, deviation(gradient, expected.values, true), gradientTolerance, true);
        }
    }

    void comparePath(const std::string& name, const HostTensor& path, const std::vector<float>& found)
    {
        const std::size_t size = path.shape[0] > 0 ? path.values.size() / static_cast<std::size_t>(path.shape[0]) : 0;
        const auto until = static_cast<std::ptrdiff_t>(std::min(size, found.size()));
        add("path/" + name + " after one step",
            deviation({found.begin(), found.begin() + until}, {path.values.begin(), path.values.begin() + until}, false),
            firstStepTolerance, false);
        add("path/" + name, deviation(found, path.values, false), laterTolerance, false);
    }

    Result<> compareWeights(const Model& model, const std::string& prefix, double tolerance)
    {
        const TensorMap weights = model.weights();
        for (const auto& [name, expected] : parity::under(m_fixture.tensors, m_run + prefix)) {
            if (const auto own = weights.find(name); own != weights.end()) {
                add(prefix + name, deviation(own->second.values, expected.values, false), tolerance, false);
            }
        }
        return {};
    }

    Fixture& m_fixture;
    const ModelFactory& m_factory;
    const ModelOptions& m_options;
    std::string m_run;
    std::vector<ParityResult> m_results;
};

} // namespace

Result<std::vector<ParityResult>> checkTrainingFixture(const std::string& folder, const std::string& name,
                                                       const ModelFactory& factory, const ModelOptions& options)
{
    auto fixture = parity::readFixture(folder, name);
    if (!fixture) {
        return tl::unexpected<Error>(fixture.error());
    }
    TrainingCheck check(*fixture, factory, options);
    PAPILIO_TRY(check.run("adam", 1));
    PAPILIO_TRY(check.run("mup_half", 2));
    return check.take();
}

} // namespace papilio::nn
