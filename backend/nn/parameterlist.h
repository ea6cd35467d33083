// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "nn/parameters.h"
#include "nn/widths.h"

namespace papilio::nn
{

/// Collects a network's tensors in the published order: of a module its own first, then those of its parts.
class ParameterList
{
public:
    std::vector<Parameter> take() { return std::move(m_list); }

    void add(const std::string& name, std::vector<std::int64_t> shape, Parameter::Role role)
    {
        m_list.push_back({name, std::move(shape), role});
    }
    void linear(const std::string& name, std::int64_t in, std::int64_t out, bool bias = true);
    /// With running statistics, if it is a batch norm.
    void norm(const std::string& name, Norm norm, std::int64_t width);
    /// A dense layer: NAME.normalization and NAME.linear.
    void dense(const std::string& name, Norm norm, std::int64_t in, std::int64_t out, bool bias = true);
    /// LIST: "layers" or "fully_connected".
    void mlp(const std::string& prefix, const std::string& list, const MlpSpec& spec, int in);
    /// 'outputs' of all layers of the chain.
    void residual(const std::string& name, Residual type, int skip, Norm norm, const std::vector<int>& outputs);
    void attention(const std::string& name, std::int64_t width);

private:
    std::vector<Parameter> m_list;
};

void listEncoders(ParameterList& list, const Architecture& architecture);
void listGraphLayers(ParameterList& list, const Architecture& architecture);
void listHeads(ParameterList& list, const ModelSpec& spec);

/// The network of 1/mupDivisor of the widths that muP's rates and read-out divisors compare with.
ModelSpec mupBase(const ModelSpec& spec);

} // namespace papilio::nn
