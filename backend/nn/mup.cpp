// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "nn/parameterlist.h"

namespace papilio::nn
{

namespace
{

/// As the published library rounds: halves to the even number. At least 1.
void divide(int& width, double divisor)
{
    width = width == 0 ? 0 : std::max(1, static_cast<int>(std::nearbyint(width / divisor)));
}

void divide(std::vector<int>& widths, double divisor)
{
    for (int& width : widths) {
        divide(width, divisor);
    }
}

void divideMlp(MlpSpec& mlp, double divisor)
{
    divide(mlp.outDim, divisor);
    divide(mlp.hidden, divisor);
}

} // namespace

ModelSpec mupBase(const ModelSpec& spec)
{
    ModelSpec base = spec;
    Architecture& a = base.architecture;
    const double divisor = a.mupDivisor;
    divide(a.encoders.outDim, divisor);
    divide(a.encoders.outDimEdges, divisor);
    for (EncoderSpec& encoder : a.encoders.encoders) {
        divide(encoder.outDim, divisor);
        divide(encoder.hidden, divisor);
        divide(encoder.kernels, divisor);
    }
    divideMlp(a.preNode, divisor);
    divideMlp(a.preEdge, divisor);
    divide(a.gnn.hidden, divisor);
    divide(a.gnn.outDim, divisor);
    divide(a.gnn.hiddenEdges, divisor);
    divide(a.gnn.outDimEdges, divisor);
    for (OutputSpec& output : a.outputs) {
        divideMlp(output.mlp, divisor);
    }
    for (HeadSpec& head : base.heads) {
        divide(head.mlp.hidden, divisor);
    }
    return base;
}

} // namespace papilio::nn
