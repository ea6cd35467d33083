// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdlib>

#include "nn/torchmodel.h"

namespace papilio::nn
{

bool prepareThreadEnvironment()
{
    const struct {
        const char* name;
        const char* value;
    } wanted[] = {{"OMP_WAIT_POLICY", "passive"}, {"OPENBLAS_NUM_THREADS", "1"}};
    bool changed = false;
    for (const auto& variable : wanted) {
        if (std::getenv(variable.name) == nullptr) {
            changed = ::setenv(variable.name, variable.value, 1) == 0 || changed;
        }
    }
    return changed;
}

} // namespace papilio::nn
