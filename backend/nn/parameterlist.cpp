// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/parameterlist.h"

namespace papilio::nn
{

using Role = Parameter::Role;

void ParameterList::linear(const std::string& name, std::int64_t in, std::int64_t out, bool bias)
{
    add(name + ".weight", {out, in}, Role::Weight);
    if (bias) {
        add(name + ".bias", {out}, Role::Bias);
    }
}

void ParameterList::norm(const std::string& name, Norm norm, std::int64_t width)
{
    if (norm == Norm::None) {
        return;
    }
    add(name + ".weight", {width}, Role::NormWeight);
    add(name + ".bias", {width}, Role::NormBias);
    if (norm == Norm::Batch) {
        add(name + ".running_mean", {width}, Role::RunningMean);
        add(name + ".running_var", {width}, Role::RunningVar);
        add(name + ".num_batches_tracked", {}, Role::BatchCount);
    }
}

void ParameterList::dense(const std::string& name, Norm kind, std::int64_t in, std::int64_t out, bool bias)
{
    norm(name + ".normalization", kind, out);
    linear(name + ".linear", in, out, bias);
}

void ParameterList::mlp(const std::string& prefix, const std::string& list, const MlpSpec& spec, int in)
{
    const auto widths = mlpWidths(spec, in);
    const std::int64_t members = spec.ensemble;
    if (members > 0 && widths.front().in != in) {
        add(prefix + ".subset_idx", {members, widths.front().in}, Role::Constant);
    }
    norm(prefix + ".first_normalization", spec.firstNorm, in);
    std::vector<int> outputs;
    for (const LayerWidths& layer : widths) {
        outputs.push_back(layer.out);
    }
    residual(prefix + ".residual_layer", spec.residual, spec.residualSkip, spec.norm, outputs);
    for (std::size_t i = 0; i < widths.size(); ++i) {
        const std::string name = prefix + "." + list + "." + std::to_string(i);
        const Norm kind = i + 1 == widths.size() ? spec.lastNorm : spec.norm;
        if (members == 0) {
            dense(name, kind, widths[i].in, widths[i].out);
            continue;
        }
        norm(name + ".normalization", kind, widths[i].out);
        add(name + ".linear.weight", {members, widths[i].out, widths[i].in}, Role::Weight);
        add(name + ".linear.bias", {members, 1, widths[i].out}, Role::Bias);
    }
}

void ParameterList::residual(const std::string& name, Residual type, int skip, Norm norm,
                             const std::vector<int>& outputs)
{
    const auto count = static_cast<int>(outputs.size()) - 1;
    if (type == Residual::Weighted) {
        for (int i = 0; i * skip < count; ++i) {
            const int width = outputs[static_cast<std::size_t>(i * skip)];
            dense(name + ".residual_list." + std::to_string(i), norm, width, width, /*bias=*/false);
        }
    } else if (type == Residual::Random) {
        for (int step = 1; step < count; ++step) {
            add(name + ".random_weights." + std::to_string(step), {step}, Role::Constant);
        }
    }
}

void ParameterList::attention(const std::string& name, std::int64_t width)
{
    add(name + ".in_proj_weight", {3 * width, width}, Role::Weight);
    add(name + ".in_proj_bias", {3 * width}, Role::Bias);
    linear(name + ".out_proj", width, width);
}

} // namespace papilio::nn
