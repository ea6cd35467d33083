// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <limits>

#include "nn/parity.h"
#include "nn/parityfiles.h"

namespace papilio::nn
{

namespace
{

using parity::Fixture;

constexpr double usual = 1e-5;
/// Where a standard deviation is the mean of squares less the square of the mean.
constexpr double cancelling = 1e-4;

double toleranceOf(const std::string& fixture)
{
    const bool loose = fixture.starts_with("pna_") || fixture == "mpnnplus_agg" || fixture == "pooling_all";
    return loose ? cancelling : usual;
}

/// Pairs that do not exist are NaN in the files; here they have no rows.
std::vector<float> withoutGaps(const std::vector<float>& values)
{
    std::vector<float> kept;
    for (const float value : values) {
        if (!std::isnan(value)) {
            kept.push_back(value);
        }
    }
    return kept;
}

class ModelCheck
{
public:
    ModelCheck(const Fixture& fixture, const ModelFactory& factory, const ModelOptions& options)
        : m_fixture(fixture), m_factory(factory), m_options(options)
    {
    }

    Result<std::vector<ParityResult>> run()
    {
        add("parameters", static_cast<double>(std::abs(parameterCount(m_fixture.spec) -
                                                       m_fixture.json.value("parameters", std::int64_t{-1}))),
            0);
        const auto model = parity::createModel(m_fixture, m_fixture.spec, m_factory, m_options);
        if (!model) {
            return tl::unexpected<Error>(model.error());
        }
        add("parameters of the network",
            static_cast<double>(std::abs((*model)->parameterCount() - parameterCount(m_fixture.spec))), 0);
        PAPILIO_TRY(outputs(**model, "out/", ""));
        if (has("out_pass2/")) {
            PAPILIO_TRY(outputs(**model, "out_pass2/", "second pass of the same object"));
            PAPILIO_TRY(outputs(**model, "out_pass3/", "third pass of the same object"));
        }
        PAPILIO_TRY(intermediates(m_fixture.spec, "mid/", ""));
        PAPILIO_TRY(variants());
        return m_results;
    }

private:
    bool has(const std::string& prefix) const
    {
        const auto at = m_fixture.tensors.lower_bound(prefix);
        return at != m_fixture.tensors.end() && at->first.starts_with(prefix);
    }

    void add(const std::string& tensor, double gap, double tolerance, const std::string& note = {})
    {
        m_results.push_back({m_fixture.name, tensor, gap, tolerance, tolerance > 0, note});
    }

    Result<> outputs(Model& model, const std::string& prefix, const std::string& note)
    {
        const auto evaluation = model.evaluate(m_fixture.batch);
        if (!evaluation) {
            return tl::unexpected<Error>(evaluation.error());
        }
        const auto& heads = m_fixture.spec.heads;
        for (std::size_t h = 0; h < heads.size(); ++h) {
            const auto expected = m_fixture.tensors.find(prefix + heads[h].name);
            if (expected != m_fixture.tensors.end()) {
                const bool gaps = heads[h].level == Level::NodePair;
                const auto values = gaps ? withoutGaps(expected->second.values) : expected->second.values;
                add(expected->first, deviation(evaluation->outputs[h], values, true), toleranceOf(m_fixture.name),
                    note);
            }
        }
        return {};
    }

    Result<> intermediates(const ModelSpec& spec, const std::string& prefix, const std::string& note)
    {
        const TensorMap expected = parity::under(m_fixture.tensors, prefix);
        std::vector<std::string> names;
        for (const auto& [name, tensor] : expected) {
            names.push_back(name);
        }
        const auto model = parity::createModel(m_fixture, spec, m_factory, m_options);
        if (!model) {
            return tl::unexpected<Error>(model.error());
        }
        const auto values = (*model)->intermediates(m_fixture.batch, names);
        if (!values) {
            return tl::unexpected<Error>(values.error());
        }
        for (const auto& [name, tensor] : expected) {
            add(prefix + name, deviation(values->at(name).tensor.values, tensor.values, true),
                toleranceOf(m_fixture.name), note);
        }
        return {};
    }

    Result<> variants()
    {
        if (has("out_grad/")) {
            ModelSpec spec = m_fixture.spec;
            spec.architecture.quirks.transformerScale = false;
            const std::string note = "attention divided by the width, as with gradients";
            PAPILIO_TRY(outputsOf(spec, "out_grad/", note));
            PAPILIO_TRY(intermediates(spec, "mid_grad/", note));
        }
        if (has("out_mup_half/")) {
            ModelSpec spec = m_fixture.spec;
            spec.architecture.mupDivisor = 2;
            PAPILIO_TRY(outputsOf(spec, "out_mup_half/", "muP, base of half the widths"));
        }
        if (has("out_pass2/")) {
            ModelSpec spec = m_fixture.spec;
            spec.architecture.quirks.residualCounter = false;
            const auto model = parity::createModel(m_fixture, spec, m_factory, m_options);
            if (!model) {
                return tl::unexpected<Error>(model.error());
            }
            PAPILIO_TRY((*model)->evaluate(m_fixture.batch));
            PAPILIO_TRY(outputs(**model, "out/", "second pass without the quirk: as the first"));
        }
        return {};
    }

    Result<> outputsOf(const ModelSpec& spec, const std::string& prefix, const std::string& note)
    {
        const auto model = parity::createModel(m_fixture, spec, m_factory, m_options);
        if (!model) {
            return tl::unexpected<Error>(model.error());
        }
        return outputs(**model, prefix, note);
    }

    const Fixture& m_fixture;
    const ModelFactory& m_factory;
    const ModelOptions& m_options;
    std::vector<ParityResult> m_results;
};

} // namespace

Result<std::vector<ParityResult>> checkModelFixture(const std::string& folder, const std::string& name,
                                                    const ModelFactory& factory, const ModelOptions& options)
{
    const auto fixture = parity::readFixture(folder, name);
    if (!fixture) {
        return tl::unexpected<Error>(fixture.error());
    }
    return ModelCheck(*fixture, factory, options).run();
}

} // namespace papilio::nn
