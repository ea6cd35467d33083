// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/architecture.h"

namespace papilio::nn
{

int HeadSpec::outputWidth() const
{
    return static_cast<int>(columns.size()) * (kind == TaskKind::Multiclass ? classes : 1);
}

} // namespace papilio::nn
