// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdlib>
#if defined(__GLIBC__)
#include <malloc.h>
#endif

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

void keepFreedMemory()
{
#if defined(__GLIBC__)
    constexpr int mapped = 32 << 20; // larger ones are mapped: the most that glibc takes
    constexpr int kept = 256 << 20;
    static const bool done = mallopt(M_MMAP_THRESHOLD, mapped) != 0 && mallopt(M_TRIM_THRESHOLD, kept) != 0;
    (void)done;
#endif
}

} // namespace papilio::nn
